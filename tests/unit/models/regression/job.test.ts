import { describe, expect, it } from 'vitest';
import { command } from '../../../../kernel/src/cli/jobs/regress.js';
import { answerJob, runJobs, type JobIo } from '../../../../kernel/src/cli/jobCommand.js';
import { parseFlags } from '../../../../kernel/src/cli/flags.js';

const io: JobIo = {
  now: () => 0,
  readFile: async () => new TextEncoder().encode('y,a,g\n1,2,u\n3,3,v\n2,5,u\n5,7,v\n4,,u\n7,8,v\n')
};
const data = { y: [1, 3, 2, 5, 4, 7], a: [2, 3, 5, 7, null, 8], w: [1, 3, 2, 1, 1, 1] };

interface Answer {
  readonly coefficients: readonly { readonly term: string; readonly estimate: number }[];
  readonly glance: { readonly n: number; readonly dropped: readonly { readonly count: number }[] };
  readonly blocks: readonly { readonly entered: readonly string[] }[];
}
const run = async (job: unknown): Promise<Answer> => (await command.run(job, io)) as Answer;

describe('semlab regress', () => {
  it('answers a job over inline data and over a CSV file alike', async () => {
    const inline = await run({ formula: 'y ~ a', data });
    const file = await run({ formula: 'y ~ a', dataFile: 'some/where.csv' });
    expect(inline.coefficients).toEqual(file.coefficients);
    expect(inline.glance.n).toBe(5);
    expect(inline.glance.dropped[0].count).toBe(1);
  });

  it('takes weights as a list or as a column', async () => {
    const named = await run({ formula: 'y ~ a', data, options: { weights: 'w' } });
    const listed = await run({ formula: 'y ~ a', data, options: { weights: data.w } });
    expect(listed.coefficients).toEqual(named.coefficients);
    expect(named.coefficients[1].estimate).not.toBe((await run({ formula: 'y ~ a', data })).coefficients[1].estimate);
  });

  it('blocks may stand in the formula or in the options', async () => {
    const bars = await run({ formula: 'y ~ a | w', data });
    expect(bars.blocks.map(({ entered }) => entered)).toEqual([['a'], ['w']]);
    for (const options of [{ blocks: [['a'], ['w']] }, { blocks: ['a', 'w'] }, { blocks: ['w'] }]) expect((await run({ formula: 'y ~ a + w', data, options })).blocks).toEqual(bars.blocks);
  });

  it('a failing job says code, line and column, and later jobs still run', async () => {
    const lines: string[] = [];
    const failed = await runJobs(command, [JSON.stringify({ formula: 'y ~ aa', data }), JSON.stringify({ formula: 'y ~ a', data })], (line) => lines.push(line), io);
    expect(failed).toBe(1);
    expect(JSON.parse(lines[0])).toEqual({ error: { code: 'unknown-variable', message: '`aa` is not a column of survey `data`', line: 1, column: 5, help: 'did you mean `a`?' } });
    expect((JSON.parse(lines[1]) as Answer).coefficients.length).toBe(2);
  });

  it('an unknown option is an error with the nearest name', async () => {
    const { answer, failed } = await answerJob(command, { formula: 'y ~ a', data, options: { weight: 'w' } }, io);
    expect(failed).toBe(true);
    expect(answer).toMatchObject({ error: { code: 'unknown-option', help: 'did you mean `weights`?' } });
  });

  it('answers cases, assumptions and covariance when they are wanted', async () => {
    const found = (await command.run({ formula: 'y ~ a', data, want: ['cases', 'assumptions', 'covariance'] }, io)) as { cases: { row: number; leverage: number; dfbetas: number[] }[]; assumptions: { test: string }[]; covariance: { names: string[]; values: number[][] } };
    expect(found.cases.map(({ row }) => row)).toEqual([1, 2, 3, 4, 6]);
    expect(found.cases.reduce((sum, { leverage }) => sum + leverage, 0)).toBeCloseTo(2, 12);
    expect(found.cases[0].dfbetas.length).toBe(2);
    expect(found.assumptions.map(({ test }) => test)).toContain('reset');
    expect(found.covariance.names).toEqual(['(Intercept)', 'a']);
    expect(found.covariance.values[0][1]).toBe(found.covariance.values[1][0]);
    expect((await answerJob(command, { formula: 'y ~ a', data, want: 'everything' }, io)).failed).toBe(true);
  });

  it('flags make the same job', async () => {
    const flags = parseFlags(['y ~ a', '--data', 'x.csv', '--se', 'HC3', '--conf-level=0.9'], command.flags);
    expect(await command.jobOf(flags, io)).toEqual({ formula: 'y ~ a', dataFile: 'x.csv', options: { se: 'HC3', confLevel: 0.9 } });
    expect(await command.print?.(await command.jobOf(flags, io), io)).toContain('Robust SE');
  });
});
