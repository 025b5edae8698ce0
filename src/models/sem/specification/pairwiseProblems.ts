import type { SemOptions } from '../options.js';

const STANDARD_ERRORS: readonly string[] = ['default', 'robust', 'robust.huber.white', 'none', 'bootstrap', 'boot'];
const TESTS: readonly string[] = ['default', 'none', 'standard', 'mean.var.adjusted'];

/** What does not go with pairwise maximum likelihood: message and cure of each. */
export function pairwiseProblems(options: SemOptions, categorical: boolean): readonly (readonly [string, string])[] {
  const out: (readonly [string, string])[] = [];
  if (!categorical) out.push(['estimator PML (pairwise maximum likelihood) needs ordered variables', 'name them in `ordered`, or use ML']);
  if (options.se !== undefined && !STANDARD_ERRORS.includes(options.se)) out.push([`standard errors \`${options.se}\` do not go with estimator PML: rows count once per pair, and only a sandwich allows for that`, 'use `robust.huber.white`']);
  const test = (options.test === undefined ? [] : typeof options.test === 'string' ? [options.test] : options.test).find((each) => !TESTS.includes(each));
  if (test !== undefined) out.push([`test \`${test}\` does not go with estimator PML`, 'use `mean.var.adjusted`']);
  if (options.information !== undefined && options.information !== 'default' && options.information !== 'observed') out.push([`estimator PML has the observed information only, and \`information\` is \`${options.information}\``, 'leave `information` out']);
  if (options.samplingWeights !== undefined) out.push(['estimator PML does not take sampling weights', 'use WLSMV, which does; lavaan 0.6 takes both and ignores the weights']);
  return out;
}
