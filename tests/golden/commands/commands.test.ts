import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../../kernel/src/cli/flags.js';
import { answerJob, helpText, type JobCommand, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { JOB_COMMANDS } from '../../../kernel/src/cli/jobs/index.js';
import { near } from '../regression/near.js';

const at = (file: string): URL => new URL(file, import.meta.url);
const expected = JSON.parse(readFileSync(at('expected.json'), 'utf8')) as Record<string, never>;
const io: JobIo = { now: () => 0, readFile: () => Promise.resolve(new Uint8Array(readFileSync(at('survey.csv')))) };

/** The command of a name, as `semlab` finds it. */
async function command(name: string): Promise<JobCommand> {
  const entry = JOB_COMMANDS.find((each) => each.name === name);
  if (!entry) throw new Error(`no command ${name}`);
  return (await entry.load()).command;
}

/** Answer of a job that must succeed. */
async function answer<T>(name: string, job: object, files: JobIo = io): Promise<T> {
  const { answer: given, failed } = await answerJob(await command(name), { dataFile: 'survey.csv', ...job }, files);
  expect(failed, JSON.stringify(given)).toBe(false);
  return JSON.parse(JSON.stringify(given)) as T;
}

/** What R found for a command. */
function wanted<T>(name: string): T {
  return expected[name] as T;
}

interface Term {
  readonly term: string;
  readonly estimate: number;
  readonly stdError: number;
  readonly statistic: number;
  readonly pValue: number;
}

const numbers = (rows: readonly Term[], key: 'estimate' | 'stdError'): number[] => rows.map((row) => row[key]);

describe('statistics commands agree with R', () => {
  it('logistic and ordinal', async () => {
    const r = wanted<{ estimate: number[]; stdError: number[]; minus2LogLik: number }>('logistic');
    const binary = await answer<{ coefficients: Term[]; glance: { minus2LogLik: number }; classes: string[]; n: number }>('logistic', { formula: 'b ~ x + m' });
    near(numbers(binary.coefficients, 'estimate'), r.estimate, 'logistic', 1e-7);
    near(numbers(binary.coefficients, 'stdError'), r.stdError, 'logistic errors', 1e-7);
    near([binary.glance.minus2LogLik], [r.minus2LogLik], 'deviance');
    const ordered = await answer<{ coefficients: Term[]; thresholds: Term[]; glance: { minus2LogLik: number } }>('ordinal', { formula: 'o ~ x + m' });
    const polr = wanted<{ estimate: number[]; thresholds: number[]; minus2LogLik: number }>('ordinal');
    near([...numbers(ordered.coefficients, 'estimate'), ...numbers(ordered.thresholds, 'estimate')], [...polr.estimate, ...polr.thresholds], 'ordinal', 1e-5);
    near([ordered.glance.minus2LogLik], [polr.minus2LogLik], 'ordinal deviance');
  });

  it('anova with a covariate', async () => {
    const r = wanted<{ sumOfSquares: number[]; f: number[]; pValue: number[] }>('anova');
    const { terms } = await answer<{ terms: { sumOfSquares: number; f: number; pValue: number }[] }>('anova', { outcome: 'y', factors: ['g', 'h'], options: { covariates: ['w'] } });
    near(terms.map((term) => term.sumOfSquares), r.sumOfSquares, 'sums of squares');
    near(terms.map((term) => term.f), r.f, 'F');
    near(terms.map((term) => term.pValue), r.pValue, 'p');
  });

  it('pairs, ranks, crosstab, normality', async () => {
    const t = wanted<Record<string, number>>('pairs');
    const { pairs } = await answer<{ pairs: { test: Record<string, number> }[] }>('pairs', { pairs: [['x', 'm']] });
    for (const key of ['t', 'df', 'pValue', 'confLow', 'confHigh']) near([pairs[0].test[key]], [t[key]], key);
    const ranks = wanted<{ mannWhitney: number; kruskalWallis: [number, number] }>('ranks');
    const two = await answer<{ variables: { mannWhitney: { pValue: number } }[] }>('ranks', { variables: ['m'], by: 'g' });
    near([two.variables[0].mannWhitney.pValue], [ranks.mannWhitney], 'Mann-Whitney');
    const three = await answer<{ variables: { kruskalWallis: { h: number; pValue: number } }[] }>('ranks', { variables: ['m'], by: 'h' });
    near([three.variables[0].kruskalWallis.h, three.variables[0].kruskalWallis.pValue], ranks.kruskalWallis, 'Kruskal-Wallis');
    const cells = wanted<{ counts: Record<string, number>[]; statistic: number; pValue: number; fisher: number }>('crosstab');
    const cross = await answer<{ counts: number[][]; test: { pearson: { chiSquare: number; pValue: number } }; fisher: { pValue: number } }>('crosstab', { row: 'g', column: 'h' });
    expect(cross.counts).toEqual(cells.counts.map((row) => Object.values(row)));
    near([cross.test.pearson.chiSquare, cross.test.pearson.pValue, cross.fisher.pValue], [cells.statistic, cells.pValue, cells.fisher], 'crosstab');
    const shapiro = wanted<{ w: number[]; pValue: number[] }>('normality');
    const { variables } = await answer<{ variables: { shapiroWilk: { statistic: number; pValue: number } }[] }>('normality', { variables: ['x', 'y', 'o'] });
    near(variables.map(({ shapiroWilk }) => shapiroWilk.statistic), shapiro.w, 'W');
    near(variables.map(({ shapiroWilk }) => shapiroWilk.pValue), shapiro.pValue, 'p of W');
  });

  it('moderate and mediate', async () => {
    const r = wanted<[number, number, number, number][]>('moderate');
    const { slopes } = await answer<{ slopes: Term[] }>('moderate', { outcome: 'y', predictor: 'x', moderator: 'w' });
    slopes.forEach((slope, i) => near([slope.estimate, slope.stdError, slope.statistic, slope.pValue], r[i], `slope ${i}`));
    const chain = wanted<{ indirect: number; direct: number; total: number }>('mediate');
    const { effects, equations } = await answer<{ effects: { estimate: number }[]; equations: { coefficients: Term[] }[] }>('mediate', { outcome: 'y', predictor: 'x', mediators: ['m'], options: { draws: 100 } });
    const ofX = (equation: number): number => equations[equation].coefficients.find(({ term }) => term === 'x')?.estimate ?? NaN;
    near([effects[0].estimate, ofX(1), ofX(2)], [chain.indirect, chain.direct, chain.total], 'mediation');
  });

  it('missing and screen count the same rows', async () => {
    const r = wanted<{ missing: number[]; complete: number }>('missing');
    const report = await answer<{ variables: { missing: number }[]; completeRows: number; little: { df: number } }>('missing', {});
    expect(report.variables.map(({ missing }) => missing)).toEqual(r.missing);
    expect(report.completeRows).toBe(r.complete);
    const screened = await answer<{ valid: number; excluded: { row: number }[] }>('screen', { codebook: { screening: { items: ['x', 'm'], maxMissing: 0.5 } } });
    expect(screened.excluded.map(({ row }) => row)).toEqual([wanted<{ excluded: number }>('screen').excluded]);
    expect(screened.valid).toBe(179);
  });
});

describe('statistics commands', () => {
  it('each has the name it is called by, and help', async () => {
    for (const { name } of JOB_COMMANDS) {
      const found = await command(name);
      expect(found.name).toBe(name);
      expect(helpText(found)).toMatch(/^semlab [a-z]+: [^]+Job \([^]+Answer/);
    }
  });

  it('flags stand for the job of the same words', async () => {
    const job = async (name: string, line: string): Promise<unknown> => {
      const found = await command(name);
      return found.jobOf(parseFlags(line.split(' '), found.flags), io);
    };
    expect(await job('pairs', 'd.csv --pairs x:m,y:w')).toMatchObject({ pairs: [['x', 'm'], ['y', 'w']], dataFile: 'd.csv' });
    expect(await job('moderate', 'd.csv --outcome y --predictor x --moderator w --probe 1,2')).toMatchObject({ outcome: 'y', options: { probe: [1, 2] } });
    expect(await job('logistic', 'b~x d.csv --event 1')).toMatchObject({ formula: 'b~x', dataFile: 'd.csv', options: { event: '1' } });
    expect(await job('convert', 'd.csv d.sav')).toMatchObject({ dataFile: 'd.csv', to: 'd.sav' });
  });

  it('convert writes what reads back the same', async () => {
    for (const ending of ['sav', 'xlsx', 'csv', 'tsv']) {
      const files = new Map<string, Uint8Array>([['survey.csv', new Uint8Array(readFileSync(at('survey.csv')))]]);
      const disk: JobIo = { now: () => 0, readFile: (path) => Promise.resolve(files.get(path) ?? new Uint8Array()), writeFile: (path, bytes) => Promise.resolve(void files.set(path, bytes)) };
      const made = await answer<{ rows: number; columns: number }>('convert', { to: `copy.${ending}` }, disk);
      expect(made).toMatchObject({ rows: 180, columns: 8 });
      const [first, second] = await Promise.all(['survey.csv', `copy.${ending}`].map((dataFile) => answer<{ variables: object[] }>('describe', { dataFile }, disk)));
      const plain = ({ variables }: { variables: object[] }): object[] => variables.map((each) => ({ ...each, label: null }));
      expect(plain(second), ending).toEqual(plain(first));
    }
  });

  it('a job that cannot be done says why', async () => {
    const problem = async (name: string, job: object): Promise<unknown> => (await answerJob(await command(name), { dataFile: 'survey.csv', ...job }, io)).answer;
    expect(await problem('screen', {})).toMatchObject({ error: { code: 'invalid-job' } });
    expect(await problem('crosstab', { row: 'g', column: 'hh' })).toMatchObject({ error: { code: 'unknown-variable' } });
    expect(await problem('crosstab', { row: 'g', column: 'h', options: { exact: true } })).toMatchObject({ error: { code: 'unknown-option' } });
    expect(await problem('mediate', { outcome: 'y', predictor: 'x', mediators: ['m'], options: { drows: 9 } })).toMatchObject({ error: { code: 'unknown-option', help: 'did you mean `draws`?' } });
    expect(await problem('convert', { to: 'x.abc' })).toMatchObject({ error: { code: 'invalid-job' } });
    expect(await problem('convert', { to: 'x.sav', options: { answers: 'labels' } })).toMatchObject({ error: { code: 'invalid-job' } });
    expect(await problem('pairs', { pairs: ['x', 'm'] })).toMatchObject({ error: { code: 'invalid-job' } });
  });
});
