import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';

const take = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);

describe('createRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const a = createRandom(7);
    const b = createRandom(7);
    const c = createRandom(8);
    const first = take(20, a.uniform);
    expect(take(20, b.uniform)).toEqual(first);
    expect(take(20, c.uniform)).not.toEqual(first);
  });

  it('forks depend on the stream number alone, not on what was drawn before', () => {
    const a = createRandom(7);
    const b = createRandom(7);
    take(100, a.normal);
    expect(take(5, a.fork(17).uniform)).toEqual(take(5, b.fork(17).uniform));
    expect(a.fork(17).uniform()).not.toBe(a.fork(18).uniform());
    expect(a.fork(1).fork(2).uniform()).not.toBe(a.fork(2).fork(1).uniform());
  });

  it('no two of 20,000 forks start alike', () => {
    const root = createRandom(1);
    expect(new Set(take(20_000, () => 0).map((_, stream) => root.fork(stream).uniform())).size).toBe(20_000);
  });

  it('uniforms lie in [0, 1) and fill ten bins evenly', () => {
    const random = createRandom(3);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(random.uniform() * 10)]++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9); // upper 0.1 % of chi-square with 9 df
  });

  it('normals have the first four moments of N(0, 1) within four standard errors', () => {
    const random = createRandom(11);
    const n = 400_000;
    const moments = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const z = random.normal();
      for (let k = 0; k < 4; k++) moments[k] += z ** (k + 1) / n;
    }
    const errors = [1, 2, 15, 96].map((variance) => 4 * Math.sqrt(variance / n));
    [0, 1, 0, 3].forEach((expected, k) => expect(Math.abs(moments[k] - expected)).toBeLessThan(errors[k]));
  });

  it.each([1, 2, 7, 455, 65_536, 100_003])('a tally below %i counts the integers that are drawn one by one', (n) => {
    const [counts, wanted] = [new Int32Array(n), new Int32Array(n)];
    createRandom(n).tally(20_000, counts);
    const random = createRandom(n);
    for (let d = 0; d < 20_000; d++) wanted[random.integer(n)]++;
    expect(counts.every((count, i) => count === wanted[i])).toBe(true);
  });

  it('integers cover 0 … n − 1 evenly', () => {
    const random = createRandom(5);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]++;
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
  });
});
