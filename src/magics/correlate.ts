import { correlate } from '../statistics/correlate/correlate.js';
import { defineMagic, type Magic } from './magic.js';
import { listOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

type Method = 'pearson' | 'spearman' | 'kendall';

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
    method: { type: 'string', summary: 'coefficient', choices: ['pearson', 'spearman', 'kendall'], default: 'pearson' },
    missing: { type: 'string', summary: 'how rows with missing answers are left out', choices: ['pairwise', 'listwise'], default: 'pairwise' },
    control: { type: 'string', summary: 'columns held constant (partial correlations), separated by commas' },
    ...STYLE_OPTIONS
  },
  example: '%correlate wom EXP REL FUN WOM --method spearman',
  run(call, context) {
    const survey = surveyArgument(call, context);
    const named = call.arguments.slice(1);
    const constructs = [...survey.codebook.constructs.keys()];
    const names = named.length > 0 ? named : constructs.length > 1 ? constructs : undefined;
    const result = correlate(survey, names, {
      method: (textOption(call, 'method') ?? 'pearson') as Method,
      missing: (textOption(call, 'missing') ?? 'pairwise') as 'pairwise' | 'listwise',
      control: listOption(call, 'control') ?? []
    });
    return { show: [shownAnalysis(call, result)] };
  },
  code: (call) => `correlate(${call.arguments[0]}, ${JSON.stringify(call.arguments.slice(1))}, { method: ${JSON.stringify(textOption(call, 'method') ?? 'pearson')} })`
});
