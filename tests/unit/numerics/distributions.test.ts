import { describe, expect, it } from 'vitest';
import * as d from '../../../src/numerics/distributions/index.js';
import { createRandom } from '../../../src/numerics/random.js';
import { shapiroWilk } from '../../../src/numerics/shapiroWilk.js';
import { bivariateNormalGrid } from '../../../src/numerics/distributions/bivariateNormal.js';

describe('tails add up to one where both are visible', () => {
  it.each<[string, (x: number) => number, (x: number) => number, readonly number[]]>([
    ['normal', d.normalCdf, d.normalUpper, [-3, -0.2, 0, 1.7]],
    ['t', (x) => d.tCdf(x, 4.5), (x) => d.tUpper(x, 4.5), [-3, -0.2, 0, 1.7]],
    ['chi-square', (x) => d.chiSquareCdf(x, 7), (x) => d.chiSquareUpper(x, 7), [0.5, 6, 12]],
    ['F', (x) => d.fCdf(x, 3, 11), (x) => d.fUpper(x, 3, 11), [0.2, 1, 4]],
    ['beta', (x) => d.betaCdf(x, 0.7, 3), (x) => d.betaUpper(x, 0.7, 3), [0.01, 0.4, 0.9]],
    ['noncentral chi-square', (x) => d.noncentralChiSquareCdf(x, 5, 12), (x) => d.noncentralChiSquareUpper(x, 5, 12), [3, 17, 40]],
    ['noncentral F', (x) => d.noncentralFCdf(x, 2, 20, 9), (x) => d.noncentralFUpper(x, 2, 20, 9), [0.5, 5, 12]],
    ['noncentral t', (x) => d.noncentralTCdf(x, 8, 1.5), (x) => d.noncentralTUpper(x, 8, 1.5), [-1, 1.5, 4]],
    ['studentized range', (x) => d.studentizedRangeCdf(x, 4, 12), (x) => d.studentizedRangeUpper(x, 4, 12), [1, 3, 5]],
    ['binomial', (x) => d.binomialCdf(x, 12, 0.3), (x) => d.binomialUpper(x, 12, 0.3), [0, 3, 11]],
    ['Poisson', (x) => d.poissonCdf(x, 4.2), (x) => d.poissonUpper(x, 4.2), [0, 4, 11]]
  ])('%s', (_, lower, upper, points) => points.forEach((x) => expect(lower(x) + upper(x)).toBeCloseTo(1, 13)));
});

describe('quantiles invert their distribution in both tails', () => {
  const levels = [1e-12, 1e-4, 0.05, 0.3, 0.5, 0.8, 0.999];
  it.each<[string, (p: number, tail: 'lower' | 'upper') => number, (x: number) => number, (x: number) => number]>([
    ['chi-square', (p, tail) => d.chiSquareQuantile(p, 3, tail), (x) => d.chiSquareCdf(x, 3), (x) => d.chiSquareUpper(x, 3)],
    ['gamma', (p, tail) => d.gammaQuantile(p, 0.3, 2, tail), (x) => d.gammaCdf(x, 0.3, 2), (x) => d.gammaUpper(x, 0.3, 2)],
    ['beta', (p, tail) => d.betaQuantile(p, 2, 5, tail), (x) => d.betaCdf(x, 2, 5), (x) => d.betaUpper(x, 2, 5)],
    ['F', (p, tail) => d.fQuantile(p, 4, 9, tail), (x) => d.fCdf(x, 4, 9), (x) => d.fUpper(x, 4, 9)],
    ['noncentral chi-square', (p, tail) => d.noncentralChiSquareQuantile(p, 4, 6, tail), (x) => d.noncentralChiSquareCdf(x, 4, 6), (x) => d.noncentralChiSquareUpper(x, 4, 6)],
    ['noncentral F', (p, tail) => d.noncentralFQuantile(p, 4, 30, 6, tail), (x) => d.noncentralFCdf(x, 4, 30, 6), (x) => d.noncentralFUpper(x, 4, 30, 6)],
    ['noncentral t', (p, tail) => d.noncentralTQuantile(p, 9, 1.2, tail), (x) => d.noncentralTCdf(x, 9, 1.2), (x) => d.noncentralTUpper(x, 9, 1.2)],
    ['studentized range', (p, tail) => d.studentizedRangeQuantile(Math.max(p, 1e-6), 3, 20, tail), (x) => d.studentizedRangeCdf(x, 3, 20), (x) => d.studentizedRangeUpper(x, 3, 20)]
  ])('%s', (name, quantile, lower, upper) => {
    for (const level of levels) {
      const p = name === 'studentized range' ? Math.max(level, 1e-6) : level;
      expect(lower(quantile(p, 'lower')) / p).toBeCloseTo(1, 9);
      expect(upper(quantile(p, 'upper')) / p).toBeCloseTo(1, 9);
    }
  });

  it('the normal and t quantiles are odd', () => {
    expect(d.normalQuantile(0.75)).toBe(-d.normalQuantile(0.25));
    expect(d.tQuantile(0.975, 11)).toBeCloseTo(-d.tQuantile(0.025, 11), 14);
  });
});

