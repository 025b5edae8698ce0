import { ordinal, type OrdinalFit, type OrdinalOptions } from '../../../../src/models/regression/index.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand } from './analysisCommand.js';
import { classAnswer, FORMULA_FLAGS, FORMULA_SHAPE, formulaJob, formulaOf, TERM_SHAPE, termAnswer } from './classJob.js';

function answer({ response, link, thresholds, parallelLines, brant, ...fit }: OrdinalFit): object {
  return { response, link, thresholds: thresholds.map(termAnswer), ...classAnswer(fit), parallelLines, brant };
}

/** `semlab ordinal`: an outcome of ordered classes. */
export const command: JobCommand = analysisCommand({
  name: 'ordinal',
  summary: 'ordinal regression: thresholds, odds ratios, pseudo R², tests of parallel lines',
  keys: ['formula'],
  flags: [...FORMULA_FLAGS, { flag: 'link', value: 'NAME', summary: 'logit (default) or probit' }],
  shapes: `Job (JSON):
  {${FORMULA_SHAPE},
   "options": {"link": "logit|probit", "confLevel": 0.95, "blocks": ["a + b", "c"]}}

Answer:
  {"response", "link", "classes", "n", "dropped", "thresholds": [as coefficients],
   ${TERM_SHAPE},
   "parallelLines": {"statistic", "df", "pValue"}, "brant": {"statistic", "df", "pValue", "predictors": [{"display", …}]}, "convergence", "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => formulaJob(flags, ['link']),
  analyse: (job) => ordinal(formulaOf(job), job.survey, job.options as OrdinalOptions),
  answer
});
