import { describe, expect, it } from 'vitest';
import { runCommand, runJobs, type CommandHost } from '../../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../../kernel/src/cli/jobs/sem.js';

const data = { x1: [1, 2, 3, 4, 5, 6, 2, 4], x2: [2, 1, 4, 3, 6, 5, 3, 4], x3: [1, 3, 2, 5, 4, 6, 1, 5] };
const io = { readFile: (path: string) => Promise.resolve(new TextEncoder().encode(path.endsWith('.csv') ? 'x1,x2,x3\n1,2,1\n2,1,3\n3,4,2\n4,3,5\n5,6,4\n6,5,6\n2,3,1\n4,4,5\n' : 'x1 ~ x2')), now: () => 0 };
const answers = async (...lines: string[]): Promise<{ failed: number; out: Record<string, unknown>[] }> => {
  const out: Record<string, unknown>[] = [];
  const failed = await runJobs(command, lines, (line) => void out.push(JSON.parse(line) as Record<string, unknown>), io);
  return { failed, out };
};

describe('sem jobs', () => {
  it('answer one line each, in order; a job that fails does not stop the next', async () => {
    const good = JSON.stringify({ syntax: 'x1 ~ x2', data });
    const { failed, out } = await answers(good, JSON.stringify({ syntax: 'x1 ~~~ x2\n', data }), 'not json', '', JSON.stringify({ syntax: 'x1 ~ x9', data }), good);
    expect(failed).toBe(3);
    expect(out.map((each) => (each['error'] as { code: string } | undefined)?.code ?? each['converged'])).toEqual([true, 'unknown-operator', 'bad-json', 'unknown-variable', true]);
    expect(out[1]['error']).toMatchObject({ line: 1, column: 4 });
    expect(out[3]['error']).toMatchObject({ line: 1, column: 6, help: 'did you mean `x1`?' });
    expect({ ...out[0], seconds: 0 }).toEqual({ ...out[4], seconds: 0 });
  });

  it('may be one object over several lines, and a broken one does not swallow the next', async () => {
    const spread = JSON.stringify({ syntax: 'x1 ~ x2', data }, null, 1).split('\n');
    expect((await answers(...spread)).out).toHaveLength(1);
    const { out } = await answers('{"syntax": "x1 ~ x2", "data": {', JSON.stringify({ syntax: 'x1 ~ x2', data }));
    expect(out.map((each) => 'error' in each)).toEqual([true, false]);
  });

  it('carry the names of the contract', async () => {
    const { out } = await answers(JSON.stringify({ syntax: 'x1 ~ b*x2\nd := b^2', data, want: ['modindices', 'standardized'] }));
    expect(Object.keys(out[0])).toEqual(['converged', 'admissible', 'npar', 'df', 'nobs', 'ngroups', 'parameterTable', 'fitMeasures', 'tests', 'modindices', 'standardized', 'rsquare', 'defined', 'warnings', 'seconds']);
    expect(Object.keys((out[0]['parameterTable'] as object[])[0])).toEqual(['lhs', 'op', 'rhs', 'group', 'level', 'label', 'free', 'est', 'se', 'z', 'p', 'ci.lower', 'ci.upper', 'std.lv', 'std.all', 'std.nox']);
    expect(out[0]['defined']).toHaveLength(1);
  });

  it('refuse what they do not know, with the nearest name', async () => {
    const { out } = await answers(JSON.stringify({ syntx: 'x1 ~ x2', data }), JSON.stringify({ syntax: 'x1 ~ x2', data, options: { 'std.lvv': true } }), JSON.stringify({ syntax: 'x1 ~ x2' }), JSON.stringify({ fun: 'constructor', syntax: 'x1 ~ x2', data }), '[1]');
    expect(out.map((each) => (each['error'] as { code: string; help?: string }).code)).toEqual(['unknown-key', 'unknown-option', 'no-data', 'invalid-job', 'invalid-job']);
    expect((out[0]['error'] as { help: string }).help).toBe('did you mean `syntax`?');
  });

  it('answer the fit when a further answer cannot be had, and say so', async () => {
    const { out } = await answers(JSON.stringify({ syntax: 'f =~ x1 + x2', data, want: ['modindices'] }));
    expect(out[0]).toMatchObject({ modindices: null, npar: expect.any(Number) as number });
    expect((out[0]['warnings'] as { message: string }[]).some(({ message }) => message.startsWith('`modindices` is left out: '))).toBe(true);
  });

  it('take a covariance matrix, whole or its lower triangle', async () => {
    const whole = { names: ['a', 'b'], values: [[2, 1], [1, 3]] };
    const { out } = await answers(JSON.stringify({ syntax: 'a ~ b', sampleCov: whole, n: 50 }), JSON.stringify({ syntax: 'a ~ b', sampleCov: { ...whole, values: [[2], [1, 3]] }, n: 50 }), JSON.stringify({ syntax: 'a ~ b', sampleCov: whole }));
    expect(out[0]['parameterTable']).toEqual(out[1]['parameterTable']);
    expect(out[2]['error']).toMatchObject({ code: 'invalid-job' });
  });
});

describe('semlab sem', () => {
  const host = (): CommandHost & { readonly text: string[] } => {
    const text: string[] = [];
    return { ...io, text, lines: () => [JSON.stringify({ syntax: 'x1 ~ x2', data })], write: (each) => void text.push(each), writeError: (each) => void text.push(each) };
  };
  it('takes flags, prints tables or JSON, and answers a job file', async () => {
    const plain = host();
    expect(await runCommand(command, ['--model', 'm.txt', '--data', 'd.csv'], plain)).toBe(0);
    expect(plain.text.join('')).toMatch(/Regression paths[^]*x1 +x2 +0\.86/);
    const json = host();
    expect(await runCommand(command, ['--syntax', 'x1 ~ x2 + x3', '--data', 'd.csv', '--estimator', 'MLR', '--json'], json)).toBe(0);
    expect(JSON.parse(json.text.join(''))).toMatchObject({ converged: true, nobs: 8 });
    const jobs = host();
    expect(await runCommand(command, ['--job', '-'], jobs)).toBe(0);
    expect(jobs.text).toHaveLength(1);
  });

  it('exits with 2 for a flag it does not know, with 0 for help that shows the JSON shapes', async () => {
    const wrong = host();
    expect(await runCommand(command, ['--estimater', 'ML'], wrong)).toBe(2);
    expect(wrong.text.join('')).toContain('--estimator');
    const help = host();
    expect(await runCommand(command, ['--help'], help)).toBe(0);
    expect(help.text.join('')).toContain('"parameterTable"');
  });
});
