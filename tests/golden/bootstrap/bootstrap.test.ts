import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { interval, summarizeDraws, type IntervalKind } from '../../../src/models/sem/bootstrap/intervals.js';

interface Case {
  estimate: number;
  draws: number[];
  acceleration: number;
  intervals: (Record<IntervalKind, [number, number]> & { level: number })[];
}
const { cases } = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'expected.json'), 'utf8')) as { cases: Case[] };

describe('bootstrap intervals of fixed draws agree with R’s boot', () => {
  it.each(['percentile', 'basic', 'normal', 'bc', 'bca'] as const)('%s', (kind) => {
    for (const { estimate, draws, acceleration, intervals } of cases) {
      const summary = summarizeDraws(Float64Array.from(draws));
      for (const wanted of intervals) {
        const found = interval(kind, estimate, summary, wanted.level, acceleration);
        // boot's own normal interval uses divisor R − 1 for the variance, as we do
        for (const side of [0, 1] as const) expect(found?.[side], `${kind} ${wanted.level}`).toBeCloseTo(wanted[kind][side], 9);
      }
    }
  });
});
