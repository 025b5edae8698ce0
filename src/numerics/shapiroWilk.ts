import { normalQuantile, normalUpper } from './distributions/normal.js';

export interface ShapiroWilk {
  readonly statistic: number;
  readonly pValue: number;
}

/** Σ cₖ xᵏ. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, c) => sum * x + c, 0);
}

/**
 * Shapiro and Wilk's W for normality, 3 ≤ n ≤ 5000; undefined outside, or when
 * all values are equal.
 *
 * @see P. Royston (1995), Remark AS R94: a remark on algorithm AS 181, Applied Statistics 44, 547–551.
 */
export function shapiroWilk(values: Float64Array): ShapiroWilk | undefined {
  const n = values.length;
  if (n < 3 || n > 5000) return undefined;
  const x = Float64Array.from(values).sort();
  if (!(x[n - 1] > x[0])) return undefined;
  const weights = lowerWeights(n);
  const mean = x.reduce((sum, v) => sum + v, 0) / n;
  let squares = 0;
  for (const v of x) squares += (v - mean) ** 2;
  let product = 0;
  for (let i = 0; i < weights.length; i++) product += weights[i] * (x[n - 1 - i] - x[i]);
  const statistic = Math.min(1, (product * product) / squares);
  return { statistic, pValue: tail(statistic, n) };
}

/** Weights of the spacings x₍n₊₁₋ᵢ₎ − x₍ᵢ₎, largest first. */
function lowerWeights(n: number): Float64Array {
  const half = Math.floor(n / 2);
  if (n === 3) return Float64Array.of(Math.SQRT1_2);
  const m = Float64Array.from({ length: half }, (_, i) => -normalQuantile((i + 1 - 0.375) / (n + 0.25)));
  const sum = 2 * m.reduce((total, v) => total + v * v, 0);
  const root = 1 / Math.sqrt(n);
  const length = Math.sqrt(sum);
  const first = polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], root) + m[0] / length;
  const weights = new Float64Array(half);
  if (n > 5) {
    const second = polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], root) + m[1] / length;
    const scale = Math.sqrt((sum - 2 * m[0] ** 2 - 2 * m[1] ** 2) / (1 - 2 * first ** 2 - 2 * second ** 2));
    weights[0] = first;
    weights[1] = second;
    for (let i = 2; i < half; i++) weights[i] = m[i] / scale;
  } else {
    const scale = Math.sqrt((sum - 2 * m[0] ** 2) / (1 - 2 * first ** 2));
    weights[0] = first;
    for (let i = 1; i < half; i++) weights[i] = m[i] / scale;
  }
  return weights;
}

function tail(w: number, n: number): number {
  if (n === 3) return Math.max(0, (6 / Math.PI) * (Math.asin(Math.sqrt(w)) - Math.asin(Math.sqrt(0.75))));
  const y = Math.log1p(-w);
  if (n <= 11) {
    const gamma = polynomial([-2.273, 0.459], n);
    if (y >= gamma) return 1e-99;
    const mean = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n);
    const deviation = Math.exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n));
    return normalUpper((-Math.log(gamma - y) - mean) / deviation);
  }
  const logN = Math.log(n);
  const mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], logN);
  const deviation = Math.exp(polynomial([-0.4803, -0.082676, 0.0030302], logN));
  return normalUpper((y - mean) / deviation);
}
