import { fQuantile } from '../../numerics/distributions/index.js';

/** Sums of a covariance matrix that every alpha-like coefficient is made of. */
export interface ScaleSums {
  readonly k: number;
  /** Σ of all elements: the variance of the sum score. */
  readonly total: number;
  /** Σ of the diagonal. */
  readonly trace: number;
  /** Σ of each row. */
  readonly rows: Float64Array;
}

export function scaleSums(covariance: Float64Array, k: number): ScaleSums {
  const rows = new Float64Array(k);
  let trace = 0;
  let total = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) rows[i] += covariance[i * k + j];
    trace += covariance[i * k + i];
    total += rows[i];
  }
  return { k, total, trace, rows };
}

/** α = k/(k−1) · (1 − Σ σᵢᵢ / Σ σᵢⱼ); on a correlation matrix the standardized alpha. @see Cronbach (1951), Psychometrika 16, 297-334 */
export function cronbachAlpha({ k, total, trace }: ScaleSums): number | null {
  return k > 1 && total > 0 ? (k / (k - 1)) * (1 - trace / total) : null;
}

/** Alpha of the scale without item i, from the same sums. */
export function alphaWithout(sums: ScaleSums, covariance: Float64Array, i: number): number | null {
  const own = covariance[i * sums.k + i];
  return cronbachAlpha({ k: sums.k - 1, total: sums.total - 2 * sums.rows[i] + own, trace: sums.trace - own, rows: sums.rows });
}

/**
 * Interval of the alpha of k items answered by n rows: 1 − (1 − α) F₁₋ₐ/₂ and
 * 1 − (1 − α) Fₐ/₂ with n − 1 and (n − 1)(k − 1) degrees of freedom. The
 * quantiles serve every alpha of as many items.
 * @see Feldt, Woodruff & Salih (1987), Appl. Psychol. Meas. 11, 93-103
 */
export function feldtIntervals(n: number, k: number, confidence: number): (alpha: number) => { readonly confLow: number; readonly confHigh: number } {
  const df1 = n - 1;
  const df2 = df1 * (k - 1);
  const [upper, lower] = [fQuantile((1 + confidence) / 2, df1, df2), fQuantile((1 - confidence) / 2, df1, df2)];
  return (alpha) => ({ confLow: 1 - (1 - alpha) * upper, confHigh: 1 - (1 - alpha) * lower });
}

/** Guttman's λ₂ = (Σ_{i≠j} σᵢⱼ + √(k/(k−1) Σ_{i≠j} σᵢⱼ²)) / Σ σᵢⱼ. @see Guttman (1945), Psychometrika 10, 255-282 */
export function guttmanLambda2({ k, total, trace }: ScaleSums, covariance: Float64Array): number | null {
  if (k < 2 || !(total > 0)) return null;
  let squares = 0;
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) if (i !== j) squares += covariance[i * k + j] ** 2;
  return (total - trace + Math.sqrt((k / (k - 1)) * squares)) / total;
}
