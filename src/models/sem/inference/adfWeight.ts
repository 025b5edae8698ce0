import { choleskyInverse, cholesky } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { fail } from '../../../shared/diagnostic.js';
import type { MomentWeight } from '../estimation/momentPart.js';
import type { SemSample } from '../estimation/sample.js';
import { momentCount } from '../implied/jacobian.js';
import { deviations } from './deviations.js';
import { rawDeviations } from './momentDeviations.js';

/** Γ, the asymptotic covariance matrix of √n times the moments, distribution-free: the covariances (divided by n) of rows' moment deviations. */
export function adfGamma(sample: SemSample, group: number, means: boolean, exogenous: readonly number[] = []): Float64Array {
  const rows = sample.rows?.groups[group] ?? fail('rows-needed', 'this estimator needs the rows of the data, and only moments were given', { help: 'pass the survey itself, or use ML, GLS or ULS' });
  const width = momentCount(sample.names[group].length, means);
  const raw = rawDeviations(deviations(rows, sample.groups[group].mean, exogenous), means);
  return meanCrossProducts(raw, rows.n, width);
}

/** (1/n) Σ c_i c_iᵀ of the rows of an n × width matrix. */
export function meanCrossProducts(raw: Float64Array, n: number, width: number): Float64Array {
  const columns = new Float64Array(raw.length);
  for (let i = 0; i < n; i++) for (let r = 0; r < width; r++) columns[r * n + i] = raw[i * width + r];
  return columnCrossProducts(columns, n, width);
}

/** The same from the columns, width × n. */
export function columnCrossProducts(columns: Float64Array, n: number, width: number): Float64Array {
  const out = new Float64Array(width * width);
  for (let a = 0; a < width; a++) for (let b = 0; b <= a; b++) out[a * width + b] = out[b * width + a] = dot(columns, a * n, columns, b * n, n) / n;
  return out;
}

/**
 * W = Γ⁻¹ for WLS (asymptotically distribution-free), its diagonal's
 * reciprocals for DWLS. Moments of fixed exogenous variables do not vary: they
 * have weight 0. @see Browne (1984)
 *
 * @param exogenous columns of a group's fixed exogenous variables
 */
export function adfWeights(kind: 'WLS' | 'DWLS', sample: SemSample, means: boolean, exogenous: (group: number) => readonly number[]): readonly MomentWeight[] {
  return sample.groups.map((group, g): MomentWeight => {
    const p = sample.names[g].length;
    const width = momentCount(p, means);
    const varying = varyingMoments(p, means, exogenous(g));
    const k = varying.length;
    const gamma = adfGamma(sample, g, means, exogenous(g));
    if (kind === 'DWLS') {
      const values = new Float64Array(width);
      for (const i of varying) values[i] = 1 / gamma[i * width + i];
      return { kind: 'diagonal', values };
    }
    const factor = new Float64Array(k * k);
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) factor[a * k + b] = gamma[varying[a] * width + varying[b]];
    if (group.n <= k || cholesky(factor, k) >= 0) fail('weight-matrix', `WLS inverts a ${k} × ${k} matrix of fourth moments, which ${group.n} rows cannot give`, { help: 'use MLR, MLM or DWLS, or collect more answers' });
    const inverse = new Float64Array(k * k);
    choleskyInverse(factor, k, inverse, new Float64Array(k * k));
    if (k === width) return { kind: 'full', values: inverse };
    const values = new Float64Array(width * width);
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) values[varying[a] * width + varying[b]] = inverse[a * k + b];
    return { kind: 'full', values };
  });
}

/** Places of the moments that are not of fixed exogenous variables alone. */
function varyingMoments(p: number, means: boolean, exogenous: readonly number[]): Int32Array {
  const fixed = new Set(exogenous);
  const out: number[] = [];
  let at = 0;
  if (means) for (let i = 0; i < p; i++, at++) if (!fixed.has(i)) out.push(at);
  for (let j = 0; j < p; j++) for (let i = j; i < p; i++, at++) if (!fixed.has(i) || !fixed.has(j)) out.push(at);
  return Int32Array.from(out);
}
