import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeContent, KernelProcess, ofType, streamText } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
});
afterAll(() => kernel.stop());

async function traceback(code: string): Promise<string> {
  const exchange = await kernel.execute(code);
  const [error] = ofType(exchange, 'error') as { ename: string; evalue: string; traceback: string[] }[];
  const reply = exchange.reply.content as { status: string; ename: string; evalue: string; traceback: string[] };
  expect(reply.status).toBe('error');
  expect(reply).toMatchObject({ ename: error.ename, evalue: error.evalue, traceback: error.traceback });
  return error.traceback.join('\n');
}

describe('errors', () => {
  it('say name, message, the line of the cell and the calls that led there, and nothing of the kernel', async () => {
    const text = await traceback('function outer(): void {\n  inner();\n}\nfunction inner(): void {\n  throw new RangeError("too deep");\n}\nouter();');
    expect(text).toMatch(/^RangeError: too deep\n {2}at inner \(In\[\d+\]\.ts:5:9\)/);
    expect(text).toContain('> 5 |   throw new RangeError("too deep");');
    expect(text).toMatch(/at outer \(In\[\d+\]\.ts:2:\d+\)/);
    expect(text).toMatch(/at In\[\d+\]\.ts:7:/);
    expect(text).not.toMatch(/node:|kernelspec|semlab_cell/);
  });

  it('name the cell that a function came from', async () => {
    await kernel.execute('function later(): never {\n\n  throw new Error("from an older cell");\n}');
    expect(await traceback('1;\nlater()')).toMatch(/at later \(In\[\d+\]\.ts:3:9\)[^]*at In\[\d+\]\.ts:2:/);
  });

  it('point at the line after an await', async () => {
    expect(await traceback('await new Promise((resolve) => setTimeout(resolve, 5));\n\nthrow new Error("afterwards");')).toContain('> 3 | throw new Error("afterwards");');
  });

  it('draw one caret under a type error and say what was meant', async () => {
    await kernel.execute('const fit = { paths: [1], measures: {} };');
    const text = await traceback('const x = 1;\nfit.pahts');
    expect(text).toContain("error[TS2551]: Property 'pahts' does not exist");
    expect(text).toContain('2 | fit.pahts\n  |     ^^^^^');
    expect(text).toContain('help: did you mean `paths`?');
  });

  it('stop a cell with a type error before it starts', async () => {
    const exchange = await kernel.execute('console.log("must not run"); const wrong: number = "text"; wrong');
    expect(streamText(exchange)).toBe('');
    expect(exchange.reply.content).toMatchObject({ ename: 'TypeScriptError' });
  });

  it('only warn after %typecheck warn', async () => {
    await kernel.execute('%typecheck warn');
    const exchange = await kernel.execute('const loose: number = "text" as unknown as string; console.log(typeof loose)');
    expect(exchange.reply.content).toMatchObject({ status: 'ok' });
    expect(streamText(exchange)).toBe('string\n');
    expect(streamText(exchange, 'stderr')).toContain('error[TS2322]');
    await kernel.execute('%typecheck stop');
  });

  it('name syntax errors so', async () => {
    expect(await kernel.failure('const = 3')).toMatch(/^SyntaxError: /);
  });

  it('show causes, aggregated errors and thrown values that are no errors', async () => {
    expect(await traceback('throw new Error("outer", { cause: new TypeError("inner") })')).toContain('caused by TypeError: inner');
    expect(await traceback('await Promise.any([Promise.reject(new Error("one"))])')).toContain('Error: one');
    expect(await traceback('throw { code: 7 }')).toContain('{ code: 7 }');
  });

  it('give up only what was queued when the cell failed', async () => {
    const ids = await Promise.all(['await new Promise((r) => setTimeout(r, 300)); throw new Error("stop")', '1', '2'].map((code) => kernel.post('execute_request', executeContent(code))));
    const statuses = await Promise.all(ids.map(async (id) => ((await kernel.reply(id)).content as { status: string }).status));
    expect(statuses).toEqual(['error', 'aborted', 'aborted']);
    expect((await kernel.execute('3')).reply.content).toMatchObject({ status: 'ok' });
  });

  it('go on with the queue under stop_on_error: false', async () => {
    const first = await kernel.post('execute_request', executeContent('await new Promise((r) => setTimeout(r, 200)); throw new Error("go on")', { stop_on_error: false }));
    const second = await kernel.post('execute_request', executeContent('4'));
    expect((await kernel.reply(first)).content).toMatchObject({ status: 'error' });
    expect((await kernel.reply(second)).content).toMatchObject({ status: 'ok' });
  });

  it('runs 1,000 queued cells, each once and in order', async () => {
    await kernel.execute('const seen: number[] = []');
    const ids: string[] = [];
    for (let i = 0; i < 1000; i++) ids.push(await kernel.post('execute_request', executeContent(`seen.push(${i})`)));
    for (const id of ids) expect((await kernel.reply(id)).content).toMatchObject({ status: 'ok' });
    expect(await kernel.text('seen.length === 1000 && seen.every((value, index) => value === index)')).toBe('true');
  }, 180_000);
});
