import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../../kernel/src/cli/jobs/sem.js';
import { compareFits } from '../../../../src/models/sem/questions/compareFits.js';
import { residuals } from '../../../../src/models/sem/questions/residuals.js';
import { sem } from '../../../../src/models/sem/sem.js';
import type { SemOptions } from '../../../../src/models/sem/options.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';

type Columns = Record<string, (number | string | null)[]>;

/** n rows of p indicators of one factor, changed row by row. */
function columns(n: number, p: number, change: (row: number[]) => (number | null)[] = (row) => row): Columns {
  const random = createRandom(5);
  const rows = Array.from({ length: n }, () => {
    const f = random.normal();
    return change(Array.from({ length: p }, () => 0.7 * f + random.normal()));
  });
  return Object.fromEntries(Array.from({ length: p }, (_, j) => [`x${j + 1}`, rows.map((row) => row[j])]));
}

const MODEL = 'f =~ x1 + x2 + x3 + x4';
const io: JobIo = { readFile: () => Promise.reject(new Error('no file')), now: () => 0 };

interface Answer {
  readonly error?: { readonly code: string; readonly message: string };
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly help?: string }[];
  readonly fitMeasures: Readonly<Record<string, number | null>>;
  readonly parameterTable: readonly { readonly free: number; readonly se: number | null }[];
}

async function job(data: Columns, options: Record<string, unknown> = {}, syntax = MODEL): Promise<Answer> {
  return (await answerJob(command, { fun: 'sem', syntax, data, options }, io)).answer as Answer;
}

const fit = (data: Columns, options: SemOptions = {}, syntax = MODEL): ReturnType<typeof sem> => sem(syntax, surveyFromColumns(data), options);

