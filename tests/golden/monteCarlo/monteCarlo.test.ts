import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { population, power, rmseaPower, rmseaSampleSize } from '../../../src/index.js';

interface Moments {
  readonly names: readonly string[];
  readonly cov: readonly (readonly number[])[];
  readonly mean: readonly number[];
}
interface Expected {
  readonly models: readonly { readonly name: string; readonly text: string; readonly analysis: string; readonly n: number; readonly stdLv: boolean; readonly plain: Moments; readonly standardized: Moments; readonly parameters: readonly { readonly lhs: string; readonly op: string; readonly rhs: string; readonly est: number; readonly power: number }[] }[];
  readonly sizes: readonly { readonly df: number; readonly n: number }[];
  readonly rmsea: readonly { readonly df: number; readonly n: number; readonly rmsea0: number; readonly rmseaA: number; readonly power: number }[];
}
const expected = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as Expected;

const REPLICATIONS = 1000;
/** Monte Carlo error (three and a half standard errors), and what asymptotic power leaves out at these sample sizes. */
const allowed = (share: number): number => 3.5 * Math.sqrt(Math.max(share * (1 - share), 0.002) / REPLICATIONS) + 0.015;

describe('populations have the moments that lavaan simulates from', () => {
  for (const model of expected.models) {
    for (const kind of ['plain', 'standardized'] as const) {
      // lavaan makes one pass only, which leaves var(y) of a chain x → m → y at 1.08: the test below takes its place
      if (model.name === 'mediation' && kind === 'standardized') continue;
      it(`${model.name}, ${kind}`, () => {
        const { names, groups } = population(model.text, { standardized: kind === 'standardized' });
        const wanted = model[kind];
        expect([...names].sort()).toEqual([...wanted.names].sort());
        wanted.names.forEach((a, i) => {
          const row = names.indexOf(a);
          expect(groups[0].mean[row]).toBeCloseTo(wanted.mean[i], 10);
          wanted.names.forEach((b, j) => expect(groups[0].covariance[row * names.length + names.indexOf(b)], `${a} ~~ ${b}`).toBeCloseTo(wanted.cov[i][j], 10));
        });
      });
    }
  }
});

it('standardizes a chain of observed variables to the correlations that tracing its paths gives', () => {
  const { names, groups } = population('m ~ 0.4*x\n y ~ 0.2*x + 0.3*m', { standardized: true });
  const at = (a: string, b: string): number => groups[0].covariance[names.indexOf(a) * 3 + names.indexOf(b)];
  for (const name of names) expect(at(name, name)).toBeCloseTo(1, 12);
  expect(at('x', 'm')).toBeCloseTo(0.4, 12);
  expect(at('x', 'y')).toBeCloseTo(0.2 + 0.4 * 0.3, 12);
  expect(at('m', 'y')).toBeCloseTo(0.3 + 0.4 * 0.2, 12);
});

describe('Monte Carlo power comes near the power that lavaan’s standard errors in the population promise', () => {
  for (const model of expected.models) {
    it(model.name, async () => {
      const result = await power(model.text, { n: model.n, replications: REPLICATIONS, seed: 20, analysis: model.analysis, options: { fixedX: false, stdLv: model.stdLv } });
      let compared = 0;
      for (const wanted of model.parameters) {
        const found = result.parameters.find(({ lhs, op, rhs }) => lhs === wanted.lhs && op === wanted.op && (rhs === wanted.rhs || op === ':='));
        if (!found) throw new Error(`${wanted.lhs} ${wanted.op} ${wanted.rhs} is not followed`);
        expect(found.population).toBeCloseTo(wanted.est, 4);
        // products and variances are skewed in samples of this size, which asymptotic power does not know
        if (wanted.op === ':=' || wanted.lhs === wanted.rhs) continue;
        expect(Math.abs(found.power - wanted.power), `${found.term}: ${found.power} against ${wanted.power}`).toBeLessThan(allowed(wanted.power));
        expect(found.coverage).toBeGreaterThan(0.9);
        compared++;
      }
      expect(compared).toBeGreaterThan(2);
      expect(result.sampleSizes[0].used).toBeGreaterThan(0.98 * REPLICATIONS);
    });
  }
});

describe('power of tests of close fit', () => {
  it('is that of R’s noncentral χ²', () => {
    for (const { power: wanted, ...test } of expected.rmsea) expect(Math.abs(rmseaPower(test) - wanted), JSON.stringify(test)).toBeLessThan(1e-9);
  });
  it('needs as many rows for 80 % as a search in R finds', () => {
    for (const { df, n } of expected.sizes) expect(rmseaSampleSize({ df }), `df ${df}`).toBe(n);
  });
});
