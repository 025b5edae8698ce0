import { describe as suite, expect, it } from 'vitest';
import { answerJob, type JobCommand, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { parseFlags } from '../../../kernel/src/cli/flags.js';
import { command as compare } from '../../../kernel/src/cli/jobs/compare.js';
import { command as correlate } from '../../../kernel/src/cli/jobs/correlate.js';
import { command as describe } from '../../../kernel/src/cli/jobs/describe.js';
import { command as factor } from '../../../kernel/src/cli/jobs/factor.js';
import { command as reliability } from '../../../kernel/src/cli/jobs/reliability.js';

const io: JobIo = { now: () => 0, readFile: () => Promise.resolve(new TextEncoder().encode('a,b,c,g\n1,2,2,u\n2,1,3,u\n3,4,2,v\n4,3,5,v\n5,5,4,w\n2,3,1,w\n')) };
const data = { a: [1, 2, 3, 4, 5, 2], b: [2, 1, 4, 3, 5, 3], c: [2, 3, 2, 5, 4, 1], g: ['u', 'u', 'v', 'v', 'w', 'w'] };

async function answer(command: JobCommand, job: object): Promise<Record<string, unknown>> {
  return (await answerJob(command, job, io)).answer as Record<string, unknown>;
}

suite('statistics jobs', () => {
  it('describe, reliability, correlate, compare and factor answer numbers', async () => {
    const described = await answer(describe, { variables: ['a'], data });
    expect((described['variables'] as { mean: number }[])[0].mean).toBeCloseTo(17 / 6, 14);
    expect((await answer(reliability, { items: ['a', 'b', 'c'], data }))['alpha']).toBeGreaterThan(0.5);
    expect((await answer(correlate, { variables: ['a', 'b'], data }))['correlations']).toMatchObject([{ variable1: 'a', variable2: 'b', n: 6 }]);
    const compared = (await answer(compare, { variables: ['a'], by: 'g', data, options: { postHoc: ['lsd', 'scheffe'] } }))['variables'] as { design: string; postHoc: { pairs: unknown[] }[] }[];
    expect(compared[0].design).toBe('anova');
    expect(compared[0].postHoc.map((method) => method.pairs.length)).toEqual([3, 3]);
    const factors = await answer(factor, { items: ['a', 'b', 'c'], data, options: { factors: 1 } });
    expect((factors['loadings'] as number[][]).map((row) => row.length)).toEqual([1, 1, 1]);
    expect((await answer(factor, { correlation: { names: ['x', 'y', 'z'], values: [[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]] }, n: 100 }))['factors']).toBe(1);
  });

  it('an answer survives JSON', async () => {
    for (const [command, job] of [[describe, { data }], [compare, { variables: ['a'], by: 'g', data }], [factor, { items: ['a', 'b', 'c'], data, options: { factors: 2 } }]] as const) {
      const made = await answer(command, job);
      expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify(made, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value))));
    }
  });

  it('a wrong job answers its error with help', async () => {
    expect(await answer(reliability, { items: ['a', 'bb'], data })).toMatchObject({ error: { code: 'unknown-variable' } });
    expect(await answer(correlate, { variables: ['a', 'b'], data, options: { method: 'spearmen' } })).toMatchObject({ error: { code: 'invalid-option', help: 'did you mean `spearman`?' } });
    expect(await answer(describe, { variable: ['a'], data })).toMatchObject({ error: { code: 'unknown-key', help: 'did you mean `variables`?' } });
    expect(await answer(compare, { variables: ['a'], data })).toMatchObject({ error: { code: 'invalid-job' } });
  });

  it('flags make the same jobs', async () => {
    const flags = parseFlags(['file.csv', '--variables', 'a,b', '--by', 'g', '--posthoc', 'tamhane'], compare.flags);
    const job = await compare.jobOf(flags, io);
    expect(job).toMatchObject({ variables: ['a', 'b'], by: 'g', dataFile: 'file.csv', options: { postHoc: 'tamhane' } });
    expect(await compare.print?.(job, io)).toContain('Tamhane T2');
  });
});
