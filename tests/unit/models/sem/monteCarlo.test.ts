import { describe, expect, it } from 'vitest';
import { cfa, population, power, reliability, simulateSurvey } from '../../../../src/index.js';

const MODEL = 'f =~ 0.7*x1 + 0.8*x2 + 0.6*x3\n g =~ 0.5*y1 + 0.9*y2 + 0.7*y3\n f ~~ 0.3*g';

describe('a population', () => {
  it('fits its own moments with χ² = 0 and gives its values back', () => {
    const fit = cfa('f =~ x1 + x2 + x3\n g =~ y1 + y2 + y3', population(MODEL).moments(500), { stdLv: true });
    expect(fit.measures.chisq).toBeCloseTo(0, 8);
    expect(fit.parameters.find(({ term }) => term === 'f ~~ g')?.estimate).toBeCloseTo(0.3, 8);
  });

  it('names every loading and regression without a value, each in its place', () => {
    expect(() => population('f =~ 0.7*x1 + x2\n y ~ f')).toThrow(/`f =~ x2` has no value/);
    expect(() => population('f =~ 0.7*x1 + x2\n y ~ f')).toThrow(/`y ~ f` has no value/);
  });

  it('refuses values that explain more than all of a variable', () => {
    expect(() => population('f =~ 1.2*x1 + 0.5*x2 + 0.5*x3', { standardized: true })).toThrow(/residual variance of -0.44/);
    expect(() => population('x ~~ 1*x\n y ~~ 1*y\n x ~~ 1.5*y')).toThrow(/not positive definite/);
  });

  it('takes a value once per label, and evaluates what is defined', () => {
    const { table, values } = population('m ~ a*0.5*x\n y ~ a*m\n ab := a*a');
    expect(values[table.rows.findIndex(({ lhs, rhs }) => lhs === 'y' && rhs === 'm')]).toBe(0.5);
    expect(values[table.rows.findIndex(({ op }) => op === ':=')]).toBe(0.25);
  });
});

describe('a simulated survey', () => {
  it('has the population’s moments up to sampling error, and the same rows for the same seed', () => {
    const from = population(MODEL, { standardized: true });
    const survey = simulateSurvey(from, { n: 20_000, seed: 3 });
    const again = simulateSurvey(from, { n: 20_000, seed: 3 });
    expect(Array.from(survey.numeric('y2').subarray(0, 50))).toEqual(Array.from(again.numeric('y2').subarray(0, 50)));
    const fit = cfa('f =~ x1 + x2 + x3\n g =~ y1 + y2 + y3', survey, { stdLv: true });
    for (const { term, estimate, stdError } of fit.loadings) {
      const at = from.table.rows.findIndex(({ lhs, op, rhs }) => `${lhs} ${op} ${rhs}` === term);
      expect(Math.abs((estimate ?? NaN) - from.values[at]), term).toBeLessThan(4 * (stdError ?? NaN));
    }
  });

  it('cuts answers to a scale, leaves gaps, knows its constructs, and keeps groups apart', () => {
    const survey = simulateSurvey(population(MODEL.replace('0.7*x1', 'c(0.7, 0.4)*x1'), { groups: ['men', 'women'] }), { n: 500, seed: 1, likert: 5, missing: 0.1 });
    const answers = new Set(survey.numeric('x1').filter((value) => !Number.isNaN(value)));
    expect([...answers].sort()).toEqual([1, 2, 3, 4, 5]);
    const missing = survey.numeric('x1').reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
    expect(missing / 1000).toBeGreaterThan(0.06);
    expect(missing / 1000).toBeLessThan(0.14);
    expect(survey.labels('group').filter((label) => label === 'women')).toHaveLength(500);
    expect(reliability(survey, 'f').alpha).toBeGreaterThan(0.3);
  });

  it('cuts at the thresholds that the model gives', () => {
    const survey = simulateSurvey(population('f =~ 0.7*u1 + 0.7*u2 + 0.7*u3\n u1 | 0*t1', { standardized: true }), { n: 10_000, seed: 2 });
    const high = survey.numeric('u1').reduce((sum, value) => sum + (value === 2 ? 1 : 0), 0) / 10_000;
    expect(Math.abs(high - 0.5)).toBeLessThan(0.02);
  });

  it('refuses options it does not know and numbers without meaning', () => {
    const from = population(MODEL);
    expect(() => simulateSurvey(from, { n: 0, seed: 1 })).toThrow(/`n` is 0/);
    expect(() => simulateSurvey(from, { n: 10, seed: 1, likert: 1 })).toThrow(/`likert` is 1/);
    expect(() => simulateSurvey(from, { n: 10, seed: 1, likret: 5 } as never)).toThrow(/did you mean `likert`/);
  });
});

describe('a study of power', () => {
  const options = { n: [60, 120], replications: 60, seed: 5, standardized: true, options: { stdLv: true } } as const;

  it('gives the same bits on any number of workers', async () => {
    const { runReplications } = await import('../../../../src/models/sem/monteCarlo/replicationJob.js');
    const workers = { size: 3, run: async <Input, Output>(_: string, job: Input): Promise<Output> => runReplications(structuredClone(job) as never) as Output };
    const [alone, shared] = [await power(MODEL, options), await power(MODEL, { ...options, workers })];
    expect(shared.parameters).toEqual(alone.parameters);
    expect(alone.sampleSizes.map(({ n }) => n)).toEqual([60, 120]);
  });

  it('rises with n, and a value of 0 alarms about alpha of the time', async () => {
    const result = await power('m ~ 0.25*x\n y ~ 0*x + 0.3*m', { n: [50, 400], replications: 400, seed: 7 });
    const of = (term: string, n: number): number => result.parameters.find((row) => row.term === term && row.n === n)?.power ?? NaN;
    expect(of('m ~ x', 400)).toBeGreaterThan(of('m ~ x', 50) + 0.2);
    expect(of('y ~ x', 400)).toBeLessThan(0.09);
    expect(result.parameters.find((row) => row.term === 'y ~ x')?.relativeBias).toBeNull();
  });

  it('says when the analysis model does not hold in the population, and counts what could not be fitted', async () => {
    const wrong = await power(MODEL, { ...options, analysis: 'f =~ x1 + x2 + x3\n g =~ y1 + y2 + y3\n f ~~ 0*g' });
    expect(wrong.warnings.map(({ code }) => code)).toContain('misspecified');
    const tiny = await power(MODEL, { ...options, n: 8, replications: 8 });
    const [size] = tiny.sampleSizes;
    expect(size.used + size.notConverged + size.failed).toBe(8);
  });

  it('stops on request', async () => {
    const stop = new AbortController();
    await expect(power(MODEL, { ...options, signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow(/stopped after 25 of 120/);
  });
});
