import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../kernel/src/cli/jobs/sem.js';
import { compareFits } from '../../../src/models/sem/questions/compareFits.js';
import { residuals } from '../../../src/models/sem/questions/residuals.js';
import { cfa, sem } from '../../../src/models/sem/sem.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { compare, type Answer, type Expected, type ToleranceOf } from '../sem/compare.js';
import { DEVIATIONS } from './deviations.js';

const folder = new URL('./', import.meta.url);
const io: JobIo = { readFile: (path) => readFile(new URL(path, folder)), now: () => performance.now() };

interface Job {
  readonly fun: 'cfa' | 'sem';
  readonly syntax: string;
  readonly dataFile: string;
  readonly options: Readonly<Record<string, unknown>>;
}

interface PairwiseExpected extends Expected {
  /** Where `se` are those of the rows' own scores (godambe.R): what lavaan prints. */
  readonly lavaanSe?: readonly (number | null)[];
  readonly residuals?: { readonly names: readonly string[]; readonly cov: readonly (readonly number[])[]; readonly th: readonly number[] };
}

interface Golden {
  readonly lavaan: string;
  readonly models: readonly { readonly id: string; readonly job: Job; readonly expected: PairwiseExpected }[];
}

interface Nested {
  readonly cases: readonly { readonly id: string; readonly data: string; readonly fun: 'cfa' | 'sem'; readonly larger: string; readonly smaller: string; readonly options: Readonly<Record<string, unknown>>; readonly smallerOptions: Readonly<Record<string, unknown>>; readonly aic: readonly number[]; readonly bic: readonly number[]; readonly df: readonly number[]; readonly chisq: readonly number[]; readonly difference: number; readonly dfDifference: number; readonly p: number }[];
}

const golden = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Golden;
const nested = JSON.parse(readFileSync(new URL('nested.json', folder), 'utf8')) as Nested;

const TOLERANCE = 1e-5;

function tolerances(id: string): ToleranceOf {
  return (name) => {
    for (const deviation of DEVIATIONS) if ((deviation.id?.test(id) ?? true) && deviation.name.test(name)) return deviation.tolerance;
    return / (z|p)$|pvalue/.test(name) ? TOLERANCE * 100 : TOLERANCE;
  };
}

const surveyOf = (file: string): ReturnType<typeof readSurvey> => readSurvey(new Uint8Array(readFileSync(new URL(file, folder))), { name: file });

describe('pairwise maximum likelihood', () => {
  it.each(golden.models.map((model) => [model.id, model] as const))(`%s agrees with lavaan ${golden.lavaan}`, async (id, { job, expected }) => {
    const answer = (await answerJob(command, { ...job }, io)).answer as Answer;
    expect(compare(answer, expected, tolerances(id))).toEqual([]);
  });

  it('where lavaan adjusts to negative degrees of freedom, the test is absent and that is said', async () => {
    const models = golden.models.filter(({ expected }) => (expected.fitMeasures['df.scaled'] ?? 1) < 0);
    expect(models.map(({ id }) => id)).toEqual(['mediation', 'second-order']);
    for (const { job } of models) {
      const answer = (await answerJob(command, { ...job }, io)).answer as Answer;
      expect(answer.fitMeasures['chisq.scaled'] ?? null).toBeNull();
      expect(answer.warnings.map(({ code }) => code)).toContain('scaling-factor');
    }
  });

  it('is compared at optima polished by Newton steps', () => {
    for (const { expected } of golden.models) expect(expected.gradient).toBeLessThan(1e-9);
    expect(golden.models.length).toBeGreaterThanOrEqual(20);
  });

  it('residuals are those of the polychoric correlations and thresholds', async () => {
    const models = golden.models.filter(({ expected }) => expected.residuals);
    for (const { job, expected } of models) {
      const fit = { cfa, sem }[job.fun](job.syntax, await surveyOf(job.dataFile), optionsFromDotted(job.options));
      const own = residuals(fit, 'raw')[0];
      const { names, cov } = expected.residuals ?? { names: [], cov: [] };
      names.forEach((a, i) => names.forEach((b, j) => expect(own.covariance[own.names.indexOf(a) * own.names.length + own.names.indexOf(b)]).toBeCloseTo(cov[i][j], 5)));
    }
    expect(models.length).toBeGreaterThan(10);
  });

  // lavaan 0.6 scales the information of each group by n_g/N and the scores do not follow: fitted one by one, the same groups have our standard errors
  it('of several groups, lavaan’s standard errors are √(N/n_g) times those of the rows’ scores', () => {
    const models = golden.models.filter(({ id }) => id === 'groups' || id === 'groups-loadings');
    expect(models.length).toBe(2);
    for (const { expected: { parameters, lavaanSe = [] } } of models) lavaanSe.forEach((theirs, i) => {
      if (theirs !== null && theirs > 0) expect(theirs / (parameters['se'][i] as number)).toBeCloseTo(Math.SQRT2, 4);
    });
  });

  // over 2,500 bootstrap draws of these rows the spread of the thresholds is 0.996 times our standard errors, and 1.063 times lavaan's
  it('of available cases, lavaan’s standard errors leave out the scores of answers alone', () => {
    const { parameters, lavaanSe = [] } = golden.models.find(({ id }) => id === 'available-cases')?.expected ?? { parameters: {} as Expected['parameters'] };
    const ratios = parameters['op'].flatMap((op, i) => (op === '|' ? [(lavaanSe[i] as number) / (parameters['se'][i] as number)] : []));
    expect(ratios.length).toBe(8);
    for (const ratio of ratios) expect(ratio).toBeLessThan(0.97);
  });

  it.each(nested.cases.map((each) => [each.id, each] as const))(`difference test: %s agrees with lavTestLRT of lavaan ${golden.lavaan}`, async (_, { data, fun, larger, smaller, options, smallerOptions, ...expected }) => {
    const survey = await surveyOf(data);
    const fit = (syntax: string, more: Readonly<Record<string, unknown>> = {}): ReturnType<typeof cfa> => ({ cfa, sem })[fun](syntax, survey, optionsFromDotted({ estimator: 'PML', ...options, ...more }));
    const { method, rows, warnings } = compareFits({ larger: fit(larger), smaller: fit(smaller, smallerOptions) });
    expect(method).toBe('mean.var.adjusted.PLRT');
    const near = (own: number | null, theirs: number): void => void expect(Math.abs((own ?? NaN) / theirs - 1)).toBeLessThan(1e-4);
    rows.forEach((row, i) => {
      expect(row.df).toBe(expected.df[i]);
      near(row.chiSquare, expected.chisq[i]);
      near(row.aic, expected.aic[i]);
      near(row.bic, expected.bic[i]);
    });
    // lavaan’s χ² is negative where the likelihood is not concave at the restriction
    expect(warnings.map(({ code }) => code)).toEqual(expected.difference < 0 ? ['difference-point'] : []);
    if (expected.difference < 0) {
      expect(rows[1].chiSquareDifference).toBeGreaterThan(30);
      return expect(rows[1].pValue).toBeLessThan(1e-6);
    }
    near(rows[1].chiSquareDifference, expected.difference);
    near(rows[1].dfDifference, expected.dfDifference);
    near(rows[1].pValue, expected.p);
  });
});
