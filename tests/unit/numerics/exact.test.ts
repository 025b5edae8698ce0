import { describe, expect, it } from 'vitest';
import { add, dd, divide, multiply, power, squareRoot, subtract, toNumber } from '../../../src/numerics/exact/doubleDouble.js';
import { preciseDot, preciseSum } from '../../../src/numerics/exact/accumulate.js';
import { findRoot, findRootFrom } from '../../../src/numerics/rootFinding.js';
import { gaussLegendre } from '../../../src/numerics/quadrature.js';

describe('double-double arithmetic', () => {
  const third = divide(dd(1), dd(3));

  it('carries about 32 digits', () => {
    const whole = add(add(third, third), third);
    expect(Math.abs(toNumber(subtract(whole, dd(1))))).toBeLessThan(1e-31);
    const two = multiply(squareRoot(dd(2)), squareRoot(dd(2)));
    expect(Math.abs(toNumber(subtract(two, dd(2))))).toBeLessThan(1e-30);
  });

  it('powers are exact beyond 2⁵³', () => {
    // 3⁵⁰ = 717897987691852588770249
    const { hi, lo } = power(dd(3), 50);
    expect(BigInt(hi) + BigInt(lo)).toBe(3n ** 50n);
  });

  it('sums what doubles lose', () => {
    expect(toNumber(preciseSum({ hi: Float64Array.of(1e16, 1, -1e16, 1) }))).toBe(2);
    expect(toNumber(preciseDot({ hi: Float64Array.of(1e10, 1, 1e10) }, { hi: Float64Array.of(1e10, 1, -1e10) }))).toBe(1);
  });
});

describe('root finding', () => {
  it('finds a root inside its bracket to the last digits', () => {
    expect(findRoot((x) => x * x - 2, 0, 5).x).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot((x) => Math.exp(x) - 1e-8, -100, 100).x).toBeCloseTo(Math.log(1e-8), 13);
  });

  it('says when there is no sign change', () => {
    expect(findRoot((x) => x * x + 1, -1, 1).ok).toBe(false);
    expect(findRootFrom((x) => Math.exp(x) + 1, 0, 1, -10, 10).ok).toBe(false);
  });

  it('walks to a root far from its start in either direction', () => {
    expect(findRootFrom((x) => x - 1000, 0, 0.5).x).toBeCloseTo(1000, 10);
    expect(findRootFrom((x) => x + 1000, 0, 0.5).x).toBeCloseTo(-1000, 10);
  });
});

it('Gauss–Legendre nodes integrate polynomials of degree 2n − 1 exactly', () => {
  for (const n of [6, 12, 20]) {
    const { nodes, weights } = gaussLegendre(n);
    for (let degree = 0; degree < 2 * n; degree++) {
      const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** degree, 0);
      expect(sum).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 13);
    }
  }
});
