import { describe, expect, it } from 'vitest';
import { cholesky, choleskyInverse } from '../../../src/numerics/dense/cholesky.js';
import { crossProducts } from '../../../src/numerics/dense/product.js';
import { SecantUpdates } from '../../../src/numerics/optimize/secantUpdates.js';
import { createRandom } from '../../../src/numerics/random.js';

const random = createRandom(7);
const number = (): number => 2 * random.uniform() - 1;

/** A positive definite matrix; beyond `band` off the diagonal it is zero, so that rows begin with zeros. */
function matrix(n: number, band: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = Math.max(0, i - band); j <= i; j++) l[i * n + j] = i === j ? 1 + Math.abs(number()) : number();
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[i * n + j] += l[i * n + k] * l[j * n + k];
  return out;
}

describe('Cholesky factor by tiles', () => {
  it.each([1, 2, 5, 23, 24, 25, 26, 40, 61].flatMap((n) => [[n, n], [n, 2]] as const))('order %i, band %i: LLᵀ = A and A A⁻¹ = I', (n, band) => {
    const a = matrix(n, band);
    const l = a.slice();
    expect(cholesky(l, n)).toBe(-1);
    const inverse = new Float64Array(n * n);
    choleskyInverse(l, n, inverse, new Float64Array(n * n));
    const scale = Math.max(...a, ...inverse.map(Math.abs)) ** 2;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let [back, unit] = [0, 0];
        for (let k = 0; k <= Math.min(i, j); k++) back += l[i * n + k] * l[j * n + k];
        for (let k = 0; k < n; k++) unit += a[i * n + k] * inverse[k * n + j];
        expect(Math.abs(back - a[i * n + j])).toBeLessThan(1e-13 * scale);
        expect(Math.abs(unit - (i === j ? 1 : 0))).toBeLessThan(1e-13 * scale);
      }
    }
  });

  it.each([0, 13, 24, 25, 26, 29])('names pivot %i, where the matrix ceases to be positive definite', (at) => {
    const n = 30;
    const a = matrix(n, n);
    const l = a.slice();
    cholesky(l, n);
    // takes away more than elimination leaves of this diagonal element
    a[at * n + at] -= 1.5 * l[at * n + at] ** 2;
    expect(cholesky(a, n)).toBe(at);
  });
});

it.each([1, 3, 4, 8])('cross products of %i rows', (m) => {
  const n = 17;
  const a = Float64Array.from({ length: m * n }, number);
  const out = new Float64Array(m * m);
  crossProducts(a, m, n, 0.5, out);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) expect(out[i * m + j]).toBeCloseTo(0.5 * a.subarray(i * n, (i + 1) * n).reduce((sum, value, k) => sum + value * a[j * n + k], 0), 13);
});

it('secant updates find the inverse of a quadratic’s curvature along the steps taken', () => {
  const n = 6;
  const a = matrix(n, n);
  const times = (v: Float64Array): Float64Array => Float64Array.from({ length: n }, (_, i) => v.reduce((sum, value, j) => sum + a[i * n + j] * value, 0));
  const updates = new SecantUpdates(n);
  let x = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const next = x.map((value) => value + number());
    updates.add(x, next, times(x), times(next));
    if (k === n - 1) {
      // the secant equation: H⁻¹ maps the last change of the gradient to the last step
      const change = times(next.map((value, i) => value - x[i]));
      updates.apply(change, () => undefined);
      change.forEach((value, i) => expect(value).toBeCloseTo(next[i] - x[i], 12));
    }
    x = next;
  }
});
