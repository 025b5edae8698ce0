import { caseDiagnostics, regress, type RegressionFit, type RegressOptions, type StandardErrorType } from '../models/regression/index.js';
import { answerWith, surveyNames } from './completeNames.js';
import { inBody } from './inBody.js';
import { inspectName } from './inspectName.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { booleanOption, numberOption, surveyArgument, textOption } from './resolve.js';
import { AS_OPTION, boundName } from './sem.js';
import { shownAnalysis, shownTables, STYLE_OPTIONS } from './shown.js';

export function regressOptionsOf(call: MagicCall): RegressOptions {
  const se = textOption(call, 'se');
  const cluster = textOption(call, 'cluster');
  const weights = textOption(call, 'weights');
  const confLevel = numberOption(call, 'level');
  return {
    ...(se ? { se: se as StandardErrorType } : {}),
    ...(cluster ? { cluster } : {}),
    ...(weights ? { weights } : {}),
    ...(confLevel === undefined ? {} : { confLevel })
  };
}

/** What `--assumptions` and `--cases` ask for. */
function checks(call: MagicCall, fit: RegressionFit): readonly unknown[] {
  return [...(booleanOption(call, 'assumptions') ? [shownTables(call, fit.assumptions().tables())] : []), ...(booleanOption(call, 'cases') ? [shownTables(call, caseDiagnostics(fit).tables())] : [])];
}

/** `%%regress SURVEY`: hierarchical least squares. */
export const regressMagic: Magic = defineMagic({
  name: 'regress',
  forms: ['cell'],
  summary: 'fit a linear regression, in one block or several',
  manual: 'The body is one formula: `y ~ a + b*c + I(x^2) + poly(z, 2) + factor(g, ref = "2")`; `|` starts the next block of a hierarchical regression. The name of a construct stands for its score, the mean of its items.',
  arguments: [{ name: 'survey', kind: 'survey', summary: 'a loaded survey' }],
  options: {
    ...AS_OPTION,
    se: { type: 'string', summary: 'standard errors; classical, or cluster when a cluster column is given', choices: ['classical', 'HC0', 'HC1', 'HC2', 'HC3', 'HC4', 'cluster'] },
    cluster: { type: 'string', summary: 'column that tells the clusters', completes: 'column' },
    weights: { type: 'string', summary: 'column of weights', completes: 'column' },
    level: { type: 'number', summary: 'confidence level of the intervals', default: 0.95 },
    assumptions: { type: 'boolean', summary: 'also Breusch-Pagan, RESET, Durbin-Watson with p, normality of the residuals' },
    cases: { type: 'boolean', summary: 'also the rows with large residuals, leverage or Cook’s distance, with DFFITS and DFBETAS' },
    ...STYLE_OPTIONS
  },
  example: '%%regress wom --as ols\nWOM ~ gender + years | EXP + REL + FUN',
  binds: (call) => ({ [boundName(call)]: 'RegressionFit' }),
  async run(call, context) {
    const survey = surveyArgument(call, context);
    const source = { name: `%%${call.magic}`, lineOffset: call.bodyLineOffset };
    const fit = await inBody(call, () => regress(call.body, survey, { ...regressOptionsOf(call), source }));
    return { bind: { [boundName(call)]: fit }, show: [shownAnalysis(call, fit), ...checks(call, fit)] };
  },
  code: (call) => `const ${boundName(call)} = regress(${JSON.stringify(call.body.trim())}, ${call.arguments[0]}, ${JSON.stringify(regressOptionsOf(call))})`,
  completeBody: (call, offset, context) => answerWith(call.body, offset, surveyNames(call, context)),
  inspectBody: (call, offset, context) => inspectName(call, offset, context)
});
