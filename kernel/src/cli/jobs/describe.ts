import { describe, type Descriptives } from '../../../../src/statistics/describe/describe.js';
import { frequencies, type Frequencies } from '../../../../src/statistics/describe/frequencies.js';
import type { JobCommand, JobIo } from '../jobCommand.js';
import { analysisJob, DATA_FLAG, DATA_SHAPE, invalid, listFlag, namesOf, optionFlags, tablesText } from './analysisJob.js';

async function analyse(job: unknown, io: JobIo): Promise<Descriptives | Frequencies> {
  const { parts, survey, options } = await analysisJob(job, ['variables', 'frequencies'], io);
  const names = namesOf(parts, 'variables');
  if (parts.frequencies !== undefined && typeof parts.frequencies !== 'boolean') invalid('`frequencies` is true or false');
  return parts.frequencies === true ? frequencies(survey, names ?? survey.names()) : describe(survey, names, options);
}

function answer(result: Descriptives | Frequencies): object {
  if (result.kind === 'frequencies') return { variables: result.variables };
  return { variables: result.variables, listwise: result.listwise, rows: result.rows };
}

/** `semlab describe`: descriptive statistics or frequencies. */
export const command: JobCommand = {
  name: 'describe',
  summary: 'descriptive statistics, or frequencies',
  flags: [DATA_FLAG, { flag: 'variables', value: 'A,B', summary: 'columns; all numeric ones by default' }, { flag: 'frequencies', summary: 'count every answer' }, { flag: 'quantileType', value: 'TYPE', summary: 'quartiles as SPSS (6) or R (7)' }, { flag: 'confidence', value: 'LEVEL', summary: 'level of the interval of the mean, 0.95' }],
  shapes: `Job (JSON):
  {"variables": ["a", "b"], "frequencies": false, ${DATA_SHAPE},
   "options": {"confidence": 0.95, "quantileType": 6}}

Answer:
  {"variables": [{"variable", "label", "n", "missing", "minimum", "maximum", "mean", "standardError", "confLow", "confHigh",
                  "sd", "variance", "q1", "median", "q3", "skewness", "skewnessError", "kurtosis", "kurtosisError",
                  "skewnessR", "kurtosisR"}], "listwise", "rows"}
  with frequencies: {"variables": [{"variable", "n", "missing", "rows": [{"value", "label", "frequency", "percent",
                  "validPercent", "cumulativePercent"}]}]}
A number that does not exist is null; percentages are shares.`,
  jobOf: (flags) => ({ variables: listFlag(flags, 'variables'), frequencies: flags.has('frequencies'), dataFile: flags.text('data') ?? flags.words[0], options: optionFlags(flags, [], ['quantileType', 'confidence']) }),
  run: async (job, io) => answer(await analyse(job, io)),
  print: async (job, io) => tablesText(await analyse(job, io))
};
