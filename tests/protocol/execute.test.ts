import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeContent, KernelProcess, ofType, resultText, streamText } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
});
afterAll(() => kernel.stop());

describe('execute', () => {
  it('goes from busy over input and result to idle, all with the request as parent', async () => {
    const exchange = await kernel.execute('6 * 7');
    expect(exchange.outputs.map((message) => message.header.msg_type)).toEqual(['status', 'execute_input', 'execute_result', 'status']);
    expect(ofType(exchange, 'status').map((content) => content.execution_state)).toEqual(['busy', 'idle']);
    expect(ofType(exchange, 'execute_input')[0]).toMatchObject({ code: '6 * 7' });
    expect(ofType(exchange, 'execute_result')[0]).toMatchObject({ data: { 'text/plain': '42' }, metadata: {} });
    expect(exchange.reply.content).toMatchObject({ status: 'ok', payload: [], user_expressions: {} });
    expect(exchange.reply.header).toMatchObject({ msg_type: 'execute_reply', version: '5.5' });
  });

  it('counts cells, and results and replies agree on the number', async () => {
    const first = await kernel.execute('1');
    const second = await kernel.execute('2');
    const counts = [first, second].map((exchange) => (exchange.reply.content as { execution_count: number }).execution_count);
    expect(counts[1]).toBe(counts[0] + 1);
    expect(ofType(second, 'execute_result')[0].execution_count).toBe(counts[1]);
    expect(ofType(second, 'execute_input')[0].execution_count).toBe(counts[1]);
  });

  it('says nothing for declarations and undefined, and shows null', async () => {
    expect(ofType(await kernel.execute('const quiet = 1'), 'execute_result')).toEqual([]);
    expect(ofType(await kernel.execute('undefined'), 'execute_result')).toEqual([]);
    expect(await kernel.text('null')).toBe('null');
  });

  it('keeps standard output and standard error apart and in order', async () => {
    const exchange = await kernel.execute('console.log("a"); console.error("b"); console.log("c"); process.stdout.write("d")');
    expect(ofType(exchange, 'stream')).toEqual([{ name: 'stdout', text: 'a\n' }, { name: 'stderr', text: 'b\n' }, { name: 'stdout', text: 'c\nd' }]);
  });

  it('puts output before the value that follows it', async () => {
    const types = (await kernel.execute('console.log("first"); display({ "text/html": "<i>second</i>" }); console.log("third"); "fourth"')).outputs.map((message) => message.header.msg_type);
    expect(types).toEqual(['status', 'execute_input', 'stream', 'display_data', 'stream', 'execute_result', 'status']);
  });

  it('brings 5,000 lines of one synchronous cell, in few messages', async () => {
    const exchange = await kernel.execute('for (let i = 0; i < 5000; i++) console.log(`line ${i}`)');
    expect(streamText(exchange)).toBe(Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(''));
    expect(ofType(exchange, 'stream').length).toBeLessThan(200);
  });

  it('brings output while a synchronous cell still computes', async () => {
    const id = await kernel.post('execute_request', executeContent('console.log("early"); const until = Date.now() + 1500; while (Date.now() < until) {} console.log("late")'));
    await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === id && (message.content as { text?: string }).text === 'early\n'), 'early output');
    expect(kernel.iopub.some((message) => message.parentHeader.msg_id === id && (message.content as { text?: string }).text?.includes('late'))).toBe(false);
    await kernel.outputs(id);
  });

  it('brings 10 MB of text as stream, as value and as JSON', async () => {
    expect(streamText(await kernel.execute('console.log("x".repeat(10_000_000))')).length).toBe(10_000_001);
    expect((await kernel.text('"y".repeat(10_000_000)')).length).toBe(10_000_002);
    const [shown] = ofType(await kernel.execute('display({ "application/json": { text: "z".repeat(10_000_000) } })'), 'display_data') as { data: { 'application/json': { text: string } } }[];
    expect(shown.data['application/json'].text.length).toBe(10_000_000);
  });

  it('runs silently: no input, no result, no count', async () => {
    const before = (await kernel.execute('0')).reply.content as { execution_count: number };
    const silent = await kernel.execute('const fromSilence = 5; fromSilence', { silent: true });
    expect(silent.outputs.map((message) => message.header.msg_type)).toEqual(['status', 'status']);
    expect(silent.reply.content).toMatchObject({ status: 'ok', execution_count: before.execution_count });
    expect(await kernel.text('fromSilence')).toBe('5');
  });

  it('leaves no trace in count and history without store_history', async () => {
    const before = (await kernel.execute('0')).reply.content as { execution_count: number };
    await kernel.execute('"not to be kept"', { store_history: false });
    const after = (await kernel.execute('0')).reply.content as { execution_count: number };
    expect(after.execution_count).toBe(before.execution_count + 1);
    const { reply } = await kernel.request('history_request', { hist_access_type: 'tail', n: 5, output: false, raw: true });
    expect(JSON.stringify(reply.content)).not.toContain('not to be kept');
  });

  it('answers user expressions with bundles and errors', async () => {
    const { reply } = await kernel.execute('const seven = 7', { user_expressions: { double: 'seven * 2', wrong: 'sevn' } });
    const answers = (reply.content as { user_expressions: Record<string, Record<string, unknown>> }).user_expressions;
    expect(answers.double).toMatchObject({ status: 'ok', data: { 'text/plain': '14' } });
    expect(answers.wrong).toMatchObject({ status: 'error', ename: 'TypeScriptError' });
  });

  it('updates a display in place', async () => {
    const exchange = await kernel.execute('const shown = display({ "text/plain": "one" }); shown.update({ "text/plain": "two" });');
    const [display] = ofType(exchange, 'display_data') as { transient: { display_id: string } }[];
    const [update] = ofType(exchange, 'update_display_data') as { data: object; transient: { display_id: string } }[];
    expect(update).toMatchObject({ data: { 'text/plain': 'two' }, transient: display.transient });
    expect(resultText(exchange)).toBeUndefined();
  });

  it('shows any JSON MIME type as an object, with metadata and a text twin', async () => {
    const [content] = ofType(await kernel.execute('display({ "application/vnd.test+json": { rows: [1, null, "x"] } }, { metadata: { wide: true } });'), 'display_data');
    expect(content).toMatchObject({ data: { 'application/vnd.test+json': { rows: [1, null, 'x'] } }, metadata: { wide: true } });
    expect(typeof (content.data as Record<string, unknown>)['text/plain']).toBe('string');
  });

  it('shows objects that carry their own form', async () => {
    const [result] = ofType(await kernel.execute('({ [Symbol.for("Jupyter.display")]: async () => ({ "text/markdown": "**own**", "text/plain": "own" }) })'), 'execute_result');
    expect(result.data).toEqual({ 'text/markdown': '**own**', 'text/plain': 'own' });
  });

  it('clears outputs now, or when the next one comes', async () => {
    const exchange = await kernel.execute('clearOutput(); clearOutput(true)');
    expect(ofType(exchange, 'clear_output')).toEqual([{ wait: false }, { wait: true }]);
  });

  it('gives late output to the cell that asked for it', async () => {
    const id = await kernel.post('execute_request', executeContent('setTimeout(() => console.log("from the first"), 300); void (async () => { await new Promise((r) => setTimeout(r, 350)); console.log("after an await") })();'));
    await kernel.outputs(id);
    const second = await kernel.execute('await new Promise((resolve) => setTimeout(resolve, 600)); console.log("from the second")');
    expect(streamText(second)).toBe('from the second\n');
    const late = kernel.iopub.filter((message) => message.parentHeader.msg_id === id && message.header.msg_type === 'stream').map((message) => (message.content as { text: string }).text).join('');
    expect(late).toBe('from the first\nafter an await\n');
  });

  it('gives what Node calls back later to the cell that handed the function over', async () => {
    await kernel.execute('import { EventEmitter } from "node:events"; import { readFile, writeFileSync } from "node:fs"; import { randomBytes } from "node:crypto"; import { Readable } from "node:stream"; import { Worker } from "node:worker_threads"; import { exec } from "node:child_process"; import { setTimeout as nodeTimeout } from "node:timers"; const bus = new EventEmitter(); const port = new EventTarget(); writeFileSync("late.txt", "x");');
    const makers: Readonly<Record<string, string>> = {
      emitter: 'bus.on("tick", () => console.log("emitter")); bus.once("tick", () => console.log("emitter once"));',
      target: 'port.addEventListener("tick", () => console.log("target"));',
      file: 'readFile("late.txt", () => { const end = Date.now() + 60; while (Date.now() < end); readFile("late.txt", () => setTimeout(() => console.log("file"), 200)); });',
      crypto: 'setTimeout(() => randomBytes(8, () => console.log("crypto")), 250);',
      stream: 'new Readable({ read() { setTimeout(() => this.push("s"), 250); } }).once("data", () => console.log("stream"));',
      worker: 'const thread = new Worker("setTimeout(() => { require(\'node:worker_threads\').parentPort.postMessage(1); console.log(\'printed\') }, 250)", { eval: true }); thread.on("message", () => console.log("worker"));',
      child: 'exec("sleep 0.3; echo child", (_, out) => process.stdout.write(out));',
      timer: 'nodeTimeout(() => console.log("timer"), 250);'
    };
    const ids = new Map<string, string>();
    for (const [name, code] of Object.entries(makers)) {
      ids.set(name, await kernel.post('execute_request', executeContent(code)));
      await kernel.outputs(ids.get(name)!);
    }
    const last = await kernel.execute('bus.emit("tick"); port.dispatchEvent(new Event("tick")); await new Promise((r) => setTimeout(r, 1500)); bus.emit("tick"); bus.listenerCount("tick")');
    expect(streamText(last)).toBe('');
    expect(resultText(last)).toBe('1');
    const texts = Object.fromEntries([...ids].map(([name, id]) => [name, kernel.iopub.filter((message) => message.parentHeader.msg_id === id && message.header.msg_type === 'stream').map((message) => (message.content as { text: string }).text).join('')]));
    expect(texts).toEqual({ emitter: 'emitter\nemitter once\nemitter\n', target: 'target\n', file: 'file\n', crypto: 'crypto\n', stream: 'stream\n', worker: expect.stringMatching(/^(?=[^]*worker\n)(?=[^]*printed\n)/) as string, child: 'child\n', timer: 'timer\n' });
  });

  it('lets listeners be taken away by the function that was handed over', async () => {
    await kernel.execute('let heard = 0; const hear = () => { heard++; }; const source2 = new EventEmitter(); const target2 = new EventTarget(); source2.on("a", hear); source2.once("a", hear); source2.prependListener("a", hear); target2.addEventListener("a", hear);');
    expect(await kernel.text('const same = source2.listeners("a").every((one) => one === hear); source2.off("a", hear); source2.removeListener("a", hear); source2.off("a", hear); target2.removeEventListener("a", hear); source2.emit("a"); target2.dispatchEvent(new Event("a")); `${same} ${heard} ${source2.listenerCount("a")}`')).toBe("'true 0 0'");
  });

  it('survives errors in timers and promises that nobody awaits, and prints them', async () => {
    const exchange = await kernel.execute('setTimeout(() => { throw new RangeError("in a timer") }, 20); void Promise.reject(new Error("not awaited")); await new Promise((resolve) => setTimeout(resolve, 200));');
    expect(streamText(exchange, 'stderr')).toContain('RangeError: in a timer');
    expect(streamText(exchange, 'stderr')).toContain('Error: not awaited');
    expect(await kernel.text('"alive"')).toBe("'alive'");
  });
});
