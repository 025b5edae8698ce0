import { describe, expect, it } from 'vitest';
import { answerJob, runCommand, type CommandHost } from '../../../../kernel/src/cli/jobCommand.js';
import { command as describeCommand } from '../../../../kernel/src/cli/jobs/describe.js';
import { command as regress } from '../../../../kernel/src/cli/jobs/regress.js';
import { command as reliability } from '../../../../kernel/src/cli/jobs/reliability.js';
import { command as sem } from '../../../../kernel/src/cli/jobs/sem.js';

const CODEBOOK = `
constructs: {S: {label: Satisfaction | 满意, items: [a, b, -c]}}
range: 1-5
missing: {all: 9}
screening: {sent: 20, seconds: time, minSeconds: 60}
`;
const rows = Array.from({ length: 12 }, (_, i) => [1 + (i % 5), 1 + ((i + (i % 2)) % 5), 5 - (i % 5), i === 3 ? 30 : 100].join(','));
const FILES = new Map([['answers.csv', `a,b,c,time\n9,1,5,100\n${rows.join('\n')}\n`], ['book.yaml', CODEBOOK], ['bad.yaml', 'variables:\n  a: {misssing: 9}\n']]);

class Host implements CommandHost {
  said = '';
  failed = '';
  readFile(path: string): Promise<Uint8Array> {
    return Promise.resolve(new TextEncoder().encode(FILES.get(path)));
  }
  now(): number {
    return 0;
  }
  lines(): string[] {
    return [];
  }
  write(text: string): void {
    this.said += text;
  }
  writeError(text: string): void {
    this.failed += text;
  }
}

describe('a codebook for the statistics commands', () => {
  it('comes by --codebook: labels, missing codes, screening, and what was left out', async () => {
    const host = new Host();
    expect(await runCommand(describeCommand, ['answers.csv', '--codebook', 'book.yaml', '--variables', 'a,b', '--json'], host)).toBe(0);
    const answer = JSON.parse(host.said) as { variables: { variable: string; n: number; missing: number }[]; screening: object };
    expect(answer.variables.map(({ variable, n, missing }) => [variable, n, missing])).toEqual([['a', 11, 1], ['b', 12, 0]]);
    expect(answer.screening).toEqual({ sent: 20, returned: 13, valid: 12, steps: [{ rule: 'minSeconds', excluded: 1, remaining: 12 }] });
    const printed = new Host();
    expect(await runCommand(describeCommand, ['answers.csv', '--codebook=book.yaml'], printed)).toBe(0);
    expect(printed.said).toContain('Questionnaires sent, returned and valid');
  });

  it('comes as an object or as text in a job, and turns reversed items', async () => {
    const job = { items: ['a', 'b', 'c'], dataFile: 'answers.csv' };
    const alpha = async (more: object): Promise<number> => ((await answerJob(reliability, { ...job, ...more }, new Host())).answer as { alpha: number }).alpha;
    const turned = await alpha({ codebook: CODEBOOK });
    // R: k / (k - 1) * (1 - sum(diag(v)) / sum(v)) over the 11 complete valid rows.
    expect(turned).toBeCloseTo(0.8674698795180722, 12);
    expect(await alpha({ codebook: { range: '1-5', missing: { all: 9 }, constructs: { S: ['a', 'b', '-c'] }, screening: { seconds: 'time', minSeconds: 60 } } })).toBe(turned);
    expect(await alpha({ codebookFile: 'book.yaml' })).toBe(turned);
    expect(await alpha({})).toBeLessThan(turned);
  });

  it('serves regressions and models too', async () => {
    const fitted = (await answerJob(regress, { formula: 'S ~ time', dataFile: 'answers.csv', codebook: 'constructs: {S: [a, b]}\nmissing: {all: 9}' }, new Host())).answer as { glance: { n: number } };
    expect(fitted.glance.n).toBe(12);
    const model = (await answerJob(sem, { syntax: 'a ~ b', dataFile: 'answers.csv', codebookFile: 'book.yaml' }, new Host())).answer as { nobs: number; screening: { valid: number } };
    expect([model.nobs, model.screening.valid]).toEqual([11, 12]);
  });

  it('is refused with its place when it is wrong', async () => {
    const host = new Host();
    expect(await runCommand(describeCommand, ['answers.csv', '--codebook', 'bad.yaml'], host)).toBe(1);
    expect(host.failed).toContain('bad.yaml:2:7');
    expect(host.failed).toContain('did you mean `missing`?');
    expect((await answerJob(describeCommand, { dataFile: 'answers.csv', codebook: 3 }, new Host())).answer).toMatchObject({ error: { code: 'invalid-job' } });
    expect((await answerJob(describeCommand, { dataFile: 'answers.csv', codebok: {} }, new Host())).answer).toMatchObject({ error: { code: 'unknown-key' } });
  });
});
