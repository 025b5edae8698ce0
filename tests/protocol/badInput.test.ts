/** What goes wrong in a researcher's day: each a clear error or warning, and the kernel lives on. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { KernelProcess, ofType } from './support/kernelProcess.js';

const data = join(dirname(fileURLToPath(import.meta.url)), '../../notebooks/data');
let kernel: KernelProcess;

/** Three items of one factor from a fixed linear congruential generator; `z` is their exact sum, `c` a constant. */
function rows(): string {
  let state = 12345;
  const uniform = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const lines = Array.from({ length: 80 }, () => {
    const f = uniform() + uniform() - 1;
    const x = [0, 1, 2].map(() => f + 0.6 * (uniform() - 0.5));
    return [...x, x[0] + x[1] + x[2], 4].map((value) => value.toFixed(6)).join(',');
  });
  return `x1,x2,x3,z,c\n${lines.join('\n')}\n`;
}

beforeAll(async () => {
  kernel = await KernelProcess.start();
  writeFileSync(join(kernel.folder, 'ok.csv'), rows());
  writeFileSync(join(kernel.folder, 'empty.csv'), '');
  writeFileSync(join(kernel.folder, 'picture.sav'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]));
  writeFileSync(join(kernel.folder, 'hostile.csv'), '__proto__,constructor,<img src=x onerror=alert(1)>\n1,2,3\n2,3,1\n3,1,2\n5,4,4\n');
  copyFileSync(join(data, 'continuance.sav'), join(kernel.folder, 'users.sav'));
  await kernel.execute('%%survey ok ok.csv');
});
afterEach(async () => {
  expect(await kernel.text('40 + 2')).toBe('42');
});
afterAll(() => kernel.stop());

async function traceback(code: string): Promise<string> {
  const { reply } = await kernel.execute(code);
  expect(reply.content.status).toBe('error');
  return (reply.content.traceback as string[]).join('\n');
}

async function shown(code: string): Promise<string> {
  const exchange = await kernel.execute(code);
  expect(exchange.reply.content.status).toBe('ok');
  return (ofType(exchange, 'display_data') as { data: Record<string, string> }[]).map(({ data: bundle }) => bundle['text/plain']).join('\n');
}

describe('a file', () => {
  it('that is missing is named, with the nearest name there', async () => {
    expect(await traceback('%%survey s oks.csv')).toMatch(/oks\.csv[^]*ok\.csv/);
  });

  it('that is empty is said to be empty', async () => {
    expect(await traceback('%%survey s empty.csv')).toMatch(/empty-file[^]*empty/);
  });

  it('of another type than its name is refused', async () => {
    expect(await traceback('%%survey s picture.sav')).toMatch(/error\[/);
  });

  it('with hostile column names is just a file', async () => {
    const text = await shown('%%survey hostile hostile.csv');
    expect(text).toContain('__proto__');
    const exchange = await kernel.execute('%describe hostile');
    for (const { data: bundle } of ofType(exchange, 'display_data') as { data: Record<string, string> }[]) expect(bundle['text/html']).not.toContain('<img');
    expect(await kernel.text('({} as Record<string, unknown>).x1 === undefined')).toBe('true');
  });
});

describe('a codebook', () => {
  it('with a misspelt key draws a caret in the cell', async () => {
    expect(await traceback('%%survey s ok.csv\nconstructs:\n  F: [x1, x2, x3]\nscrening: {longString: 3}')).toMatch(/%%survey:4:1[^]*did you mean `screening`/);
  });

  it('that names an unknown column points at it', async () => {
    expect(await traceback('%%survey s ok.csv\nconstructs:\n  F: [x1, x2, x9]')).toMatch(/x9[^]*did you mean `x\d`/);
  });
});

describe('a model', () => {
  it('with an unknown column suggests the nearest', async () => {
    expect(await traceback('%%sem ok\nf =~ x1 + x2 + x33')).toMatch(/%%sem:2:\d+[^]*did you mean `x3`/);
  });

  it('with a misspelt option suggests the nearest', async () => {
    expect(await traceback('%%sem ok --estimatr MLR\nf =~ x1 + x2 + x3')).toContain('did you mean `--estimator`?');
  });

  it('with a syntax error draws a caret', async () => {
    expect(await traceback('%%sem ok\nf =- x1 + x2')).toMatch(/%%sem:2:\d+[^]*\^/);
  });

  it('whose sample covariance matrix is not positive definite says so with its smallest eigenvalue', async () => {
    const text = await shown('%%sem ok --as singular\nf =~ x1 + x2 + x3 + z');
    expect(text).toMatch(/not positive definite/);
    expect(text).toMatch(/eigenvalue/);
  });

  it('with a constant column names it', async () => {
    expect(await traceback('%%sem ok\nf =~ x1 + x2 + c')).toMatch(/zero-variance[^]*`c`/);
  });

  it('that is not identified names parameters and prints no standard errors', async () => {
    const text = await shown('%%sem ok --as loose\nf =~ NA*x1 + x2 + x3');
    expect(text).toMatch(/not.identified/i);
    expect(await kernel.text('loose.parameters.every((row) => row.free === 0 || row.stdError === null)')).toBe('true');
  });

  it('that does not converge says so and prints no tests', async () => {
    const text = await shown('%%sem ok --as stuck\nf =~ x1 + 50*x2 + -50*x3\nx1 ~~ 0.0001*x1\nx2 ~~ 0.0001*x2\nx3 ~~ x3\nf ~~ -0.00001*f');
    expect(text).toMatch(/NOT CONVERGED|INADMISSIBLE|not positive definite/);
    expect(await kernel.text('stuck.convergence.converged && stuck.admissible')).toBe('false');
  });
});

describe('a formula', () => {
  it('with an unknown column suggests the nearest, with a caret', async () => {
    expect(await traceback('%%regress ok\nx1 ~ x2 + x33')).toMatch(/x33[^]*did you mean `x3`/);
  });

  it('with predictors that determine each other names the one left out', async () => {
    const text = await shown('%%regress ok --as ols\nx1 ~ x2 + x3 + z');
    expect(text).toMatch(/aliased|combination|linear/i);
  });
});

describe('a study', () => {
  it('given other data names the items that are missing', async () => {
    expect(await traceback('%%wom ok')).toMatch(/missing-items[^]*EXP1/);
  });

  it('takes its codebook and screening from the study when the survey has none', async () => {
    await kernel.execute('%%survey bare users.sav');
    const text = await shown('%%continuance bare --steps screening,verdicts --as fit');
    expect(text).toMatch(/valid\s+57\s+455/);
    expect(text).toMatch(/7 of 7 hypotheses supported/);
  });

  it('with a misspelt step suggests the nearest', async () => {
    expect(await traceback('%%continuance bare --steps verdits')).toContain('did you mean `verdicts`?');
  });
});
