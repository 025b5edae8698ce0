import { SurveyError, type Diagnostic } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';

/** The steps that `--steps a,b` names, in the study's order; all of them without the option. */
export function chosenSteps<Step extends string>(given: string | undefined, steps: readonly Step[]): readonly Step[] {
  if (given === undefined) return steps;
  const words = given.split(',').map((word) => word.trim()).filter((word) => word !== '');
  const unknown = words.filter((word) => !(steps as readonly string[]).includes(word));
  if (unknown.length > 0) {
    throw new SurveyError(unknown.map((word): Diagnostic => ({ severity: 'error', code: 'unknown-step', message: `the study has no step \`${word}\``, help: didYouMean(word, steps) ?? `steps are ${steps.join(', ')}` })));
  }
  return steps.filter((step) => words.includes(step));
}
