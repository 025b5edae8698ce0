import { comparePairs } from '../statistics/groups/comparePairs.js';
import { fail } from '../shared/diagnostic.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, RESULT_OPTION } from './namedResult.js';
import { numberOption, surveyArgument } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

/** Names taken two at a time. */
function pairsOf(call: MagicCall): readonly (readonly [string, string])[] {
  const names = call.arguments.slice(1);
  if (names.length === 0 || names.length % 2 === 1) fail('missing-argument', `\`%pairs\` compares columns two by two, found ${names.length}`, { help: `for example \`%pairs ${call.arguments[0] ?? 'survey'} before after\`` });
  return Array.from({ length: names.length / 2 }, (_, i) => [names[2 * i], names[2 * i + 1]] as const);
}

/** `%pairs SURVEY FIRST SECOND …`. */
export const pairsMagic: Magic = defineMagic({
  name: 'pairs',
  forms: ['line'],
  summary: 'compare two columns of the same persons: paired t test with Cohen’s dz, and Wilcoxon’s signed-rank test',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'columns', kind: 'column', summary: 'columns or constructs, two by two', rest: true }
  ],
  options: { level: { type: 'number', summary: 'confidence level of the intervals', default: 0.95 }, ...RESULT_OPTION, ...STYLE_OPTIONS },
  example: '%pairs wom SELF ALT',
  binds: (call) => boundResult(call, 'PairComparisons'),
  run(call, context) {
    const survey = surveyArgument(call, context);
    const result = comparePairs(survey, pairsOf(call), { confidence: numberOption(call, 'level') ?? 0.95 });
    return { ...bindResult(call, result), show: [shownAnalysis(call, result)] };
  },
  code: (call) => codeOf(call, 'comparePairs', [call.arguments[0], JSON.stringify(pairsOf(call))])
});
