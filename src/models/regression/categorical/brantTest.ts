import { chiSquareUpper } from '../../../numerics/distributions/index.js';
import { choleskyFactor, choleskySolve } from '../../../numerics/matrix/index.js';
import { binaryLikelihood } from './binaryLikelihood.js';
import { maximize } from './newton.js';
import type { BrantTest, ParallelLines } from './results.js';

/** A linear predictor beyond this: the classes on both sides of a threshold are separated. */
const SEPARATED = 20;

/**
 * Brant's Wald test of proportional odds. At each threshold j a binary
 * regression of Y > j gives slopes b̂ⱼ; their joint covariance is
 * (X′WⱼX)⁻¹ X′WⱼₗX (X′WₗX)⁻¹ with Wⱼₗ = π̂ₗ(1 − π̂ⱼ) for j ≤ l. The statistic
 * (Db̂)′(DVD′)⁻¹(Db̂), D the differences from the first threshold, has
 * p(K − 2) degrees of freedom; of one predictor K − 2.
 *
 * @param codes class of each row, 0-based; `cuts` = K − 1
 * @param columns predictors on one scale; the statistics do not depend on it
 * @returns null when there is nothing to test; null numbers when a binary regression has no maximum
 * @see Brant (1990), Assessing proportionality in the proportional odds model for ordinal logistic regression, Biometrics 46, 1171-1178
 */
export function brantTest(codes: Int32Array, cuts: number, columns: readonly Float64Array[], displays: readonly string[]): BrantTest | null {
  const p = columns.length;
  if (cuts < 2 || p === 0) return null;
  const untested = (df: number): ParallelLines => ({ statistic: null, df, pValue: null });
  const fits = binaryFits(codes, cuts, columns);
  if (!fits) return { ...untested(p * (cuts - 1)), predictors: displays.map((display) => ({ display, ...untested(cuts - 1) })) };
  const covariance = jointCovariance(fits, columns);
  const slopes = Float64Array.from({ length: cuts * p }, (_, at) => fits[Math.floor(at / p)].parameters[1 + (at % p)]);
  const test = (predictors: readonly number[]): ParallelLines => equalSlopes(slopes, covariance, cuts, p, predictors);
  return { ...test(columns.map((_, c) => c)), predictors: displays.map((display, c) => ({ display, ...test([c]) })) };
}

interface BinaryFit {
  readonly parameters: Float64Array;
  readonly covariance: Float64Array;
  /** P(Y > j) of each row. */
  readonly fitted: Float64Array;
}

function binaryFits(codes: Int32Array, cuts: number, columns: readonly Float64Array[]): readonly BinaryFit[] | null {
  const n = codes.length;
  const k = columns.length + 1;
  const fits: BinaryFit[] = [];
  for (let j = 0; j < cuts; j++) {
    const y = Float64Array.from(codes, (code) => (code > j ? 1 : 0));
    const share = y.reduce((sum, one) => sum + one, 0) / n;
    const start = new Float64Array(k);
    start[0] = Math.log(share / (1 - share));
    let largest = 0;
    const { parameters, covariance, convergence } = maximize(binaryLikelihood(y, columns), start);
    const fitted = Float64Array.from(y, (_, i) => {
      let eta = parameters[0];
      for (let c = 0; c < columns.length; c++) eta += parameters[c + 1] * columns[c][i];
      largest = Math.max(largest, Math.abs(eta));
      return 1 / (1 + Math.exp(-eta));
    });
    if (!convergence.converged || largest > SEPARATED) return null;
    fits.push({ parameters, covariance, fitted });
  }
  return fits;
}

/** Covariances of the slopes of all thresholds, (cuts·p)², by threshold and then predictor. */
function jointCovariance(fits: readonly BinaryFit[], columns: readonly Float64Array[]): Float64Array {
  const p = columns.length;
  const k = p + 1;
  const size = fits.length * p;
  const n = fits[0].fitted.length;
  const joint = new Float64Array(size * size);
  const row = new Float64Array(k);
  row[0] = 1;
  for (let j = 0; j < fits.length; j++) {
    for (let l = j; l < fits.length; l++) {
      const middle = new Float64Array(k * k);
      for (let i = 0; i < n; i++) {
        const weight = fits[l].fitted[i] * (1 - fits[j].fitted[i]);
        for (let c = 0; c < p; c++) row[c + 1] = columns[c][i];
        for (let a = 0; a < k; a++) for (let b = 0; b <= a; b++) middle[a * k + b] += weight * row[a] * row[b];
      }
      for (let a = 0; a < k; a++) for (let b = 0; b < a; b++) middle[b * k + a] = middle[a * k + b];
      for (let a = 1; a < k; a++) {
        for (let b = 1; b < k; b++) {
          let sum = 0;
          for (let c = 0; c < k; c++) for (let d = 0; d < k; d++) sum += fits[j].covariance[a * k + c] * middle[c * k + d] * fits[l].covariance[d * k + b];
          joint[(j * p + a - 1) * size + l * p + b - 1] = sum;
          joint[(l * p + b - 1) * size + j * p + a - 1] = sum;
        }
      }
    }
  }
  return joint;
}

function equalSlopes(slopes: Float64Array, covariance: Float64Array, cuts: number, p: number, predictors: readonly number[]): ParallelLines {
  const size = cuts * p;
  const df = predictors.length * (cuts - 1);
  const contrasts = Array.from({ length: cuts - 1 }, (_, j) => predictors.map((c) => [(j + 1) * p + c, c] as const)).flat();
  const difference = Float64Array.from(contrasts, ([later, first]) => slopes[later] - slopes[first]);
  const spread = new Float64Array(df * df);
  contrasts.forEach(([a, b], r) =>
    contrasts.forEach(([c, d], s) => {
      spread[r * df + s] = covariance[a * size + c] - covariance[a * size + d] - covariance[b * size + c] + covariance[b * size + d];
    })
  );
  const factor = choleskyFactor(spread, df);
  if (!factor.ok) return { statistic: null, df, pValue: null };
  const solved = choleskySolve(factor.lower, df, difference);
  const statistic = solved.reduce((sum, value, i) => sum + value * difference[i], 0);
  return { statistic, df, pValue: chiSquareUpper(statistic, df) };
}
