import { logistic, type LogisticFit, type LogisticOptions } from '../../../../src/models/regression/index.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand } from './analysisCommand.js';
import { classAnswer, FORMULA_FLAGS, FORMULA_SHAPE, formulaJob, formulaOf, TERM_SHAPE } from './classJob.js';

function answer({ response, event, classification, hosmerLemeshow, ...fit }: LogisticFit): object {
  return { response, event: event.en, ...classAnswer(fit), classification, hosmerLemeshow };
}

/** `semlab logistic`: a yes-or-no outcome. */
export const command: JobCommand = analysisCommand({
  name: 'logistic',
  summary: 'binary logistic regression: odds ratios, Wald tests, pseudo R², Hosmer-Lemeshow, classification',
  keys: ['formula'],
  flags: [...FORMULA_FLAGS, { flag: 'event', value: 'CLASS', summary: 'the class whose probability is modelled, by value or label; the last by default' }],
  shapes: `Job (JSON):
  {${FORMULA_SHAPE},
   "options": {"event": "CLASS", "confLevel": 0.95, "blocks": ["a + b", "c"]}}

Answer:
  {"response", "event", "classes", "n", "dropped",
   ${TERM_SHAPE},
   "classification": {"trueNegative", "falsePositive", "falseNegative", "truePositive", "shareCorrect", "sensitivity", "specificity",
                      "areaUnderCurve", "areaStdError", "areaLow", "areaHigh"},
   "hosmerLemeshow": {"statistic", "df", "pValue", "groups", "table": [{"n", "observed", "expected", "highest"}]}, "convergence", "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => formulaJob(flags, ['event']),
  analyse: (job) => logistic(formulaOf(job), job.survey, job.options as LogisticOptions),
  answer
});
