import { correlate } from '../statistics/correlate/correlate.js';
import type { CorrelateOptions } from '../statistics/correlate/correlations.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, namesCode, RESULT_OPTION } from './namedResult.js';
import { booleanOption, listOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

type Method = 'pearson' | 'spearman' | 'kendall' | 'polychoric';

function optionsOf(call: MagicCall): Partial<CorrelateOptions> {
  const control = listOption(call, 'control') ?? [];
  return { method: (textOption(call, 'method') ?? 'pearson') as Method, missing: (textOption(call, 'missing') ?? 'pairwise') as 'pairwise' | 'listwise', ...(control.length > 0 ? { control } : {}), ...(booleanOption(call, 'intervals') ? { intervals: true } : {}) };
}

/** `%correlate SURVEY [names] [--method …]`: a construct stands for its score. */
export const correlateMagic: Magic = defineMagic({
  name: 'correlate',
  forms: ['line'],
  summary: 'correlation matrix with stars, means and standard deviations',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'names', kind: 'column', summary: 'columns or constructs; by default every construct', optional: true, rest: true }
  ],
  options: {
    method: { type: 'string', summary: 'coefficient', choices: ['pearson', 'spearman', 'kendall', 'polychoric'], default: 'pearson' },
    missing: { type: 'string', summary: 'how rows with missing answers are left out', choices: ['pairwise', 'listwise'], default: 'pairwise' },
    control: { type: 'string', summary: 'columns held constant (partial correlations), separated by commas', completes: 'column' },
    intervals: { type: 'boolean', summary: 'also a table of the pairs with their confidence intervals' },
    ...RESULT_OPTION,
    ...STYLE_OPTIONS
  },
  example: '%correlate wom EXP REL FUN WOM --method spearman',
  binds: (call) => boundResult(call, 'Correlations'),
  run(call, context) {
    const survey = surveyArgument(call, context);
    const named = call.arguments.slice(1);
    const constructs = [...survey.codebook.constructs.keys()];
    const names = named.length > 0 ? named : constructs.length > 1 ? constructs : undefined;
    const result = correlate(survey, names, optionsOf(call));
    return { ...bindResult(call, result), show: [shownAnalysis(call, result)] };
  },
  code: (call) => codeOf(call, 'correlate', [call.arguments[0], namesCode(call.arguments.slice(1))], { ...optionsOf(call) })
});
