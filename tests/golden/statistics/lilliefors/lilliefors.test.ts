import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lillieforsP } from '../../../../src/statistics/describe/lilliefors.js';

interface Row {
  readonly n: number;
  readonly d: number;
  readonly share: number;
}

const { rows } = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as { rows: readonly Row[] };

it('p above .10 is the share of normal samples with a larger distance', () => {
  // Simulation error is up to .002 here and in the table.
  for (const { n, d, share } of rows) expect(Math.abs(lillieforsP(d, n) - share), `n = ${n}, D = ${d}`).toBeLessThan(0.008);
});

it('falls as the distance grows, across the seam at .10', () => {
  for (const n of [5, 9, 60, 400, 20_000]) {
    const shares = Array.from({ length: 400 }, (_, i) => lillieforsP(((i + 1) / 400) * (2 / Math.sqrt(n)), n));
    for (let i = 1; i < shares.length; i++) expect(shares[i]).toBeLessThanOrEqual(shares[i - 1] + 1e-12);
    expect(shares[0]).toBe(1);
  }
});
