import { comparePairs } from '../../../../src/statistics/groups/comparePairs.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, invalid, optionFlags } from './analysisJob.js';

function pairsOf(value: unknown): readonly (readonly [string, string])[] {
  const isPair = (each: unknown): each is readonly [string, string] => Array.isArray(each) && each.length === 2 && each.every((name) => typeof name === 'string');
  if (!Array.isArray(value) || value.length === 0 || !value.every(isPair)) invalid('`pairs` is a list of two column names each', 'write {"pairs": [["before", "after"]], "data": {…}}');
  return value as readonly (readonly [string, string])[];
}

/** `semlab pairs`: two columns of the same persons. */
export const command: JobCommand = analysisCommand({
  name: 'pairs',
  summary: 'two columns of the same persons: paired t test with Cohen’s dz, Wilcoxon’s signed-rank test',
  keys: ['pairs'],
  flags: [
    { flag: 'pairs', value: 'A:B,C:D', summary: 'columns to compare, two by two' },
    { flag: 'confidence', value: 'LEVEL', summary: 'level of the intervals, 0.95' }
  ],
  shapes: `Job (JSON):
  {"pairs": [["before", "after"]], ${DATA_SHAPE}, "options": {"confidence": 0.95}}

Answer:
  {"rows", "pairs": [{"first", "second", "n", "dropped", "moments", "r", "rP",
    "test": {"difference", "stdError", "t", "df", "pValue", "confLow", "confHigh", "effect"},
    "wilcoxon"}], "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => ({ pairs: flags.text('pairs')?.split(',').map((pair) => pair.split(':').map((name) => name.trim())), dataFile: fileOf(flags), options: optionFlags(flags, [], ['confidence']) }),
  analyse: ({ parts, survey, options }) => comparePairs(survey, pairsOf(parts.pairs), options),
  answer: ({ rows, pairs }) => ({ rows, pairs })
});
