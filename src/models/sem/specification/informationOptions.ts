import { type Diagnostic, warning } from '../../../shared/diagnostic.js';
import type { DiscrepancyName, Estimator, InformationKind, MissingTreatment, ResolvedSemOptions, SemOptions, StandardErrorKind, TestKind } from '../options.js';

/** Least squares with a weight of their own have the expected information only. */
export function onlyExpected(discrepancy: DiscrepancyName): boolean {
  return discrepancy === 'ULS' || discrepancy === 'WLS' || discrepancy === 'DWLS';
}

/** What the options ask for and do not get, though the fit is made. */
export function optionWarnings(given: SemOptions, { discrepancy, estimator }: ResolvedSemOptions): readonly Diagnostic[] {
  if (given.information !== 'observed' || !onlyExpected(discrepancy)) return [];
  return [warning('expected-information', `estimator ${estimator} has the expected information only, and \`information\` is \`observed\`: the expected one is used`, { help: 'leave `information` out', zh: `估计方法 ${estimator} 只有期望信息矩阵，而 \`information\` 设为 \`observed\`：采用期望信息矩阵`, helpZh: '请去掉 `information`' })];
}

/** Information matrices, standard errors and tests that do not go together: message and cure of each. */
export function informationProblems(options: SemOptions, estimator: Estimator, discrepancy: DiscrepancyName, se: StandardErrorKind, scaledTests: readonly TestKind[], information: InformationKind): readonly (readonly [string, string])[] {
  const out: (readonly [string, string])[] = [];
  const leastSquares = discrepancy === 'GLS' || discrepancy === 'ULS' || discrepancy === 'WLS' || discrepancy === 'DWLS';
  const firstOrder = options.information === 'first.order' || information === 'first.order';
  if (firstOrder && leastSquares) out.push([`first-order information comes from a likelihood, and estimator ${estimator} has none`, 'leave `information` and `se` out, or use MLF']);
  else if (firstOrder && (se.startsWith('robust') || scaledTests.length > 0)) out.push(['robust standard errors and scaled tests are built on the expected or observed information, not on the first-order one', 'leave `information` out, or use MLF without a scaled test']);
  if (leastSquares && (se === 'robust.huber.white' || (discrepancy === 'GLS' && (se === 'robust.sem' || se === 'robust.cluster.sem')))) out.push([`standard errors \`${se}\` do not go with estimator ${estimator}`, discrepancy === 'GLS' ? 'use ULSMV, or MLM' : 'use `robust.sem`']);
  const likelihoodTest = scaledTests.find((test) => test.startsWith('yuan.bentler'));
  if (leastSquares && discrepancy !== 'GLS' && likelihoodTest) out.push([`test \`${likelihoodTest}\` comes from a likelihood, and estimator ${estimator} has none`, 'use `satorra.bentler` or `scaled.shifted`']);
  return out;
}

/** Given the exogenous variables, least squares and fourth moments are other ones than with fixed variables: only likelihoods of complete rows are offered. */
export function conditionalProblems(options: SemOptions, estimator: Estimator, missing: MissingTreatment): readonly string[] {
  const tests = options.test === undefined ? [] : typeof options.test === 'string' ? [options.test] : options.test;
  const moments = tests.find((test) => !['default', 'none', 'standard', 'yuan.bentler.mplus', 'bollen.stine'].includes(test));
  return [
    ...(['ML', 'MLR', 'MLF'].includes(estimator) ? [] : [`\`conditional.x\` goes with ML, MLR or MLF where all variables are continuous, not with ${estimator}`]),
    ...(options.se === 'robust.sem' || options.se === 'robust.cluster.sem' || (options.se === 'robust' && options.cluster === undefined && options.samplingWeights === undefined) ? [`\`conditional.x\` does not go with standard errors \`${options.se}\``] : []),
    ...(moments === undefined ? [] : [`\`conditional.x\` does not go with test \`${moments}\``]),
    ...(missing === 'listwise' ? [] : [`\`conditional.x\` needs complete rows, and missing is \`${missing}\``])
  ];
}
