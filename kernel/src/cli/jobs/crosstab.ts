import { crosstab } from '../../../../src/statistics/categorical/crosstab.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, matrixRows, requiredName, withoutOptions } from './analysisJob.js';

/** `semlab crosstab`: two columns against each other. */
export const command: JobCommand = analysisCommand({
  name: 'crosstab',
  summary: 'cross table with χ², Cramér’s V and its interval, Fisher’s exact test',
  keys: ['row', 'column'],
  flags: [
    { flag: 'row', value: 'COLUMN', summary: 'column whose answers make the rows' },
    { flag: 'column', value: 'COLUMN', summary: 'column whose answers make the columns' }
  ],
  shapes: `Job (JSON):
  {"row": "g", "column": "h", ${DATA_SHAPE}}

Answer:
  {"row", "column", "rowLabels", "columnLabels", "counts": [[…]], "n", "rows",
   "test": {"pearson", "yates", "likelihoodRatio", "smallCells", "smallestExpected", "cramerV", "confLow", "confHigh"},
   "expected": [[…]], "residuals": [[…]], "fisher": {"pValue", "method"}, "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => ({ row: flags.text('row'), column: flags.text('column'), dataFile: fileOf(flags) }),
  analyse: (job) => crosstab(withoutOptions(job).survey, requiredName(job.parts, 'row'), requiredName(job.parts, 'column')),
  answer({ row, column, rowLabels, columnLabels, counts, n, rows, test, fisher }) {
    const cells = (values: Float64Array): object => matrixRows(values, rowLabels.length, columnLabels.length);
    const { expected, residuals, ...tests } = test;
    return { row, column, rowLabels: rowLabels.map(({ en }) => en), columnLabels: columnLabels.map(({ en }) => en), counts: cells(counts), n, rows, test: tests, expected: cells(expected), residuals: cells(residuals), fisher };
  }
});
