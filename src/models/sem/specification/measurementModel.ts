import { formatName } from '../../../language/format.js';
import { fail } from '../../../shared/diagnostic.js';
import type { Survey } from '../../../survey/survey.js';

/**
 * The measurement model that a survey's codebook describes: each construct with
 * two or more items, measured by them.
 * @throws SurveyError `no-constructs`
 */
export function measurementModel(survey: Survey, names?: readonly string[]): string {
  const constructs = [...survey.codebook.constructs.values()].filter(({ name, items }) => items.length > 1 && (names === undefined || names.includes(name)));
  if (constructs.length === 0) fail('no-constructs', 'no constructs with two or more items are in the codebook', { help: 'name them in the body of `%%survey`: `constructs: {SAT: [SAT1, SAT2, SAT3]}`' });
  return constructs.map(({ name, items }) => `${formatName(name)} =~ ${items.map(formatName).join(' + ')}`).join('\n');
}