describe('edges', () => {
  it('impossible arguments give NaN, not a number', () => {
    for (const value of [d.tCdf(1, -1), d.tCdf(NaN, 3), d.chiSquareUpper(NaN, 3), d.fCdf(1, 0, 3), d.normalQuantile(1.2), d.betaQuantile(0.5, -1, 2), d.studentizedRangeUpper(3, 1, 5), d.bivariateNormalCdf(0, 0, 1.5), d.noncentralChiSquareCdf(1, 2, -3), d.logGamma(0), d.digamma(-1)]) expect(value).toBeNaN();
  });

  it('the ends of the support', () => {
    expect([d.normalQuantile(0), d.normalQuantile(1), d.tQuantile(1, 3), d.chiSquareQuantile(0, 3), d.chiSquareQuantile(1, 3), d.fQuantile(1, 2, 3)]).toEqual([-Infinity, Infinity, Infinity, 0, Infinity, Infinity]);
    expect([d.chiSquareUpper(0, 2), d.chiSquareCdf(Infinity, 2), d.fUpper(Infinity, 2, 3), d.betaCdf(1, 2, 3), d.betaCdf(0, 2, 3)]).toEqual([1, 1, 0, 1, 0]);
    expect([d.tCdf(-Infinity, 3), d.tCdf(Infinity, 3)]).toEqual([0, 1]);
  });

  it('infinite degrees of freedom are the limit law', () => {
    expect(d.tTwoSided(1.96, Infinity)).toBe(d.normalTwoSided(1.96));
    expect(d.tTwoSided(1.96, 1e10)).toBeCloseTo(d.normalTwoSided(1.96), 9);
    expect(d.fUpper(2, 4, Infinity)).toBeCloseTo(d.chiSquareUpper(8, 4), 14);
    expect(d.noncentralFCdf(2, 4, Infinity, 3)).toBeCloseTo(d.noncentralChiSquareCdf(8, 4, 3), 14);
  });

  it('far tails are small numbers, not zero', () => {
    expect(d.normalUpper(37)).toBeGreaterThan(0);
    expect(d.tTwoSided(1e6, 30)).toBeGreaterThan(0);
    expect(d.chiSquareUpper(1400, 3)).toBeGreaterThan(0);
    expect(d.chiSquareLogUpper(1e5, 3)).toBeCloseTo(-50000 + 0.5 * Math.log(1e5) + Math.log(Math.sqrt(2 / Math.PI)), 4);
  });
});