describe('what cannot be estimated is said with a code, by the function and by the job', () => {
  it.each(['', ' \n;;\n', '# nothing but words'])('a model without a formula: %j', async (syntax) => {
    expect(() => fit(columns(50, 4), {}, syntax)).toThrow(/empty-model/);
    expect((await job(columns(50, 4), {}, syntax)).error?.code).toBe('empty-model');
  });

  it.each([
    ['a column without answers', { ...columns(50, 4), x2: Array<null>(50).fill(null) }, {}, 'no-rows', '`x2`'],
    ['a column without answers, incomplete rows allowed', { ...columns(50, 4), x2: Array<null>(50).fill(null) }, { missing: 'ml' }, 'no-answers', '`x2`'],
    ['one value only', { ...columns(50, 4), x2: Array<number>(50).fill(3) }, {}, 'zero-variance', '`x2`'],
    ['one value only, incomplete rows allowed', { ...columns(50, 4), x2: Array<number>(50).fill(3) }, { missing: 'ml' }, 'zero-variance', '`x2`'],
    ['one row', columns(1, 4), {}, 'few-rows', 'one row'],
    ['fewer rows than variables, incomplete rows allowed', columns(4, 4), { missing: 'ml' }, 'few-rows', '4 rows'],
    ['a copy of a variable, incomplete rows allowed', columns(80, 4, ([a, b, c]) => [a, b, c, 2 * a]), { missing: 'ml' }, 'saturated-moments', 'singular'],
    ['a value that stands for infinity', { ...columns(50, 4), x2: Array.from({ length: 50 }, (_, i) => (i === 3 ? 1e308 : i)) }, {}, 'variance-overflow', '`x2`'],
    ['a latent variable that one group does not measure', { ...columns(80, 4), g: Array.from({ length: 80 }, (_, i) => (i < 40 ? 'a' : 'b')) }, { group: 'g' }, 'latent-not-measured', '`f`', 'group: a\nf =~ x1 + x2 + x3\ngroup: b\nx4 ~ f'],
    ['one cluster', { ...columns(50, 4), c: Array<number>(50).fill(1) }, { cluster: 'c' }, 'few-clusters', 'one cluster']
  ] as [string, Columns, SemOptions, string, string, string?][])('%s', async (_, data, options, code, words, syntax) => {
    expect(() => fit(data, options, syntax)).toThrow(code);
    const { error } = await job(data, options as Record<string, unknown>, syntax);
    expect(error).toMatchObject({ code });
    expect(error?.message).toContain(words);
  });

  it.each([
    ['fewer rows than variables', columns(10, 12), {}, 'f =~ x1 + x2 + x3 + x4 + x5 + x6\ng =~ x7 + x8 + x9 + x10 + x11 + x12', 'few-rows'],
    ['variables never answered together', columns(60, 4, ((i) => ([a, b, c, d]: number[]) => (i++ < 30 ? [null, b, c, d] : [a, null, c, d]))(0)), { missing: 'ml' }, MODEL, 'no-coverage'],
    ['few clusters', { ...columns(60, 4), c: Array.from({ length: 60 }, (_, i) => i % 3) }, { cluster: 'c' }, MODEL, 'few-clusters'],
    ['too few iterations', columns(60, 4), { control: { maxIterations: 1 } }, MODEL, 'not-converged']
  ] as [string, Columns, SemOptions, string, string][])('%s: a warning', async (_, data, options, syntax, code) => {
    expect(fit(data, options, syntax).warnings.map((each) => each.code)).toContain(code);
    expect((await job(data, options as Record<string, unknown>, syntax)).warnings.map((each) => each.code)).toContain(code);
  });

  it('a search that stops early names the steepest parameters and what to try', () => {
    const [warning] = fit(columns(60, 4), { control: { maxIterations: 1 } }).warnings.filter(({ code }) => code === 'not-converged');
    expect(warning.message).toMatch(/scaled gradient [\d.e+-]+; steepest at `[^`]+` \([\d.e+-]+\)/);
    expect(warning.help).toContain('maxIterations');
  });

  it('a mean that nothing identifies is named, with no standard error at all', async () => {
    const answer = await job(columns(60, 4), { missing: 'ml' }, `${MODEL}\nf ~ 1`);
    const named = answer.warnings.find(({ code }) => code === 'not-identified');
    expect(named?.message).toContain('`f ~1`');
    expect(answer.parameterTable.filter(({ free }) => free > 0).every(({ se }) => se === null)).toBe(true);
  });

  it('of a model without a scale χ² is that of the same model with one; its df are not known, so that no p and no index stands beside it', async () => {
    const data = columns(60, 4);
    const loose = await job(data, {}, 'f =~ NA*x1 + x2 + x3 + x4');
    const scaled = await job(data, {}, MODEL);
    expect(Math.abs((loose.fitMeasures['chisq'] as number) - (scaled.fitMeasures['chisq'] as number))).toBeLessThan(1e-6);
    expect(loose.fitMeasures['df']).toBe((scaled.fitMeasures['df'] as number) - 1);
    for (const name of ['pvalue', 'cfi', 'tli', 'rmsea', 'aic', 'bic', 'agfi', 'ecvi']) expect([name, loose.fitMeasures[name] ?? null]).toEqual([name, null]);
    for (const name of ['srmr', 'logl']) expect(Math.abs((loose.fitMeasures[name] as number) - (scaled.fitMeasures[name] as number))).toBeLessThan(1e-5);
    const whole = fit(data, {});
    const unscaled = sem('f =~ NA*x1 + x2 + x3 + x4', surveyFromColumns(data));
    expect(unscaled.tests.map(({ pValue }) => pValue)).toEqual([null]);
    expect(compareFits({ unscaled, whole }).warnings.map(({ code }) => code)).toContain('not-identified');
  });

  it('residuals of two stages are divided by the errors of incomplete rows', () => {
    const holed = columns(120, 4, ((i) => ([a, b, c, d]: number[]) => (i++ % 7 === 0 ? [null, b, c, d] : [a, b, c, d]))(0));
    const errors = (options: SemOptions, type: 'normalized' | 'standardized', data = holed): number[] => {
      const fitted = fit(data, options);
      const [raw] = residuals(fitted, 'raw');
      const [divided] = residuals(fitted, type);
      return [4, 8, 9, 12, 13].map((at) => raw.covariance[at] / divided.covariance[at]);
    };
    const near = (own: number[], other: number[], digits: number): void => own.forEach((value, i) => expect(value).toBeCloseTo(other[i], digits));
    near(errors({ missing: 'two.stage' }, 'normalized'), errors({ missing: 'ml' }, 'normalized'), 10);
    near(errors({ missing: 'robust.two.stage' }, 'normalized'), errors({ missing: 'ml', estimator: 'MLR' }, 'normalized'), 10);
    near(errors({ missing: 'two.stage' }, 'standardized', columns(120, 4)), errors({ h1Information: 'unstructured', meanstructure: true }, 'standardized', columns(120, 4)), 7);
    const listwise = errors({}, 'normalized');
    expect(errors({ missing: 'two.stage' }, 'normalized').every((value, i) => Math.abs(value - listwise[i]) > 1e-4)).toBe(true);
  });

  it('units of 10¹² and 10⁻¹² cost no standard error', () => {
    const plain = fit(columns(200, 4));
    const wild = fit(columns(200, 4, ([a, b, c, d]) => [a * 1e12, b * 1e-12, c, d * 1e3]));
    expect(wild.warnings.map(({ code }) => code)).toEqual(['variance-scales']);
    expect(wild.measures['chisq']).toBeCloseTo(plain.measures['chisq'] as number, 8);
    wild.loadings.slice(1).forEach((row, i) => expect(row.statistic).toBeCloseTo(plain.loadings[i + 1].statistic as number, 6));
  });
});
