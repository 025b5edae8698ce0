import { describe, expect, it } from 'vitest';
import { fastGram } from '../../../src/numerics/leastSquares/gram.js';
import { leastSquares } from '../../../src/numerics/leastSquares/index.js';
import { simdProducts } from '../../../src/numerics/simd/simdProducts.js';
import { qrLeastSquares } from '../../../src/numerics/matrix/index.js';
import { createRandom } from '../../../src/numerics/random.js';

const random = createRandom(31);
const draw = (n: number, shift = 0): Float64Array => Float64Array.from({ length: n }, () => shift + random.normal());

describe('cross products', () => {
  it.each([[1, 1], [4, 256], [5, 300], [21, 1000]])('%i columns of %i rows: vector instructions, plain loops and the definition agree', (m, n) => {
    const columns = Array.from({ length: m }, (_, j) => draw(n, j));
    const centres = Float64Array.from(columns, (_, j) => j + 0.25);
    const simd = simdProducts(m)?.gram(columns, centres);
    const plain = fastGram(columns, centres, undefined);
    expect(simd).toBeDefined();
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) {
        const exact = columns[i].reduce((sum, x, r) => sum + (x - centres[i]) * (columns[j][r] - centres[j]), 0);
        expect(simd?.products[i * m + j]).toBeCloseTo(exact, 9);
        expect(plain.gram.hi[i * m + j]).toBeCloseTo(exact, 9);
      }
      const sum = columns[i].reduce((total, x) => total + x - centres[i], 0);
      expect(simd?.sums[i]).toBeCloseTo(sum, 9);
      expect(plain.sums[i]).toBeCloseTo(sum, 9);
    }
  });

  it('more columns than the kernel starts with room for', () => {
    const m = 600;
    const columns = Array.from({ length: m }, () => draw(3));
    const found = simdProducts(m)?.gram(columns, new Float64Array(m));
    expect(found?.products[m * m - 1]).toBeCloseTo(columns[m - 1].reduce((sum, x) => sum + x * x, 0), 12);
  });
});

describe('least squares', () => {
  it.each(['double', 'doubleDouble'] as const)('%s sums agree with Householder QR', (accumulation) => {
    const n = 20_001;
    const columns = [draw(n, 100), draw(n), draw(n, -5)];
    const y = columns[0].map((x, i) => 3 + 0.5 * x - columns[1][i] + 0.1 * columns[2][i] + random.normal());
    const found = leastSquares({ columns: columns.map((hi) => ({ hi })), response: { hi: y }, intercept: true, accumulation }).solve(3);
    const oracle = qrLeastSquares(Float64Array.of(...new Array<number>(n).fill(1), ...columns.flatMap((column) => [...column])), y, n, 4);
    [found.constant, ...found.coefficients].forEach((b, i) => expect(b).toBeCloseTo(oracle.coefficients[i], 11));
    // the reflections' own rounding over 20,001 rows stands in the oracle's residuals
    const apart = found.residuals.reduce((most, e, i) => Math.max(most, Math.abs(e - oracle.residuals[i])), 0);
    expect(apart).toBeLessThan(1e-8);
    expect(found.residualSumOfSquares).toBeCloseTo(oracle.residuals.reduce((sum, e) => sum + e * e, 0), 7);
  });

  it('without a constant nothing is centred', () => {
    const x = draw(50, 10);
    const y = x.map((v) => 2 * v + random.normal());
    const found = leastSquares({ columns: [{ hi: x }], response: { hi: y }, intercept: false }).solve(1);
    expect(found.constant).toBe(0);
    expect(found.coefficients[0]).toBeCloseTo(x.reduce((sum, v, i) => sum + v * y[i], 0) / x.reduce((sum, v) => sum + v * v, 0), 14);
  });

  it('badly scaled columns do not disturb each other', () => {
    const n = 100;
    const [a, b] = [draw(n), draw(n)];
    const y = a.map((v, i) => 1e-150 * v + 1e-150 * b[i]);
    const plain = leastSquares({ columns: [{ hi: a }, { hi: b }], response: { hi: y }, intercept: true }).solve(2);
    expect(plain.coefficients[0] / 1e-150).toBeCloseTo(1, 12);
  });
});