describe('bivariate normal', () => {
  it('is the same on a grid as point by point', () => {
    const h = Float64Array.of(-2.1, -0.3, 0.4, 1.9);
    const k = Float64Array.of(-1.2, 0.1, 2.8);
    const cdf = (at: Float64Array): Float64Array => at.map((x) => d.normalCdf(x));
    const out = new Float64Array(12);
    for (const rho of [-0.97, -0.8, -0.2, 0, 0.29, 0.31, 0.76, 0.93]) {
      bivariateNormalGrid(h, k, cdf(h), cdf(k), rho, out);
      h.forEach((x, i) => k.forEach((y, j) => expect(Math.abs(out[i * 3 + j] - d.bivariateNormalCdf(x, y, rho))).toBeLessThan(1e-15)));
    }
  });

  it('has its known value at the origin: ¼ + asin ρ / 2π', () => {
    for (const rho of [-0.999, -0.95, -0.5, 0, 0.3, 0.926, 0.9999]) expect(d.bivariateNormalCdf(0, 0, rho)).toBeCloseTo(0.25 + Math.asin(rho) / (2 * Math.PI), 14);
  });

  it('degenerates at ρ = ±1 and at infinite limits', () => {
    expect(d.bivariateNormalCdf(0.3, 1.2, 1)).toBeCloseTo(d.normalCdf(0.3), 15);
    expect(d.bivariateNormalCdf(0.3, 1.2, -1)).toBeCloseTo(d.normalCdf(0.3) + d.normalCdf(1.2) - 1, 14);
    expect(d.bivariateNormalCdf(0.3, Infinity, 0.4)).toBeCloseTo(d.normalCdf(0.3), 15);
    expect(d.bivariateNormalCdf(-Infinity, 1, 0.4)).toBe(0);
  });

  it('its density is the derivative in ρ', () => {
    const slope = (d.bivariateNormalCdf(0.4, -0.7, 0.3001) - d.bivariateNormalCdf(0.4, -0.7, 0.2999)) / 2e-4;
    expect(slope).toBeCloseTo(d.bivariateNormalDensity(0.4, -0.7, 0.3), 7);
  });
});

it('the noncentrality found gives back its probability', () => {
  for (const [x, df, p] of [[85.3, 24, 0.05], [85.3, 24, 0.95], [4, 1, 0.5]] as const) expect(d.noncentralChiSquareCdf(x, df, d.chiSquareNoncentrality(x, df, p))).toBeCloseTo(p, 11);
  expect(d.chiSquareNoncentrality(1, 24, 0.5)).toBe(0);
});

it('Shapiro and Wilk decline what they are not made for', () => {
  expect(shapiroWilk(Float64Array.of(1, 2))).toBeUndefined();
  expect(shapiroWilk(Float64Array.of(2, 2, 2, 2))).toBeUndefined();
});

it('tails add up to one over random arguments from tiny to huge', () => {
  const random = createRandom(5);
  const between = (low: number, high: number): number => Math.exp(Math.log(low) + random.uniform() * Math.log(high / low));
  const signed = (low: number, high: number): number => (random.uniform() < 0.5 ? -1 : 1) * between(low, high);
  const check = (name: string, args: readonly number[], lower: number, upper: number): void => {
    expect(lower, `${name}(${args.join(', ')})`).toBeGreaterThanOrEqual(0);
    expect(upper, `${name}(${args.join(', ')})`).toBeGreaterThanOrEqual(0);
    expect(Math.abs(lower + upper - 1), `${name}(${args.join(', ')})`).toBeLessThan(1e-11);
  };
  for (let i = 0; i < 150; i++) {
    const [x, a, b] = [between(1e-5, 1e5), between(1e-3, 1e6), between(1e-3, 1e6)];
    check('gamma', [x, a], d.gammaCdf(x, a), d.gammaUpper(x, a));
    check('beta', [x / 1e5, a, b], d.betaCdf(x / 1e5, a, b), d.betaUpper(x / 1e5, a, b));
    const [t, df, ncp] = [signed(1e-3, 300), between(0.5, 1e6), signed(0.1, 30)];
    check('t', [t, df], d.tCdf(t, df), d.tUpper(t, df));
    check('noncentral t', [t, df, ncp], d.noncentralTCdf(t, df, ncp), d.noncentralTUpper(t, df, ncp));
    const [df1, lambda] = [between(0.5, 100), between(1e-4, 5000)];
    const f = (1 + lambda / df1) * between(0.01, 10);
    check('F', [f, df1, df], d.fCdf(f, df1, df), d.fUpper(f, df1, df));
    check('noncentral F', [f, df1, df, lambda], d.noncentralFCdf(f, df1, df, lambda), d.noncentralFUpper(f, df1, df, lambda));
    const chi = (df1 + lambda) * between(0.01, 10);
    check('noncentral chi-square', [chi, df1, lambda], d.noncentralChiSquareCdf(chi, df1, lambda), d.noncentralChiSquareUpper(chi, df1, lambda));
    if (i % 15 === 0) {
      const [q, groups] = [between(0.01, 30), 2 + random.integer(98)];
      check('studentized range', [q, groups, df], d.studentizedRangeCdf(q, groups, df), d.studentizedRangeUpper(q, groups, df));
    }
  }
});
