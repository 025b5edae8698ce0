import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kruskalWallis } from '../../../../src/statistics/ranks/kruskalWallis.js';

interface Case {
  readonly samples: readonly (readonly number[])[];
  readonly pairs: readonly (readonly [r: number, low: number, high: number])[];
  readonly h: number;
  readonly epsilonSquared: number;
  readonly low: number;
  readonly high: number;
}
const { cases } = JSON.parse(readFileSync(new URL('./expected.json', import.meta.url), 'utf8')) as { cases: readonly Case[] };

describe('ε² with its interval agrees with R', () => {
  it.each(cases.map((told, i) => [i + 1, told] as const))('case %i', (_, told) => {
    const { h, epsilonSquared, confLow, confHigh } = kruskalWallis(told.samples.map((sample) => Float64Array.from(sample)));
    for (const [found, expected] of [[h, told.h], [epsilonSquared, told.epsilonSquared], [confLow, told.low], [confHigh, told.high]] as const) expect(Math.abs((found ?? NaN) - expected)).toBeLessThan(1e-8);
  });
});

describe('rank-biserial correlations of Dunn’s pairs agree with R', () => {
  it.each(cases.map((told, i) => [i + 1, told] as const))('case %i', (_, told) => {
    const { pairs } = kruskalWallis(told.samples.map((sample) => Float64Array.from(sample)));
    expect(pairs.length).toBe(told.pairs.length);
    pairs.forEach(({ rankBiserial, confLow, confHigh }, k) => [rankBiserial, confLow, confHigh].forEach((found, at) => expect(Math.abs((found ?? NaN) - told.pairs[k][at])).toBeLessThan(1e-12)));
  });
});
