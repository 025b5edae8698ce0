import { describe, expect, it } from 'vitest';
import { cholesky, choleskySolve } from '../../../src/numerics/dense/cholesky.js';
import { chiSquareCdf, normalCdf } from '../../../src/numerics/distributions/index.js';
import { createRandom } from '../../../src/numerics/random.js';
import { chiSquareVariate } from '../../../src/numerics/resampling/gammaVariate.js';
import { NormalMoments } from '../../../src/numerics/resampling/normalMoments.js';

const DRAWS = 4000;
/** Kolmogorov's 0.9999 quantile: chance beyond it is one in ten thousand, and the seed is fixed. */
const LARGEST_GAP = 2.23 / Math.sqrt(DRAWS);

/** Largest distance of the empirical distribution from a continuous one. */
function gap(values: readonly number[], cdf: (x: number) => number): number {
  return Math.max(...[...values].sort((a, b) => a - b).map((value, i) => Math.max(Math.abs(cdf(value) - i / values.length), Math.abs(cdf(value) - (i + 1) / values.length))));
}

const P = 4;
const CENTRE = Float64Array.of(1, -2, 0, 100);
const SIGMA = Float64Array.of(2, 0.6, -0.3, 4, 0.6, 1, 0.2, 3, -0.3, 0.2, 0.5, 1, 4, 3, 1, 30);
const DIRECTION = [0.3, -1, 2, 0.05];
const form = (matrix: Float64Array, v: readonly number[]): number => v.reduce((sum, x, i) => sum + x * v.reduce((row, y, j) => row + matrix[i * P + j] * y, 0), 0);
/** 1 / vᵀM⁻¹v. */
function inverseForm(matrix: Float64Array, v: readonly number[]): number {
  const factor = matrix.slice();
  expect(cholesky(factor, P)).toBe(-1);
  const x = Float64Array.from(v);
  choleskySolve(factor, P, x);
  return 1 / v.reduce((sum, value, i) => sum + value * x[i], 0);
}

describe('chi-square variates', () => {
  it.each([0.4, 1, 2, 7.5, 450])('%d degrees of freedom: the distribution is theirs', (df) => {
    const random = createRandom(2);
    expect(gap(Array.from({ length: DRAWS }, () => chiSquareVariate(random, df)), (x) => chiSquareCdf(x, df))).toBeLessThan(LARGEST_GAP);
  });
});

describe.each([[5, 0], [40, 1]] as const)('moments of %i normal rows, divisor n − %i', (n, lost) => {
  const moments = new NormalMoments(n, P, CENTRE, SIGMA);
  const random = createRandom(3);
  const samples = Array.from({ length: DRAWS }, () => {
    const [mean, covariance] = [new Float64Array(P), new Float64Array(P * P)];
    moments.draw(random, lost, mean, covariance);
    return { mean, covariance };
  });
  const divisor = n - lost;

  it('vᵀSv / vᵀΣv is χ²(n − 1), and vᵀΣ⁻¹v / vᵀS⁻¹v is χ²(n − p)', () => {
    expect(gap(samples.map(({ covariance }) => (divisor * form(covariance, DIRECTION)) / form(SIGMA, DIRECTION)), (x) => chiSquareCdf(x, n - 1))).toBeLessThan(LARGEST_GAP);
    const whole = inverseForm(SIGMA, DIRECTION);
    expect(gap(samples.map(({ covariance }) => (divisor * inverseForm(covariance, DIRECTION)) / whole), (x) => chiSquareCdf(x, n - P))).toBeLessThan(LARGEST_GAP);
  });

  it('the mean is normal about μ with covariances Σ/n, whatever the covariances are', () => {
    const along = ({ mean }: { readonly mean: Float64Array }): number => DIRECTION.reduce((sum, v, i) => sum + v * (mean[i] - CENTRE[i]), 0) / Math.sqrt(form(SIGMA, DIRECTION) / n);
    expect(gap(samples.map(along), normalCdf)).toBeLessThan(LARGEST_GAP);
    const products = samples.map((sample) => along(sample) ** 2 * ((divisor * sample.covariance[0]) / SIGMA[0] - (n - 1)));
    expect(Math.abs(products.reduce((a, b) => a + b, 0) / DRAWS)).toBeLessThan((5 * Math.sqrt(3 * 2 * (n - 1))) / Math.sqrt(DRAWS));
  });

  it('covariances have Wishart means, variances and covariances', () => {
    const scale = (n - 1) / divisor;
    for (const [i, j, k, l] of [[0, 0, 0, 0], [0, 3, 0, 3], [1, 2, 1, 2], [0, 1, 2, 3], [3, 3, 0, 0]]) {
      const s = (x: number, y: number): number => SIGMA[x * P + y];
      const centred = samples.map(({ covariance }) => [covariance[i * P + j] - scale * s(i, j), covariance[k * P + l] - scale * s(k, l)]);
      const wanted = (scale / divisor) * (s(i, k) * s(j, l) + s(i, l) * s(j, k));
      const spread = Math.sqrt((scale / divisor) ** 2 * (s(i, i) * s(j, j) + s(i, j) ** 2) * (s(k, k) * s(l, l) + s(k, l) ** 2));
      const mean = centred.reduce((sum, [x]) => sum + x, 0) / DRAWS;
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(((scale / divisor) * (s(i, i) * s(j, j) + s(i, j) ** 2)) / DRAWS));
      // fourth moments of a Wishart with few degrees of freedom are large
      expect(Math.abs(centred.reduce((sum, [x, y]) => sum + x * y, 0) / DRAWS - wanted)).toBeLessThan((5 * spread * Math.sqrt(2 + 12 / (n - 1) * 4)) / Math.sqrt(DRAWS));
    }
  });
});
