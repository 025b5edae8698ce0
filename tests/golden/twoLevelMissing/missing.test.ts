import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factorScores } from '../../../src/models/sem/questions/factorScores.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { sem } from '../../../src/models/sem/sem.js';
import { clusteredRows } from '../twoLevelQuestions/clusteredRows.js';

interface Golden {
  readonly lavaan: string;
  readonly models: readonly {
    readonly id: string;
    readonly job: { readonly syntax: string; readonly options: Readonly<Record<string, unknown>> };
    readonly robust: boolean;
    readonly expected: {
      readonly gradient: number;
      readonly nobs: number;
      readonly parameters: { readonly lhs: readonly string[]; readonly op: readonly string[]; readonly rhs: readonly string[]; readonly level: readonly number[]; readonly est: readonly (number | null)[]; readonly se: readonly number[] };
      readonly fitMeasures?: Readonly<Record<string, number>>;
      readonly icc?: Readonly<Record<string, number>>;
      readonly scores?: Readonly<Record<'within' | 'between', { readonly latent: readonly string[]; readonly first: readonly (readonly number[])[] }>>;
    };
  }[];
}

const golden = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as Golden;
const survey = clusteredRows(new URL('data/gaps.csv', import.meta.url));

function near(name: string, own: number | null | undefined, value: number | null, tolerance: number): void {
  if (value === null) return;
  expect(Math.abs((own ?? NaN) - value) / Math.max(Math.abs(value), 1e-3), `${name}: ${String(own)} for ${value}`).toBeLessThan(tolerance);
}

describe(`two-level models of incomplete rows by lavaan ${golden.lavaan}`, () => {
  it.each(golden.models.map((model) => [model.id, model] as const))('%s', (_, { job, robust, expected }) => {
    const fit = sem(job.syntax, survey, optionsFromDotted(job.options));
    expect(fit.convergence.converged).toBe(true);
    expect(fit.sample.used).toBe(expected.nobs);
    const { parameters } = expected;
    const own = new Map(fit.parameters.map((row) => [`${row.lhs} ${row.op} ${row.rhs} ${row.op === ':=' ? 0 : row.level}`, row]));
    parameters.lhs.forEach((lhs, i) => {
      const key = `${lhs} ${parameters.op[i]} ${parameters.rhs[i]} ${parameters.op[i] === ':=' ? 0 : parameters.level[i]}`;
      near(`${key} est`, own.get(key)?.estimate, parameters.est[i], 1e-6);
      // lavaan's Hessian of incomplete rows is a difference of gradients
      if (parameters.se[i] > 0) near(`${key} se`, own.get(key)?.stdError, parameters.se[i], robust ? 1e-5 : 2e-6);
    });
    for (const [name, value] of Object.entries(expected.fitMeasures ?? {})) near(name, fit.measures[name as 'chisq'], value, name === 'pvalue' ? 1e-5 : 1e-6);
    for (const [name, value] of Object.entries(expected.icc ?? {})) near(`icc ${name}`, fit.levels?.intraclass[0].get(name), value, 1e-6);
    for (const [level, { latent, first }] of Object.entries(expected.scores ?? {})) {
      const scores = factorScores(fit, 'regression', level === 'within' ? 1 : 2);
      expect(scores.latent).toEqual(latent);
      first.forEach((row, i) => row.forEach((value, f) => near(`${level} ${i}`, scores.groups[0].scores[i * latent.length + f], value, 2e-6)));
    }
  });

  it('are at optima', () => {
    expect(golden.models).toHaveLength(6);
    expect(Math.max(...golden.models.map(({ expected }) => expected.gradient))).toBeLessThan(1e-8);
    expect(golden.models.filter(({ robust }) => robust)).toHaveLength(1);
    expect(golden.models.filter(({ expected }) => expected.scores)).toHaveLength(2);
  });
});
