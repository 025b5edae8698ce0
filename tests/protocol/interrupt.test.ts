import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeContent, KernelProcess } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
  await kernel.execute('const kept = { value: 42 }; import { readFile } from "node:fs"; import { readFile as readLater } from "node:fs/promises"; const here = import.meta.dirname + "/connection.json";');
});
afterAll(() => kernel.stop());

/** Every way in which a cell can fail to end. `start` is printed once it is under way. */
const SHAPES: Readonly<Record<string, string>> = {
  'a synchronous loop': 'console.log("start"); for (;;) {}',
  'a loop after an await': 'console.log("start"); await 0; for (;;) {}',
  'a loop after a timer': 'console.log("start"); await new Promise((r) => setTimeout(r, 10)); for (;;) {}',
  'a loop after reading a file': 'console.log("start"); await readLater(here); for (;;) {}',
  'a loop in a nested function': 'const spin = (): void => { for (;;) {} }; console.log("start"); await (async () => { await 1; spin(); })();',
  'a loop in nextTick': 'process.nextTick(() => { console.log("start"); for (;;) {} }); await new Promise(() => {});',
  'a loop in a file callback': 'readFile(here, () => { console.log("start"); for (;;) {} }); await new Promise(() => {});',
  'a loop in a timer callback': 'setTimeout(() => { console.log("start"); for (;;) {} }, 10); await new Promise(() => {});',
  'a loop that catches everything': 'console.log("start"); for (;;) { try { await new Promise((r) => setTimeout(r, 5)); } catch {} }',
  'a loop of awaits that never leaves the microtasks': 'console.log("start"); for (;;) await null;',
  'a chain of promises without end': 'console.log("start"); const chain = (): Promise<void> => Promise.resolve().then(chain); await chain();',
  'a loop inside try, catch and finally': 'console.log("start"); for (;;) { try { for (;;) {} } catch { continue; } finally { for (;;) {} } }',
  'a regular expression that backtracks for ever': 'console.log("start"); /^(a+)+$/.test("a".repeat(60) + "b");',
  'a generator without end': 'const endless = function* (): Generator<number> { for (;;) yield 1; }; console.log("start"); for (const _ of endless()) {}',
  'an asynchronous generator without end': 'const endlessly = async function* (): AsyncGenerator<number> { for (;;) yield 1; }; console.log("start"); for await (const _ of endlessly()) {}',
  'a loop in a listener': 'import { EventEmitter } from "node:events"; const bell = new EventEmitter(); bell.on("ring", () => { console.log("start"); for (;;) {} }); setTimeout(() => bell.emit("ring"), 5); await new Promise(() => {});',
  'a flood of output': 'console.log("start"); for (let i = 0; ; i++) console.log("line", i);',
  'a question that nobody answers': 'console.log("start"); await input("?");',
  'waiting for ever': 'console.log("start"); await new Promise(() => {});'
};

/** The promise is 500 ms; a busy test machine is given some more. */
const PATIENCE_MS = 1500;

describe.each(['message', 'signal'])('interrupt by %s', (way) => {
  it.each(Object.keys(SHAPES))('stops %s, and variables survive', async (name) => {
    const id = await kernel.post('execute_request', executeContent(SHAPES[name], { stop_on_error: false }));
    await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === id && message.header.msg_type === 'stream'), 'start');
    const started = Date.now();
    if (way === 'message') expect((await kernel.request('interrupt_request', {}, 'control')).reply.content).toEqual({ status: 'ok' });
    else kernel.process.kill('SIGINT');
    expect((await kernel.reply(id)).content).toMatchObject({ status: 'error', ename: 'Interrupted' });
    expect(Date.now() - started).toBeLessThan(PATIENCE_MS);
    expect(await kernel.text('kept.value')).toBe('42');
  });

  it('does nothing to an idle kernel', async () => {
    if (way === 'message') await kernel.request('interrupt_request', {}, 'control');
    else kernel.process.kill('SIGINT');
    expect(await kernel.text('kept.value')).toBe('42');
  });
});

describe('interrupt', () => {
  it('gives up the cells that wait behind the stopped one', async () => {
    const first = await kernel.post('execute_request', executeContent('console.log("start"); for (;;) {}'));
    const second = await kernel.post('execute_request', executeContent('1'));
    await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === first && message.header.msg_type === 'stream'), 'start');
    await kernel.request('interrupt_request', {}, 'control');
    expect((await kernel.reply(first)).content).toMatchObject({ status: 'error' });
    expect((await kernel.reply(second)).content).toMatchObject({ status: 'aborted' });
  });

  it('twenty times in a row leaves the kernel whole', async () => {
    for (let i = 0; i < 20; i++) {
      const id = await kernel.post('execute_request', executeContent(i % 2 === 0 ? 'console.log("start"); for (;;) {}' : 'console.log("start"); await 0; for (;;) {}', { stop_on_error: false }));
      await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === id && message.header.msg_type === 'stream'), 'start');
      await kernel.request('interrupt_request', {}, 'control');
      expect((await kernel.reply(id)).content).toMatchObject({ ename: 'Interrupted' });
    }
    expect(await kernel.text('kept.value')).toBe('42');
  });
});
