import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { compareFits } from '../../../src/models/sem/questions/compareFits.js';
import { factorScores } from '../../../src/models/sem/questions/factorScores.js';
import { modificationIndices } from '../../../src/models/sem/questions/modificationIndices.js';
import { residuals, type ResidualType } from '../../../src/models/sem/questions/residuals.js';
import { scoreTest } from '../../../src/models/sem/questions/scoreTest.js';
import { waldTest } from '../../../src/models/sem/questions/waldTest.js';
import type { SemFit } from '../../../src/models/sem/results.js';
import { cfa, sem } from '../../../src/models/sem/sem.js';
import { clusteredRows } from './clusteredRows.js';

interface Place {
  readonly lhs: readonly string[];
  readonly op: readonly string[];
  readonly rhs: readonly string[];
  readonly group: readonly number[];
  readonly level: readonly number[];
}

interface Scores {
  readonly latent: readonly string[];
  readonly first: readonly (readonly number[])[];
  readonly squares?: readonly number[] | null;
}

interface Model {
  readonly id: string;
  readonly job: { readonly fun: 'sem' | 'cfa'; readonly syntax: string; readonly dataFile: string; readonly options: Readonly<Record<string, unknown>> };
  readonly expected: {
    readonly gradient: number;
    readonly chisq: number;
    readonly df: number;
    readonly parameters: Place & { readonly est: readonly number[]; readonly se: readonly number[] };
    readonly modindices?: Place & Readonly<Record<'mi' | 'epc' | 'sepc.lv' | 'sepc.all', readonly (number | null)[]>>;
    readonly residuals?: Readonly<Record<string, readonly unknown[]>>;
    readonly score?: { readonly total: number; readonly df: number; readonly univariate: readonly number[] };
    readonly added?: { readonly add: string; readonly univariate: readonly number[] };
    readonly scores?: Readonly<Record<string, Scores>>;
  };
}

interface Golden {
  readonly lavaan: string;
  readonly models: readonly Model[];
  readonly free: string;
  readonly equal: string;
  readonly differences: Readonly<Record<'ML' | 'MLR', { readonly chisq: number; readonly df: number; readonly p: number; readonly wald: number; readonly 'wald.df': number }>>;
}

const golden = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as Golden;

/** Relative difference, absolute below 10⁻³. */
function near(name: string, own: number | null | undefined, value: number | null, tolerance: number): void {
  if (value === null) return;
  expect(Math.abs((own ?? NaN) - value) / Math.max(Math.abs(value), 1e-3), `${name}: ${String(own)} for ${value}`).toBeLessThan(tolerance);
}

const keyOf = (lhs: string, op: string, rhs: string, group: number, level: number): string => (op === ':=' ? lhs : `${lhs} ${op} ${rhs} ${group}.${level}`);

function fitOf({ fun, syntax, dataFile, options }: Model['job']): SemFit {
  return { sem, cfa }[fun](syntax, clusteredRows(new URL(dataFile, import.meta.url)), optionsFromDotted(options));
}

