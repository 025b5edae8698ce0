import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeContent, KernelProcess, root } from './support/kernelProcess.js';

let kernel: KernelProcess;
/** Takes connections and never says a word. */
const mute = createServer(() => {});
beforeAll(async () => {
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  kernel = await KernelProcess.start({ SEMLAB_ALLOW_BASH: '1', MUTE: `http://127.0.0.1:${(mute.address() as AddressInfo).port}/` });
  copyFileSync(join(root, 'notebooks', 'data', 'continuance.sav'), join(kernel.folder, 'users.sav'));
  await kernel.execute('const kept = { value: 42 }; import { readFile } from "node:fs"; import { readFile as readLater } from "node:fs/promises"; import { execSync } from "node:child_process"; import { AsyncLocalStorage, AsyncResource, createHook } from "node:async_hooks"; const here = import.meta.dirname + "/connection.json"; const store = new AsyncLocalStorage<number>();');
  expect(await kernel.text('%%survey users users.sav')).not.toBe(undefined);
  await kernel.execute('%%sem users --as fit\nSAT =~ SAT1 + SAT2 + SAT3');
});
afterAll(async () => {
  mute.close();
  await kernel.stop();
});

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
  'waiting for ever': 'console.log("start"); await new Promise(() => {});',
  'a question that the whole kernel waits for': 'console.log("start"); prompt("?");',
  'callbacks in callbacks': 'setTimeout(() => void Promise.resolve().then(() => setImmediate(() => queueMicrotask(() => { console.log("start"); for (;;) {} }))), 5); await new Promise(() => {});',
  'timers that never end': '{ const stop = signal; const timer = setInterval(() => { if (stop.aborted) clearInterval(timer); const end = Date.now() + 20; while (Date.now() < end) {} }, 1); } console.log("start"); await new Promise(() => {});',
  'immediates that never end': 'console.log("start"); { const stop = signal; const again = (): void => { if (!stop.aborted) setImmediate(again); }; again(); } await new Promise(() => {});',
  'a wait of the whole thread': 'console.log("start"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  'a fetch that is not answered': 'console.log("start"); await fetch(process.env.MUTE!);',
  // One call into the engine's own code runs to its end, as elsewhere: these are short, and many.
  'sorting again and again': 'console.log("start"); for (;;) Array.from({ length: 1e4 }, Math.random).sort();',
  'a bash script': '%%bash\necho start\nsleep 987',
  'a bootstrap in threads': '%bootstrap fit --draws 500000 --seed 1',
  'a program that is waited for': 'console.log("start"); execSync("sleep 986");',
  'a loop after an await in an AsyncLocalStorage': 'await store.run(1, async () => { console.log("start"); await 0; for (;;) {} });',
  'a loop in an AsyncLocalStorage': 'store.run(1, () => { console.log("start"); for (;;) {} });',
  'awaits without end in an AsyncLocalStorage': 'await store.run(1, async () => { console.log("start"); for (;;) await null; });',
  'a timer in an AsyncLocalStorage': 'store.run(1, () => { setTimeout(() => { console.log("start"); for (;;) {} }, 5); }); await new Promise(() => {});',
  'a tick in an AsyncLocalStorage': 'store.run(1, () => { process.nextTick(() => { console.log("start"); for (;;) {} }); }); await new Promise(() => {});',
  'a file callback in an AsyncLocalStorage': 'store.run(1, () => { readFile(here, () => { console.log("start"); for (;;) {} }); }); await new Promise(() => {});',
  'a loop in an AsyncResource': 'console.log("start"); new AsyncResource("loop").runInAsyncScope(() => { for (;;) {} });',
  'a loop under an async hook': 'createHook({ init() {}, before() {}, after() {} }).enable(); console.log("start"); await 0; for (;;) {}'
};

/** Jupyter interrupts this kernel by message, as its kernelspec asks; a bare signal to the process does not reach these as surely. */
const BY_MESSAGE: ReadonlySet<string> = new Set(['a program that is waited for', 'a fetch that is not answered']);

/** Within this time a cell stops on a machine that has nothing else to do. */
const PROMISE_MS = 500;
const SPIN_MS = 40;

/** How many times longer than alone this process takes for a piece of work, because the machine is busy: wall time over processor time. */
function slowness(): number {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const used = (): number => {
    const { user, system } = process.cpuUsage(cpu);
    return (user + system) / 1000;
  };
  while (used() < SPIN_MS);
  return Math.max(1, (performance.now() - wall) / used());
}

describe.each(['message', 'signal'])('interrupt by %s', (way) => {
  it.each(Object.keys(SHAPES).filter((name) => way === 'message' || !BY_MESSAGE.has(name)))('stops %s, and variables survive', async (name) => {
    const id = await kernel.post('execute_request', executeContent(SHAPES[name], { stop_on_error: false }));
    await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === id && /^(stream|display_data)$/.test(message.header.msg_type)), 'start');
    const before = slowness();
    const started = performance.now();
    if (way === 'message') expect((await kernel.request('interrupt_request', {}, 'control')).reply.content).toEqual({ status: 'ok' });
    else kernel.process.kill('SIGINT');
    expect((await kernel.reply(id)).content).toMatchObject({ status: 'error', ename: 'Interrupted' });
    const took = performance.now() - started;
    expect(took).toBeLessThan(PROMISE_MS * Math.max(before, slowness()));
    expect(await kernel.text('await new Promise((r) => setTimeout(r, 2)); kept.value')).toBe('42');
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

  it('ends the programs that the cell started, with what they started', async () => {
    const left = (): string => spawnSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).stdout.split('\n').filter((line) => /^sleep (985|984)$/.test(line)).join();
    const id = await kernel.post('execute_request', executeContent('%%bash\necho start\n(trap "" INT; sleep 985) | cat'));
    await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === id && message.header.msg_type === 'stream'), 'start');
    await expect.poll(left).toBe('sleep 985');
    await kernel.request('interrupt_request', {}, 'control');
    expect((await kernel.reply(id)).content).toMatchObject({ ename: 'Interrupted' });
    await expect.poll(left, { timeout: 10_000 }).toBe('');
    const other = await KernelProcess.start({ SEMLAB_ALLOW_BASH: '1' });
    await other.post('execute_request', executeContent('%%bash\nsleep 984'));
    await expect.poll(left, { timeout: 60_000 }).toBe('sleep 984');
    await other.reply(await other.post('shutdown_request', { restart: false }, 'control'));
    await other.exited();
    await expect.poll(left, { timeout: 10_000 }).toBe('');
    await other.stop();
  });
});
