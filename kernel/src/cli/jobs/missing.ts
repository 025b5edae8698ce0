import { littleMcar, type LittleMcar, type LittleMcarOptions } from '../../../../src/statistics/missingness/littleMcar.js';
import { missingReport, type MissingReport } from '../../../../src/statistics/missingness/missingReport.js';
import type { Diagnostic } from '../../../../src/shared/diagnostic.js';
import type { Table } from '../../../../src/shared/table.js';
import { expandConstructs } from '../../../../src/statistics/variables.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, listFlag, namesOf, optionFlags, type AnalysisJob } from './analysisJob.js';

interface Missingness {
  readonly report: MissingReport;
  readonly little: LittleMcar;
  readonly warnings: readonly Diagnostic[];
  tables(): readonly Table[];
}

function analyse({ parts, survey, options }: AnalysisJob): Missingness {
  const asked = namesOf(parts, 'variables');
  const names = asked && expandConstructs(survey, asked);
  const report = missingReport(survey, names);
  // Little's test is for numbers only; a report is for every column.
  const little = littleMcar(survey, names?.filter((name) => survey.column(name).type === 'numeric'), options as LittleMcarOptions);
  return { report, little, warnings: [...report.warnings, ...little.warnings], tables: () => [...report.tables(), ...little.tables()] };
}

function answer({ report, little }: Missingness): object {
  const { rows, variables, completeRows, missingCells, notAskedCells, missingShare, patterns } = report;
  const { names, n, patternCount, chiSquare, df, pValue, divisor, converged, by, groups } = little;
  return { rows, variables, completeRows, missingCells, notAskedCells, missingShare, patterns, little: { names, n, patternCount, chiSquare, df, pValue, divisor, converged, ...(by === null ? {} : { by, groups }) } };
}

/** `semlab missing`: which answers are missing, and whether by chance. */
export const command: JobCommand = analysisCommand({
  name: 'missing',
  summary: 'missing answers: how many, why, in which patterns, and Little’s MCAR test',
  keys: ['variables'],
  flags: [
    { flag: 'variables', value: 'A,B', summary: 'columns; all by default' },
    { flag: 'divisor', value: 'NAME', summary: 'of the covariances in Little’s test: n (default) or n-1' },
    { flag: 'by', value: 'COLUMN', summary: 'Little’s test within each group too' }
  ],
  shapes: `Job (JSON):
  {"variables": ["a", "b"], ${DATA_SHAPE}, "options": {"divisor": "n|n-1", "by": "c"}}

Answer:
  {"rows", "variables": [{"name", "label", "valid", "missing", "notAsked", "share", "reasons"}], "completeRows", "missingCells",
   "notAskedCells", "missingShare", "patterns": [{"answered", "notAsked", "rows"}],
   "little": {"names", "n", "patternCount", "chiSquare", "df", "pValue", "divisor", "converged", and with by: "by", "groups": [{"group", "n", "patternCount", "chiSquare", "df", "pValue"}]},
   "warnings": [{"code", "message"}]}
A number that does not exist is null; percentages are shares.`,
  jobOf: (flags) => ({ variables: listFlag(flags, 'variables'), dataFile: fileOf(flags), options: optionFlags(flags, ['divisor', 'by']) }),
  analyse,
  answer
});
