import { fail } from '../../../shared/diagnostic.js';
import { CategoricalPart } from '../categorical/categoricalPart.js';
import type { FitState } from '../fit/fitState.js';
import { conformingRows } from './conformingRows.js';
import type { BootstrapGroup, BootstrapJob, BootstrapType } from './job.js';

/** Everything that the draws need, taken from a fit. @throws SurveyError `bootstrap-unsupported`, `bootstrap-needs-rows`, `not-converged` */
export function bootstrapJob(state: FitState, type: BootstrapType, seed: number): Omit<BootstrapJob, 'first' | 'count'> {
  const { estimation, options, sample, table } = state;
  if (!estimation.minimum.converged) fail('not-converged', 'the model did not converge, so there is no solution to bootstrap', { help: 'mend the model first; its warnings say what is wrong' });
  const { discrepancy } = options;
  if (state.rotated?.gradients) return fail('bootstrap-unsupported', 'the bootstrap does not cover rotated exploratory blocks: factors would have to be matched draw by draw', { help: 'standard errors of the rotated loadings are in the fit; or bootstrap a confirmatory model' });
  if (options.categorical || discrepancy === 'PML') return ordinalJob(state, type, seed);
  if (options.missing === 'two.stage' || options.missing === 'robust.two.stage') return fail('bootstrap-unsupported', 'the bootstrap does not cover two-stage estimation', { help: 'use missing: `ml`' });
  const rows = sample.rows;
  if (type === 'parametric' && options.cluster !== null) return fail('bootstrap-unsupported', 'parametric draws are of independent rows and would ignore that rows of a cluster are alike', { help: 'use the nonparametric bootstrap, which draws whole clusters' });
  if (rows === null && type !== 'parametric') return fail('bootstrap-needs-rows', 'the model was fitted to moments, and rows are needed to draw from', { help: 'use the parametric bootstrap: `type: "parametric"`' });
  const incomplete = sample.incomplete !== undefined;
  const wholeRows = incomplete || discrepancy === 'WLS' || discrepancy === 'DWLS' || (rows?.groups.some(({ weights, cluster }) => weights !== undefined || (cluster !== undefined && type !== 'parametric')) ?? false);
  const lost = discrepancy === 'ML' && options.likelihood === 'normal' ? 0 : 1;
  const groups = sample.groups.map((moments, g): BootstrapGroup => {
    const implied = estimation.implied[g];
    const own = rows?.groups[g];
    const n = own?.n ?? moments.n;
    const design = { ...(own?.weights ? { weights: own.weights } : {}), ...(own?.cluster && type !== 'parametric' ? { cluster: own.cluster } : {}) };
    if (type === 'parametric' && own && incomplete) return { n, rows: null, mean: implied.mu.slice(), covariance: implied.sigma.slice(), holes: Uint8Array.from(own.values, (value) => (Number.isNaN(value) ? 1 : 0)), ...design };
    if (type === 'parametric') return { n, rows: null, mean: table.meanStructure ? implied.mu.slice() : moments.mean.slice(), covariance: implied.sigma.slice() };
    const values = own ? own.values : new Float64Array(0);
    if (type === 'nonparametric') return { n, rows: values, mean: moments.mean, covariance: moments.covariance, ...design };
    const mean = table.meanStructure ? implied.mu.slice() : moments.mean.slice();
    return { n, rows: conformingRows(values, n, moments.mean, moments.covariance, implied.sigma, mean), mean, covariance: implied.sigma.slice(), ...design };
  });
  return {
    table, discrepancy, type, seed, groups, wholeRows, incomplete,
    wishart: options.likelihood === 'wishart',
    groupWeights: estimation.objective.weights,
    multipliers: Float64Array.from(sample.groups, (group) => group.n - lost),
    from: estimation.x
  };
}

/** @throws SurveyError `bootstrap-unsupported` */
function ordinalJob({ estimation, options, sample, table }: FitState, type: BootstrapType, seed: number): Omit<BootstrapJob, 'first' | 'count'> {
  const { discrepancy } = options;
  if (type !== 'nonparametric') return fail('bootstrap-unsupported', `the ${type} bootstrap does not cover ordinal variables`, { help: 'use `type: "nonparametric"`' });
  const parts = estimation.objective.parts.filter((part) => part instanceof CategoricalPart);
  if (parts.some((part) => part.moments.source.weights !== null)) return fail('bootstrap-unsupported', 'the bootstrap does not cover sampling weights', { help: 'leave `samplingWeights` out' });
  return {
    // what is minimized is said with the rows
    table, discrepancy: 'DWLS', type, seed, groups: [], wishart: false, wholeRows: true, incomplete: false,
    groupWeights: estimation.objective.weights,
    multipliers: Float64Array.from(sample.groups, (group) => group.n - (discrepancy === 'PML' ? 0 : 1)),
    from: estimation.x,
    ordinal: { sources: parts.map((part) => part.moments.source), maps: parts.map((part) => part.map), zeroAdd: options.zeroAdd, missing: options.missing, discrepancy }
  };
}
