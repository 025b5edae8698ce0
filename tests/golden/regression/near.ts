import { expect } from 'vitest';

/** Agreement with the oracle's printed 15 digits, after its own arithmetic. */
export const TOLERANCE = 1e-8;

/** Every number agrees to `tolerance`, relative to its size (absolute below 1e-3). */
export function near(found: readonly (number | null)[], expected: readonly number[], what: string, tolerance: number = TOLERANCE): void {
  expect(found.length, what).toBe(expected.length);
  expected.forEach((value, i) => {
    const got = found[i];
    expect(typeof got, `${what}[${i}]`).toBe('number');
    const error = Math.abs((got as number) - value) / Math.max(Math.abs(value), 1e-3);
    expect(error, `${what}[${i}]: ${String(got)} but ${value} expected`).toBeLessThan(tolerance);
  });
}
