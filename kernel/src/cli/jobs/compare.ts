import { compare } from '../../../../src/statistics/groups/compare.js';
import type { Comparison } from '../../../../src/statistics/groups/comparison.js';
import type { JobCommand, JobIo } from '../jobCommand.js';
import { analysisJob, DATA_FLAG, DATA_SHAPE, invalid, listFlag, optionFlags, requiredNames, tablesText, warningsAnswer } from './analysisJob.js';

async function analyse(job: unknown, io: JobIo): Promise<Comparison> {
  const { parts, survey, options } = await analysisJob(job, ['variables', 'by'], io);
  if (typeof parts.by !== 'string') invalid('`by` is missing: the column that tells the groups');
  return compare(survey, requiredNames(parts, 'variables'), parts.by, options);
}

function answer(result: Comparison): object {
  return { by: result.by, rows: result.rows, variables: result.variables, warnings: warningsAnswer(result.warnings) };
}

/** `semlab compare`: t tests or one-way ANOVA. */
export const command: JobCommand = {
  name: 'compare',
  summary: 'means over groups: t tests for two, ANOVA with post hoc tests for more',
  flags: [
    DATA_FLAG,
    { flag: 'variables', value: 'A,B', summary: 'columns to compare' },
    { flag: 'by', value: 'COLUMN', summary: 'column that tells the groups' },
    { flag: 'posthoc', value: 'LIST', summary: 'auto (default), none, or of lsd,bonferroni,tukey,scheffe,tamhane,games-howell' },
    { flag: 'levene', value: 'CENTRE', summary: 'mean (default, as SPSS) or median' },
    { flag: 'confidence', value: 'LEVEL', summary: 'level of the intervals, 0.95' }
  ],
  shapes: `Job (JSON):
  {"variables": ["a", "b"], "by": "g", ${DATA_SHAPE},
   "options": {"postHoc": "auto|none|NAME" | ["lsd", "bonferroni", "tukey", "scheffe", "tamhane", "games-howell"],
               "levene": "mean|median", "confidence": 0.95}}

Answer:
  {"by", "rows", "variables": [{"design": "t"|"anova", "variable", "n", "dropped", "groups": [{"group", "n", "mean", "sd", …}],
    "leveneMean": {"f", "df1", "df2", "pValue"}, "leveneMedian", "equalVariances",
    two groups: "student": {"difference", "stdError", "t", "df", "pValue", "confLow", "confHigh"}, "welch",
                "effect": {"d", "confLow", "confHigh", "g", "gLow", "gHigh"},
    more: "anova": {"between", "within", "f", "pValue", "effect": {"etaSquared", "omegaSquared", "epsilonSquared", …}},
          "welch": {"f", "df1", "df2", "pValue"}, "brownForsythe", "postHoc": [{"method", "pairs": [{"i", "j", …}]}]}],
   "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => {
    const postHoc = listFlag(flags, 'posthoc');
    return { variables: listFlag(flags, 'variables'), by: flags.text('by'), dataFile: flags.text('data') ?? flags.words[0], options: { ...optionFlags(flags, ['levene'], ['confidence']), ...(postHoc ? { postHoc: postHoc.length === 1 ? postHoc[0] : postHoc } : {}) } };
  },
  run: async (job, io) => answer(await analyse(job, io)),
  print: async (job, io) => tablesText(await analyse(job, io))
};
