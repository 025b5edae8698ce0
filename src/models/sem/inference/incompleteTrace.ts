import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import type { Estimation } from '../estimation/estimate.js';
import { FimlPart } from '../estimation/fimlPart.js';
import type { SemSample } from '../estimation/sample.js';
import { derivatives } from '../implied/derivatives.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import type { Parameter, ParameterTable } from '../parameterTable.js';
import { modelStructure } from '../structure/modelStructure.js';
import { addCrossProducts, incompleteScores } from './casewise.js';
import { traceOfProduct } from './traces.js';

/**
 * tr(A₁⁻¹B₁) of the saturated model with missing answers, A₁ its observed and
 * B₁ its first-order information at the EM moments. Fixed exogenous variables
 * contribute no parameters.
 * @see Yuan & Bentler (2000), Sociological Methodology 30
 */
export function incompleteSaturatedTrace(estimation: Estimation, sample: SemSample): number {
  const exogenous = new Set(estimation.table.rows.some((row) => row.exo) ? estimation.table.roles.exogenousObserved : []);
  const table = saturatedTable(estimation.table, exogenous);
  const structure = modelStructure(table);
  const group = structure.groups[0];
  const size = structure.size;
  const { p } = group;
  let total = 0;
  sample.incomplete?.forEach(({ patterns, saturated }, g) => {
    const rows = sample.rows?.groups[g];
    if (!rows) return;
    const implied = new ImpliedMoments(group);
    const d = derivatives(group, structure.position);
    const part = new FimlPart(implied, patterns, d, 0);
    const index = new Map(sample.names.map((name, i) => [name, i]));
    const at = (name: string): number => index.get(name) as number;
    const values = Float64Array.from(table.rows, (row) => (row.op === '~1' ? saturated.mean[at(row.lhs)] : saturated.covariance[at(row.lhs) * p + at(row.rhs)]));
    part.evaluate(values);
    const information = new Float64Array(size * size);
    part.addHessian(1, size, information);
    const scores = new Float64Array(rows.n * size);
    incompleteScores(part, rows, d, size, scores);
    const meat = new Float64Array(size * size);
    addCrossProducts(scores, rows.n, size, 1 / rows.n, meat, rows.weights, rows.cluster);
    const inverse = new Float64Array(size * size);
    if (cholesky(information, size) >= 0) {
      total = NaN;
      return;
    }
    choleskyInverse(information, size, inverse, new Float64Array(size * size));
    total += traceOfProduct(inverse, meat, size);
  });
  return total;
}

/** All means and covariances free, but those among fixed exogenous variables. */
function saturatedTable(table: ParameterTable, exogenous: ReadonlySet<string>): ParameterTable {
  const rows: Parameter[] = [];
  let free = 0;
  const add = (lhs: string, op: '~~' | '~1', rhs: string, fixed: boolean): void => {
    const id = rows.length + 1;
    rows.push({ id, lhs, op, rhs, group: 1, level: 1, free: fixed ? 0 : ++free, label: '', plabel: `.p${id}.`, ustart: null, lower: -Infinity, upper: Infinity, exo: false, efa: '', origin: 'auto.var' });
  };
  const { observed } = table.roles;
  for (const name of observed) add(name, '~1', '', exogenous.has(name));
  observed.forEach((a, i) => observed.slice(i).forEach((b) => add(a, '~~', b, exogenous.has(a) && exogenous.has(b))));
  return { ...table, rows, freeCount: free, groupLabels: [''], meanStructure: true, roles: { ...table.roles, latent: [] } };
}
