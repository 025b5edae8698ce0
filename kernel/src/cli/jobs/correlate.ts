import { correlate } from '../../../../src/statistics/correlate/correlate.js';
import type { Correlations } from '../../../../src/statistics/correlate/correlations.js';
import type { JobCommand, JobIo } from '../jobCommand.js';
import { analysisJob, DATA_FLAG, DATA_SHAPE, listFlag, namesOf, optionFlags, tablesText, warningsAnswer } from './analysisJob.js';

async function analyse(job: unknown, io: JobIo): Promise<Correlations> {
  const { parts, survey, options } = await analysisJob(job, ['variables'], io);
  return correlate(survey, namesOf(parts, 'variables'), options);
}

function answer(result: Correlations): object {
  return { correlations: result.tidy().rows, variables: result.variables, listwise: result.listwise, rows: result.rows, warnings: warningsAnswer(result.warnings) };
}

/** `semlab correlate`: correlation matrix with tests and intervals. */
export const command: JobCommand = {
  name: 'correlate',
  summary: 'correlations: Pearson, Spearman, Kendall, partial, polychoric',
  flags: [
    DATA_FLAG,
    { flag: 'variables', value: 'A,B', summary: 'columns; all numeric ones by default' },
    { flag: 'method', value: 'NAME', summary: 'pearson (default), spearman, kendall or polychoric' },
    { flag: 'missing', value: 'RULE', summary: 'pairwise (default) or listwise' },
    { flag: 'control', value: 'A,B', summary: 'columns held constant' },
    { flag: 'confidence', value: 'LEVEL', summary: 'level of the intervals, 0.95' }
  ],
  shapes: `Job (JSON):
  {"variables": ["a", "b"], ${DATA_SHAPE},
   "options": {"method": "pearson|spearman|kendall|polychoric", "missing": "pairwise|listwise", "control": ["c"], "confidence": 0.95}}

Answer:
  {"correlations": [{"variable1", "variable2", "estimate", "n", "statistic", "df", "pValue", "confLow", "confHigh"}],
   "variables": [{"name", "label", "n", "mean", "sd"}], "listwise", "rows", "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => {
    const control = listFlag(flags, 'control');
    return { variables: listFlag(flags, 'variables'), dataFile: flags.text('data') ?? flags.words[0], options: { ...optionFlags(flags, ['method', 'missing'], ['confidence']), ...(control ? { control } : {}) } };
  },
  run: async (job, io) => answer(await analyse(job, io)),
  print: async (job, io) => tablesText(await analyse(job, io))
};
