import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../kernel/src/cli/jobs/sem.js';
import { compare, type Answer, type Columns, type Expected } from '../sem/compare.js';

const folder = new URL('./', import.meta.url);
const io: JobIo = { readFile: (path) => readFile(new URL(path, folder)), now: () => performance.now() };

type Values = Readonly<Record<string, number | null>>;

interface LevelExpected extends Omit<Expected, 'rsquare'> {
  /** Per block: group 1 level 1, group 1 level 2, group 2 level 1 … */
  readonly rsquare: readonly Values[];
  readonly icc: readonly Values[];
}

interface Golden {
  readonly lavaan: string;
  readonly models: readonly { readonly id: string; readonly job: { readonly options: Readonly<Record<string, unknown>> }; readonly expected: LevelExpected }[];
}

const { models, lavaan } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Golden;

/** Blocks in the place of groups, so that rows of both levels have a name of their own. */
function byBlock(columns: Columns): Columns {
  return { ...columns, group: columns['group'].map((group, i) => (Number(group) - 1) * 2 + Number(columns['level'][i])) };
}

type LevelAnswer = Answer & { readonly icc: unknown; readonly rsquare: unknown; readonly nclusters: number };

function answerByBlock(answer: LevelAnswer): Answer {
  const rows = (list: Answer['parameterTable'] | undefined): Answer['parameterTable'] => (list ?? []).map((row) => ({ ...row, group: (Number(row['group']) - 1) * 2 + Number(row['level']) }));
  return { ...answer, parameterTable: rows(answer.parameterTable), standardized: rows(answer.standardized) };
}

async function answer(job: unknown): Promise<LevelAnswer> {
  return (await answerJob(command, job, io)).answer as LevelAnswer;
}

/** Robust statistics to 1e-5, all others to 1e-6; lavaan's own Hessian is a difference of gradients. */
function tolerance(robust: boolean, name: string): number {
  const base = robust ? 1e-5 : 1e-6;
  if (/^rmsea\.(ci|notclose|pvalue)/.test(name)) return base * 10;
  // the EM solution behind it is good to seven digits, and residuals are small differences
  if (name.startsWith('srmr')) return 3e-5;
  // z and p magnify differences of estimate and error, and a limit near zero those of both
  if (/ (z|p)$/.test(name)) return 1e-4;
  if (/ ci\.(lower|upper)$/.test(name)) return base * 5;
  if (/pvalue/.test(name)) return base * 100;
  return base;
}

const closeTo = (own: Values, expected: Values): void => {
  for (const [name, value] of Object.entries(expected)) expect(own[name] ?? null, name).toEqual(value === null ? null : expect.closeTo(value, 6));
};

describe('two-level models', () => {
  it.each(models.map((model) => [model.id, model] as const))(`%s agrees with lavaan ${lavaan}`, async (_, { job, expected }) => {
    const own = await answer(job);
    expect(own.error).toBeUndefined();
    const robust = job.options['estimator'] === 'MLR' || job.options['se'] === 'robust';
    const { rsquare, icc, ...rest } = expected;
    const flat: Expected = { ...rest, parameters: byBlock(rest.parameters), ...(rest.standardized ? { standardized: byBlock(rest.standardized) } : {}) };
    expect(compare(answerByBlock(own), flat, (name) => tolerance(robust, name))).toEqual([]);
    const groups = own.ngroups === 1 ? [own.rsquare] : Object.values(own.rsquare as object);
    rsquare.forEach((values, block) => closeTo(Object.values(groups[Math.floor(block / 2)] as object)[block % 2] as Values, values));
    const intraclass = own.ngroups === 1 ? [own.icc] : Object.values(own.icc as object);
    icc.forEach((values, g) => closeTo(intraclass[g] as Values, values));
  });

  it('are more than twenty at optima polished by Newton steps', () => {
    expect(models.length).toBeGreaterThan(20);
    const gradients = models.map(({ expected }) => expected.gradient).filter((gradient): gradient is number => gradient !== null);
    expect(gradients.length).toBeGreaterThan(20);
    expect(Math.max(...gradients)).toBeLessThan(1e-9);
  });
});
