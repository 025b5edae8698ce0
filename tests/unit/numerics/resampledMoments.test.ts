import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { plainKernel, productKernel } from '../../../src/numerics/resampling/productKernel.js';
import { TileProducts } from '../../../src/numerics/resampling/tileProducts.js';
import { fastestProducts } from '../../../src/numerics/resampling/fastestProducts.js';
import { ResampledMoments } from '../../../src/numerics/resampling/resampledMoments.js';

/** The definition: moments of the drawn rows one after another, in two passes. */
function definition(rows: Float64Array, p: number, drawn: readonly number[], lost: number): { mean: number[]; covariance: number[] } {
  const n = drawn.length;
  const column = (j: number): number[] => drawn.map((i) => rows[i * p + j]);
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n;
  const mean = Array.from({ length: p }, (_, j) => average(column(j)));
  const covariance = Array.from({ length: p * p }, (_, at) => {
    const [j, k] = [Math.floor(at / p), at % p];
    return drawn.reduce((sum, i) => sum + (rows[i * p + j] - mean[j]) * (rows[i * p + k] - mean[k]), 0) / (n - lost);
  });
  return { mean, covariance };
}

function sampleOf(n: number, p: number, value: (i: number, j: number, u: number) => number): { rows: Float64Array; mean: Float64Array } {
  const random = createRandom(19);
  const rows = Float64Array.from({ length: n * p }, (_, at) => value(Math.floor(at / p), at % p, random.uniform()));
  const mean = Float64Array.from({ length: p }, (_, j) => Array.from({ length: n }, (__, i) => rows[i * p + j]).reduce((a, b) => a + b, 0) / n);
  return { rows, mean };
}

const KINDS = {
  'answers on a scale': (_: number, j: number, u: number) => 1 + Math.floor(7 * u * (j % 3 === 0 ? u : 1)),
  'real numbers far from zero': (_: number, j: number, u: number) => 1e4 * j + Math.log(u + 1e-3),
  'integers too large for 16 bits': (_: number, __: number, u: number) => Math.floor(1e6 * u)
};

describe.each(Object.entries(KINDS))('moments of resampled rows: %s', (_, value) => {
  it.each([[7, 1, 0], [60, 4, 1], [455, 11, 0], [1300, 5, 1]] as const)('%i rows, %i columns, n − %i', (n, p, lost) => {
    const { rows, mean } = sampleOf(n, p, value);
    const random = createRandom(n);
    const drawer = new ResampledMoments(rows, n, p, mean);
    for (let d = 0; d < 3; d++) {
      const drawn = Array.from({ length: n }, () => random.integer(n));
      drawer.clear();
      drawn.forEach((i) => drawer.add(i));
      const found = { mean: new Float64Array(p), covariance: new Float64Array(p * p) };
      drawer.moments(lost, found.mean, found.covariance);
      const wanted = definition(rows, p, drawn, lost);
      const sd = Array.from({ length: p }, (__, j) => Math.sqrt(wanted.covariance[j * p + j]));
      for (let j = 0; j < p; j++) {
        expect(Math.abs(found.mean[j] - wanted.mean[j])).toBeLessThan(1e-13 * (sd[j] + Math.abs(wanted.mean[j])));
        for (let k = 0; k < p; k++) expect(Math.abs(found.covariance[j * p + k] - wanted.covariance[j * p + k])).toBeLessThan(1e-12 * sd[j] * sd[k]);
      }
    }
  });

  it('has the same bits with and without WebAssembly', () => {
    const { rows, mean } = sampleOf(700, 10, value);
    const ways = [fastestProducts, ...[productKernel, plainKernel].map((kernel) => (values: Float64Array, n: number, columns: number) => new TileProducts(values, n, columns, kernel))];
    const [fast, tiles, plain] = ways.map((productsOf) => {
      const drawer = new ResampledMoments(rows, 700, 10, mean, productsOf);
      const random = createRandom(2);
      for (let i = 0; i < 700; i++) drawer.add(random.integer(700));
      const covariance = new Float64Array(100);
      drawer.moments(0, new Float64Array(10), covariance);
      return [...covariance];
    });
    expect(fast).toEqual(plain);
    expect(tiles).toEqual(plain);
  });
});

describe('rows drawn very often', () => {
  it.each(Object.entries(KINDS))('%s', (_, value) => {
    const n = 5000;
    const { rows, mean } = sampleOf(n, 2, value);
    const drawn = Array.from({ length: n }, (__, i) => (i < 4000 ? 17 : i < 4900 ? 3 : i % 40));
    const drawer = new ResampledMoments(rows, n, 2, mean);
    drawn.forEach((i) => drawer.add(i));
    const covariance = new Float64Array(4);
    drawer.moments(0, new Float64Array(2), covariance);
    const wanted = definition(rows, 2, drawn, 0);
    covariance.forEach((found, at) => expect(Math.abs(found - wanted.covariance[at])).toBeLessThan(1e-11 * Math.max(wanted.covariance[0], wanted.covariance[3])));
  });

  it.each([3, 3.3])('a draw of one row alone has variance exactly 0 (values near %d)', (value) => {
    const rows = Float64Array.from({ length: 40 }, (_, at) => value + at * 0.7 * (value === 3 ? 10 : 1));
    const drawer = new ResampledMoments(rows, 20, 2, Float64Array.of(value, value));
    for (let i = 0; i < 20; i++) drawer.add(13);
    const covariance = new Float64Array(4);
    drawer.moments(0, new Float64Array(2), covariance);
    expect([covariance[0], covariance[3]]).toEqual([0, 0]);
  });
});
