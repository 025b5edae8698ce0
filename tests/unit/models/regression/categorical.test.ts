import { describe, expect, it } from 'vitest';
import { SurveyError } from '../../../../src/shared/diagnostic.js';
import { logistic, ordinal } from '../../../../src/models/regression/index.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';

const random = createRandom(21);
const n = 500;
const x = Float64Array.from({ length: n }, () => random.normal());
const latent = x.map((v) => 0.8 * v + Math.log(1 / (1 - random.uniform()) - 1));
const survey = surveyFromColumns({ x, big: x.map((v) => 1e6 + 1e4 * v), y: latent.map((v) => (v > 0 ? 1 : 0)), o: latent.map((v) => (v < -1 ? 1 : v < 1 ? 2 : 3)), perfect: x.map((v) => (v > 0.2 ? 1 : 0)), same: new Float64Array(n).fill(1) });

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SurveyError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('logistic', () => {
  it('recovers the slope that made the data', () => {
    const { estimate, stdError } = logistic('y ~ x', survey).coefficients[1];
    expect(Math.abs((estimate as number) - 0.8)).toBeLessThan(3 * (stdError as number));
  });

  it('units of a predictor do not matter', () => {
    const [a, b] = [logistic('y ~ x', survey), logistic('y ~ big', survey)];
    expect((b.coefficients[1].estimate as number) * 1e4).toBeCloseTo(a.coefficients[1].estimate as number, 9);
    expect(b.coefficients[1].statistic).toBeCloseTo(a.coefficients[1].statistic as number, 9);
    expect(b.measures.logLik).toBeCloseTo(a.measures.logLik, 9);
  });

  it('separated classes are said, not printed as a finding', () => {
    const fit = logistic('perfect ~ x', survey);
    expect(fit.convergence.converged).toBe(false);
    expect(fit.warnings.map(({ code }) => code)).toEqual(['separation']);
    expect(fit.tables().at(-1)?.notes.some(({ en }) => en.startsWith('NOT CONVERGED'))).toBe(true);
  });

  it('an aliased predictor has no estimate', () => {
    const fit = logistic('y ~ x + big', survey);
    expect(fit.coefficients[2]).toMatchObject({ term: 'big', aliased: true, estimate: null });
    expect(fit.warnings[0].code).toBe('aliased-term');
  });

  it('a constant-only model returns the share of events', () => {
    const fit = logistic('y ~ 1', survey);
    const share = survey.numeric('y').reduce((sum, v) => sum + v, 0) / n;
    expect(1 / (1 + Math.exp(-(fit.coefficients[0].estimate as number)))).toBeCloseTo(share, 12);
    expect(fit.measures).toMatchObject({ df: 0, pValue: null });
  });

  it('tables hold no NaN and say what is modelled', () => {
    const tables = logistic('y ~ x', survey).tables();
    expect(JSON.stringify(tables.map(({ rows }) => rows))).not.toMatch(/NaN|Infinity/);
    expect(tables[0].notes[0].en).toBe('Modelled: y = 1.');
  });

  it.each<[string, () => unknown]>([
    ['bad-outcome', () => logistic('o ~ x', survey)],
    ['bad-outcome', () => logistic('same ~ x', survey)],
    ['bad-outcome', () => logistic('log(y) ~ x', survey)],
    ['unknown-level', () => logistic('y ~ x', survey, { event: 'maybe' })],
    ['unknown-option', () => logistic('y ~ x', survey, { evnet: 1 } as object)],
    ['no-constant', () => logistic('y ~ x - 1', survey)],
    ['unknown-variable', () => logistic('y ~ xx', survey)],
    ['bad-option', () => ordinal('o ~ x', survey, { link: 'cloglog' as 'logit' })],
    ['bad-outcome', () => ordinal('x ~ y', survey)]
  ])('refuses with %s', (code, work) => expect(codeOf(work)).toBe(code));
});

describe('ordinal', () => {
  it('with two classes is logistic regression with the threshold for the constant', () => {
    const [a, b] = [ordinal('y ~ x', survey), logistic('y ~ x', survey)];
    expect(a.thresholds[0].estimate).toBeCloseTo(-(b.coefficients[0].estimate as number), 10);
    expect(a.coefficients[0].estimate).toBeCloseTo(b.coefficients[1].estimate as number, 10);
    expect(a.coefficients[0].stdError).toBeCloseTo(b.coefficients[1].stdError as number, 10);
  });

  it('reversing the classes turns slopes and thresholds', () => {
    const turned = survey.withColumn('o', survey.numeric('o').map((v) => 4 - v));
    const [a, b] = [ordinal('o ~ x', survey), ordinal('o ~ x', turned)];
    expect(b.coefficients[0].estimate).toBeCloseTo(-(a.coefficients[0].estimate as number), 10);
    expect(b.thresholds[0].estimate).toBeCloseTo(-(a.thresholds[1].estimate as number), 10);
  });
});
