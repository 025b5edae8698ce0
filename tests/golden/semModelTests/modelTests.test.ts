import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cfa, growth, sem } from '../../../src/models/sem/sem.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';
import type { TestResult } from '../../../src/models/sem/fit/fitState.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import expected from './expected.json';

const surveys = new Map<string, Survey>();
for (const name of ['hs', 'growth', 'ordinal', 'skewed']) surveys.set(name, await readSurvey(new Uint8Array(readFileSync(new URL(`../sem/data/${name}.csv`, import.meta.url))), { name: `${name}.csv` }));
const functions = { sem, cfa, growth };

/** Relative; lavaan's ordinal moments stop at 1e-5. */
const tolerance = (id: string): number => (/ordinal/.test(id) ? 1e-4 : 1e-6);

describe('tests of a model', () => {
  it.each(expected.cases.map((each) => [each.id, each] as const))('%s: every statistic agrees with lavaan', (id, wanted) => {
    const fit = functions[wanted.fun as keyof typeof functions](wanted.syntax, surveys.get(wanted.data) as Survey, optionsFromDotted(wanted.options));
    const near = (name: string, own: number | null | undefined, value: number | string | null): void => {
      if (typeof value !== 'number') expect(own ?? null, name).toBeNull();
      else expect(Math.abs((own ?? NaN) - value), `${name}: ${own} for ${value}`).toBeLessThan(tolerance(id) * Math.max(Math.abs(value), 1e-2));
    };
    expect(fit.tests.map(({ test }) => test)).toEqual(expect.arrayContaining(wanted.tests.map(({ test }) => test)));
    wanted.tests.forEach((test) => {
      const own = fit.tests.find((each) => each.test === test.test) as TestResult;
      near(`${test.test} statistic`, own.statistic, test.statistic);
      near(`${test.test} df`, own.df, test.df);
      near(`${test.test} p`, own.pValue, test.p);
      if (test.test !== 'standard') {
        near(`${test.test} scaling`, own.scalingFactor, test.scaling);
        near(`${test.test} shift`, own.shift, test.shift);
      }
    });
    for (const [name, value] of Object.entries(wanted.measures)) near(name, fit.measures[name], value);
  });

  it('with fixed covariates and means, the residual test is Browne’s formula on the moments that vary', () => {
    for (const { syntax, data, fun, adf } of expected.hand) {
      const fit = functions[fun as keyof typeof functions](syntax, surveys.get(data) as Survey, { test: 'browne.residual.adf', meanstructure: true });
      expect(Math.abs((fit.tests[1].statistic ?? NaN) / adf - 1)).toBeLessThan(1e-6);
    }
  });

  it('free means change no residual test', () => {
    const model = 'visual =~ x1 + x2 + x3\nspeed =~ x7 + x8 + x9\nvisual ~ ageyr + sex';
    const test = ['browne.residual.adf', 'browne.residual.nt', 'browne.residual.nt.model'] as const;
    const hs = surveys.get('hs') as Survey;
    const [plain, means] = [false, true].map((meanstructure) => sem(model, hs, { test, meanstructure }).tests);
    test.forEach((_, i) => expect(means[i + 1].statistic ?? NaN).toBeCloseTo(plain[i + 1].statistic ?? NaN, 6));
  });

  it('fewer rows than moments still give a distribution-free statistic, and none when rows do not exceed the degrees of freedom', () => {
    const hs = surveys.get('hs') as Survey;
    const model = 'a =~ x1 + x2 + x3\nb =~ x4 + x5 + x6\nc =~ x7 + x8 + x9';
    const few = (n: number): Survey => surveyFromColumns(Object.fromEntries(Array.from({ length: 9 }, (_, j) => [`x${j + 1}`, Array.from(hs.numeric(`x${j + 1}`).subarray(0, n))])));
    const some = cfa(model, few(40), { test: 'browne.residual.adf' });
    expect(some.tests[1].statistic).toBeGreaterThan(0);
    const none = cfa(model, few(20), { test: 'browne.residual.adf' });
    expect(none.tests[1].statistic).toBeNull();
    expect(none.warnings.map(({ code }) => code)).toContain('unavailable-test');
  });

  it('tests that do not exist for the data are absent, and it is said why', () => {
    const ordinal = cfa('f =~ u1 + u2 + u3 + u4', surveys.get('ordinal') as Survey, { ordered: true, test: 'browne.residual.nt' });
    expect(ordinal.tests.map(({ test, statistic }) => [test, statistic === null])).toEqual([['standard', false], ['scaled.shifted', false], ['browne.residual.nt', true]]);
    expect(ordinal.warnings.find(({ code }) => code === 'unavailable-test')?.message).toContain('not normal');
    expect(() => cfa('f =~ x1 + x2 + x3 + x4', surveys.get('hs') as Survey, { estimator: 'GLS', test: 'satorra.bentler' })).toThrow(/conflicting-options/);
  });
});
