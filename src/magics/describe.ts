import { describe } from '../statistics/describe/describe.js';
import { frequencies } from '../statistics/describe/frequencies.js';
import { expandConstructs } from '../statistics/variables.js';
import type { Survey } from '../survey/survey.js';
import { defineMagic, type Magic } from './magic.js';
import { booleanOption, surveyArgument } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

/** Without names: the items of the constructs, or every numeric column that is no label. */
function chosen(survey: Survey, names: readonly string[]): readonly string[] {
  if (names.length > 0) return expandConstructs(survey, names);
  const items = [...survey.codebook.constructs.values()].flatMap((construct) => construct.items);
  if (items.length > 0) return [...new Set(items)];
  return survey.columns.filter((column) => column.type === 'numeric').map((column) => column.name);
}

/** `%describe SURVEY [columns or constructs]`. */
export const describeMagic: Magic = defineMagic({
  name: 'describe',
  forms: ['line'],
  summary: 'describe columns: N, missing, range, mean, SD, skewness, kurtosis; or count answers',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'columns', kind: 'column', summary: 'columns or constructs; by default the items of all constructs', optional: true, rest: true }
  ],
  options: {
    frequencies: { type: 'boolean', summary: 'count every answer instead, with per cent, valid per cent and cumulative per cent' },
    ...STYLE_OPTIONS
  },
  example: '%describe wom gender years --frequencies',
  run(call, context) {
    const survey = surveyArgument(call, context);
    const names = chosen(survey, call.arguments.slice(1));
    return { show: [shownAnalysis(call, booleanOption(call, 'frequencies') ? frequencies(survey, names) : describe(survey, names))] };
  },
  code: (call) => `${booleanOption(call, 'frequencies') ? 'frequencies' : 'describe'}(${call.arguments[0]}${call.arguments.length > 1 ? `, ${JSON.stringify(call.arguments.slice(1))}` : ''})`
});
