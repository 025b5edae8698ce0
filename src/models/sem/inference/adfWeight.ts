import { choleskyInverse, cholesky } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { fail } from '../../../shared/diagnostic.js';
import type { MomentWeight } from '../estimation/momentPart.js';
import type { SemSample } from '../estimation/sample.js';
import { momentCount } from '../implied/jacobian.js';
import { deviations } from './deviations.js';
import { rawDeviations } from './momentDeviations.js';

/** Γ, the asymptotic covariance matrix of √n times the moments, distribution-free: the covariances (divided by n) of rows' moment deviations. */
export function adfGamma(sample: SemSample, group: number, means: boolean): Float64Array {
  const rows = sample.rows?.groups[group] ?? fail('rows-needed', 'this estimator needs the rows of the data, and only moments were given', { help: 'pass the survey itself, or use ML, GLS or ULS' });
  const p = sample.names.length;
  const width = momentCount(p, means);
  const raw = rawDeviations(deviations(rows, sample.groups[group].mean, []), means);
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

/** W = Γ⁻¹ for WLS (asymptotically distribution-free), its diagonal's reciprocals for DWLS. @see Browne (1984) */
export function adfWeights(kind: 'WLS' | 'DWLS', sample: SemSample, means: boolean): readonly MomentWeight[] {
  const p = sample.names.length;
  const width = momentCount(p, means);
  return sample.groups.map((group, g): MomentWeight => {
    const gamma = adfGamma(sample, g, means);
    if (kind === 'DWLS') return { kind: 'diagonal', values: Float64Array.from({ length: width }, (_, i) => 1 / gamma[i * width + i]) };
    const inverse = new Float64Array(width * width);
    if (group.n <= width || cholesky(gamma, width) >= 0) fail('weight-matrix', `WLS inverts a ${width} × ${width} matrix of fourth moments, which ${group.n} rows cannot give`, { help: 'use MLR, MLM or DWLS, or collect more answers' });
    choleskyInverse(gamma, width, inverse, new Float64Array(width * width));
    return { kind: 'full', values: inverse };
  });
}