describe(`two-level models by lavaan ${golden.lavaan}`, () => {
  it.each(golden.models.map((model) => [model.id, model] as const))('%s', (_, { job, expected }) => {
    const fit = fitOf(job);
    const { parameters, chisq, df } = expected;
    near('chisq', fit.measures.chisq, chisq, 1e-6);
    expect(fit.measures.df).toBe(df);
    const robust = job.options['estimator'] === 'MLR' ? 1e-5 : 1e-6;
    const own = new Map(fit.parameters.map((row) => [keyOf(row.lhs, row.op, row.rhs, row.group, row.level), row]));
    parameters.lhs.forEach((lhs, i) => {
      const key = keyOf(lhs, parameters.op[i], parameters.rhs[i], parameters.group[i], parameters.level[i]);
      near(`${key} est`, own.get(key)?.estimate, parameters.est[i], 1e-6);
      if (parameters.se[i] > 0) near(`${key} se`, own.get(key)?.stdError, parameters.se[i], robust);
    });
    if (expected.modindices) {
      const indices = new Map(modificationIndices(fit).map((each) => [keyOf(each.lhs, each.op, each.rhs, each.group, each.level), each]));
      const their = expected.modindices;
      their.lhs.forEach((lhs, i) => {
        const key = keyOf(lhs, their.op[i], their.rhs[i], their.group[i], their.level[i]);
        const index = indices.get(key);
        near(`${key} mi`, index?.mi, their.mi[i], 1e-5);
        near(`${key} epc`, index?.epc, their.epc[i], 1e-5);
        near(`${key} sepc.lv`, index?.sepcLatent, their['sepc.lv'][i], 1e-5);
        near(`${key} sepc.all`, index?.sepcAll, their['sepc.all'][i], 1e-5);
      });
    }
    for (const [type, blocks] of Object.entries(expected.residuals ?? {})) {
      const flat = (blocks as readonly unknown[]).flatMap((block) => (Array.isArray(block) ? block : [block])) as readonly { readonly names: readonly string[]; readonly cov: readonly (readonly number[])[] }[];
      const rows = residuals(fit, type as ResidualType);
      expect(rows).toHaveLength(flat.length);
      flat.forEach(({ names, cov }, block) =>
        names.forEach((a, i) =>
          names.forEach((b, j) => {
            const p = rows[block].names.length;
            // lavaan's unrestricted moments are those of its EM algorithm
            expect(rows[block].covariance[rows[block].names.indexOf(a) * p + rows[block].names.indexOf(b)], `${type} ${block} ${a} ${b}`).toBeCloseTo(cov[i][j], 5);
          })
        )
      );
    }
    if (expected.score) {
      const test = scoreTest(fit);
      near('score', test.total?.statistic, expected.score.total, 1e-5);
      expect(test.total?.df).toBe(expected.score.df);
      expected.score.univariate.forEach((value, i) => near(`score ${i}`, test.univariate[i].statistic, value, 1e-5));
    }
    if (expected.added) {
      const test = scoreTest(fit, { add: expected.added.add });
      expected.added.univariate.forEach((value, i) => near(`added ${i}`, test.univariate[i].statistic, value, 1e-5));
    }
    for (const [name, { latent, first, squares }] of Object.entries(expected.scores ?? {})) {
      const scores = factorScores(fit, name.slice(0, -1) as 'regression' | 'Bartlett', Number(name.slice(-1)) as 1 | 2);
      const k = scores.latent.length;
      latent.forEach((factor, f) => {
        const at = scores.latent.indexOf(factor);
        const { scores: values } = scores.groups[0];
        first.forEach((row, i) => near(`${name} ${factor} ${i}`, values[i * k + at], row[f], 2e-6));
        if (squares) near(`${name} ${factor} squares`, values.reduce((sum, value, i) => (i % k === at ? sum + value * value : sum), 0), squares[f], 2e-6);
      });
    }
  });

  it('are at optima, and ask what they should', () => {
    expect(Math.max(...golden.models.map(({ expected }) => expected.gradient))).toBeLessThan(1e-9);
    expect(golden.models.length).toBeGreaterThan(22);
    expect(golden.models.filter(({ expected }) => expected.modindices).length).toBeGreaterThan(15);
    expect(golden.models.filter(({ expected }) => (expected.modindices?.lhs.length ?? 0) > 0).length).toBeGreaterThan(10);
    expect(golden.models.filter(({ expected }) => expected.score).length).toBeGreaterThan(2);
    expect(golden.models.filter(({ expected }) => expected.scores).length).toBeGreaterThan(8);
  });

  it.each(['ML', 'MLR'] as const)('differences of nested models and Wald tests: %s', (estimator) => {
    const survey = clusteredRows(new URL('../twoLevel/data/clusters.csv', import.meta.url));
    const options = { cluster: 'id', estimator };
    const free = sem(golden.free, survey, options);
    const equal = sem(golden.equal, survey, options);
    const { chisq, df, p, wald } = golden.differences[estimator];
    const [, row] = compareFits({ free, equal }).rows;
    near('difference', row.chiSquareDifference, chisq, 1e-5);
    expect(row.dfDifference).toBe(df);
    near('p', row.pValue, p, 1e-4);
    const test = waldTest(free, 'a1 == a2; b1 == b2; c1 == c2');
    near('wald', test.statistic, wald, 1e-5);
    expect(test.df).toBe(golden.differences[estimator]['wald.df']);
  });
});
