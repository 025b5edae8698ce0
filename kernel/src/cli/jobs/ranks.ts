import { compareRanks } from '../../../../src/statistics/ranks/compareRanks.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, listFlag, requiredName, requiredNames, withoutOptions } from './analysisJob.js';

/** `semlab ranks`: groups compared by ranks. */
export const command: JobCommand = analysisCommand({
  name: 'ranks',
  summary: 'ranks over groups: Mann-Whitney for two, Kruskal-Wallis with Dunn’s test for more',
  keys: ['variables', 'by'],
  flags: [
    { flag: 'variables', value: 'A,B', summary: 'columns to compare' },
    { flag: 'by', value: 'COLUMN', summary: 'column that tells the groups' }
  ],
  shapes: `Job (JSON):
  {"variables": ["a", "b"], "by": "g", ${DATA_SHAPE}}

Answer:
  {"by", "rows", "variables": [{"variable", "label", "n", "dropped", "groups", "mannWhitney", "kruskalWallis"}],
   "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => ({ variables: listFlag(flags, 'variables'), by: flags.text('by'), dataFile: fileOf(flags) }),
  analyse: (job) => compareRanks(withoutOptions(job).survey, requiredNames(job.parts, 'variables'), requiredName(job.parts, 'by')),
  answer: ({ by, rows, variables }) => ({ by, rows, variables })
});
