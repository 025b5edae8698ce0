import { describe } from '../statistics/describe/describe.js';
import { frequencies } from '../statistics/describe/frequencies.js';
import { normality } from '../statistics/describe/normality.js';
import { expandConstructs } from '../statistics/variables.js';
import { fail } from '../shared/diagnostic.js';
import type { Survey } from '../survey/survey.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, namesCode, RESULT_OPTION } from './namedResult.js';
import { booleanOption, surveyArgument } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

/** Without names: the items of the constructs, or every numeric column that is no label. */
function chosen(survey: Survey, names: readonly string[]): readonly string[] {
  if (names.length > 0) return expandConstructs(survey, names);
  const items = [...survey.codebook.constructs.values()].flatMap((construct) => construct.items);
  if (items.length > 0) return [...new Set(items)];
  return survey.columns.filter((column) => column.type === 'numeric').map((column) => column.name);
}

type Way = 'describe' | 'frequencies' | 'normality';

function wayOf(call: MagicCall): Way {
  const frequency = booleanOption(call, 'frequencies');
  const normal = booleanOption(call, 'normality');
  if (frequency && normal) fail('invalid-option', 'one of `--frequencies` and `--normality` at a time');
  return frequency ? 'frequencies' : normal ? 'normality' : 'describe';
}

const TYPES: Readonly<Record<Way, string>> = { describe: 'Descriptives', frequencies: 'Frequencies', normality: 'Normality' };

/** `%describe SURVEY [columns or constructs]`. */
export const describeMagic: Magic = defineMagic({
  name: 'describe',
  forms: ['line'],
  summary: 'describe columns: N, missing, range, mean, SD, skewness, kurtosis; or count answers; or test normality',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'columns', kind: 'column', summary: 'columns or constructs; by default the items of all constructs', optional: true, rest: true }
  ],
  options: {
    frequencies: { type: 'boolean', summary: 'count every answer instead, with per cent, valid per cent and cumulative per cent' },
    normality: { type: 'boolean', summary: 'test normality instead: Kolmogorov-Smirnov with Lilliefors’ correction, Shapiro-Wilk; a construct stands for its score' },
    ...RESULT_OPTION,
    ...STYLE_OPTIONS
  },
  example: '%describe wom gender years --frequencies',
  binds: (call) => boundResult(call, TYPES[wayOf(call)]),
  run(call, context) {
    const survey = surveyArgument(call, context);
    const named = call.arguments.slice(1);
    const way = wayOf(call);
    const constructs = [...survey.codebook.constructs.keys()];
    const result = way === 'normality' ? normality(survey, named.length > 0 ? named : constructs.length > 0 ? constructs : undefined) : way === 'frequencies' ? frequencies(survey, chosen(survey, named)) : describe(survey, chosen(survey, named));
    return { ...bindResult(call, result), show: [shownAnalysis(call, result)] };
  },
  code: (call) => codeOf(call, wayOf(call), [call.arguments[0], ...(call.arguments.length > 1 ? [namesCode(call.arguments.slice(1))] : [])])
});
