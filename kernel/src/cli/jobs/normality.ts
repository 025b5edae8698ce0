import { normality } from '../../../../src/statistics/describe/normality.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, listFlag, namesOf, withoutOptions } from './analysisJob.js';

/** `semlab normality`: is each column normal? */
export const command: JobCommand = analysisCommand({
  name: 'normality',
  summary: 'normality: Kolmogorov-Smirnov with Lilliefors’ correction, Shapiro-Wilk, skewness, kurtosis',
  keys: ['variables'],
  flags: [{ flag: 'variables', value: 'A,B', summary: 'columns; all numeric ones by default' }],
  shapes: `Job (JSON):
  {"variables": ["a", "b"], ${DATA_SHAPE}}

Answer:
  {"variables": [{"variable", "label", "n", "lilliefors", "shapiroWilk", "skewness", "kurtosis", "skewnessZ", "kurtosisZ"}],
   "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => ({ variables: listFlag(flags, 'variables'), dataFile: fileOf(flags) }),
  analyse: (job) => normality(withoutOptions(job).survey, namesOf(job.parts, 'variables')),
  answer: ({ variables }) => ({ variables })
});
