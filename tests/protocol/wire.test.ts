/** The wire protocol message by message, where `messages` and `execute` do not look. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dealer } from 'zeromq';
import { executeContent, KernelProcess, ofType, resultText, streamText, type Message } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
});
afterAll(() => kernel.stop());

const UUID = /^[\da-f]{8}-[\da-f]{4}-/;

describe('headers', () => {
  it('carry a date with time zone, the version, one session of the kernel and ids that never repeat', async () => {
    await kernel.execute('console.log(1); 2');
    const headers = kernel.iopub.map((message) => message.header);
    for (const { date, version, session } of headers) {
      expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
      expect(version).toBe('5.5');
      expect(session).toMatch(UUID);
      expect(session).not.toBe(kernel.session);
    }
    expect(new Set(headers.map(({ session }) => session)).size).toBe(1);
    expect(new Set(headers.map(({ msg_id: id }) => id)).size).toBe(headers.length);
  });

  it('of everything that a request brought about name it as parent, whole', async () => {
    const { reply, outputs } = await kernel.execute('console.log(1); display({ "text/plain": "d" }); 2');
    for (const { parentHeader } of [reply, ...outputs]) expect(parentHeader).toMatchObject({ msg_id: reply.parentHeader.msg_id, msg_type: 'execute_request', session: kernel.session, username: 'test', version: '5.5' });
  });

  it('of the first status says starting, without a parent', () => {
    const [first] = kernel.iopub.filter(({ header }) => header.msg_type === 'status');
    expect(['starting', 'busy']).toContain(first.content.execution_state);
    const [welcome] = kernel.iopub.filter(({ header }) => header.msg_type === 'iopub_welcome');
    expect([welcome.content, welcome.parentHeader]).toEqual([{ subscription: '' }, {}]);
  });

  it('stand behind a topic', async () => {
    const { outputs } = await kernel.execute('console.log(1)');
    expect(outputs.map(({ topic }) => topic!.replace(/^kernel\.[^.]+/, 'kernel.ID'))).toEqual(['kernel.ID.status', 'kernel.ID.execute_input', 'stream.stdout', 'kernel.ID.status']);
  });
});

describe('every request', () => {
  it.each([
    ['kernel_info_request', {}],
    ['complete_request', { code: 'Mat', cursor_pos: 3 }],
    ['inspect_request', { code: 'Math', cursor_pos: 4, detail_level: 0 }],
    ['is_complete_request', { code: '1' }],
    ['history_request', { hist_access_type: 'tail', n: 1, output: false, raw: true }],
    ['comm_info_request', {}],
    ['connect_request', {}],
    ['interrupt_request', {}]
  ])('%s is answered between busy and idle, with a status', async (type, content) => {
    const { reply, outputs } = await kernel.request(type, content);
    expect(reply.header.msg_type).toBe(type.replace('_request', '_reply'));
    expect(reply.content.status).toBe(type === 'is_complete_request' ? 'complete' : 'ok');
    expect(outputs.map((message) => message.content.execution_state)).toEqual(['busy', 'idle']);
  });

  it.each([['usage_request'], ['kernel_info_request'], ['connect_request'], ['interrupt_request']])('%s works on control', async (type) => {
    const { reply } = await kernel.request(type, {}, 'control');
    expect(reply.content.status).toBe('ok');
    if (type === 'usage_request') expect(reply.content).toMatchObject({ pid: kernel.process.pid, kernel_memory: expect.any(Number) as number, host_virtual_memory: { total: expect.any(Number) as number } });
    if (type === 'connect_request') expect(reply.content).toMatchObject({ ...kernel.ports });
  });
});

describe('execute', () => {
  it('says in its metadata when it started', async () => {
    const { reply } = await kernel.execute('await new Promise((r) => setTimeout(r, 60))');
    const took = Date.parse(reply.header.date) - Date.parse(reply.metadata.started as string);
    expect(took).toBeGreaterThanOrEqual(50);
    expect(reply.metadata).toMatchObject({ status: 'ok' });
  });

  it('broadcasts nothing when silent: no text, no display, no error', async () => {
    const { reply, outputs } = await kernel.execute('console.log("quiet"); console.error("quiet"); display({ "text/plain": "quiet" }); clearOutput(); throw new Error("quiet")', { silent: true });
    expect(reply.content).toMatchObject({ status: 'error', ename: 'Error', evalue: 'quiet' });
    expect(outputs.map(({ header }) => header.msg_type)).toEqual(['status', 'status']);
    expect(streamText(await kernel.execute('console.log("loud")'))).toBe('loud\n');
  });

  it('of nothing is well and counts nothing', async () => {
    const before = (await kernel.execute('0')).reply.content.execution_count as number;
    for (const code of ['', '   \n', '// only a comment']) expect((await kernel.execute(code)).reply.content.status).toBe('ok');
    const { execution_count: after } = (await kernel.execute('0')).reply.content as { execution_count: number };
    expect(after - before).toBeLessThanOrEqual(2);
  });

  it('answers a failure with name, text and lines, on both sockets, and counts it', async () => {
    const before = (await kernel.execute('0')).reply.content.execution_count as number;
    const { reply, outputs } = await kernel.execute('throw new RangeError("far")');
    const [error] = outputs.filter(({ header }) => header.msg_type === 'error');
    expect(reply.content).toMatchObject({ status: 'error', ename: 'RangeError', evalue: 'far', execution_count: before + 1 });
    expect((reply.content.traceback as unknown[]).every((line) => typeof line === 'string')).toBe(true);
    expect(Object.keys(error.content).sort()).toEqual(['ename', 'evalue', 'traceback']);
    expect(outputs.at(-1)!.content.execution_state).toBe('idle');
  });

  it('evaluates user expressions after the code, each by itself', async () => {
    const { reply } = await kernel.execute('const five = 5', { user_expressions: { good: 'five + 1', thrown: '(() => { throw new TypeError("u") })()', typed: 'five.nosuch', html: '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>5</b>", "text/plain": "5" }) })' } });
    expect(reply.content).toMatchObject({ status: 'ok', user_expressions: { good: { status: 'ok', data: { 'text/plain': '6' }, metadata: {} }, thrown: { status: 'error', ename: 'TypeError', evalue: 'u' }, typed: { status: 'error', ename: 'TypeScriptError' }, html: { status: 'ok', data: { 'text/html': '<b>5</b>' } } } });
  });

  it('offers text for the next cell as payload', async () => {
    await kernel.execute('import { writeFileSync } from "node:fs"; writeFileSync("part.ts", "const part = 1;");');
    expect((await kernel.execute('%load part.ts')).reply.content.payload).toMatchObject([{ source: 'set_next_input', text: expect.stringContaining('const part') as string }]);
  });

  it('takes a megabyte of code, and characters of every plane', async () => {
    expect(await kernel.text(`"${'長'.repeat(300_000)}".length`)).toBe('300000');
    expect(await kernel.text('"\u{1F600}𝒳 \\u0000 \\ud800".length')).toBe('8');
  });

  it('aborts with a status only, and answers other requests meanwhile', async () => {
    const failing = await kernel.post('execute_request', executeContent('await new Promise((r) => setTimeout(r, 300)); throw new Error("stop")'));
    const aborted = await kernel.post('execute_request', executeContent('"must not run"'));
    const info = await kernel.post('is_complete_request', { code: '1' });
    expect((await kernel.reply(failing)).content.status).toBe('error');
    // no number: JupyterLab would print it beside a cell that did not run
    expect((await kernel.reply(aborted)).content).toEqual({ status: 'aborted' });
    expect((await kernel.reply(info)).content.status).toBe('complete');
    expect((await kernel.outputs(aborted)).map(({ header }) => header.msg_type)).toEqual(['status', 'status']);
  });
});

describe('displays', () => {
  it('are updated from a later cell, by handle and by id, and keep their own id', async () => {
    const [made] = ofType(await kernel.execute('const shown7 = display({ "text/plain": "1" }, { id: "seven" });'), 'display_data');
    expect(made.transient).toEqual({ display_id: 'seven' });
    const later = await kernel.execute('shown7.update({ "text/plain": "2" }); display({ "text/plain": "3" }, { id: "seven", update: true });');
    expect(ofType(later, 'update_display_data')).toMatchObject([{ data: { 'text/plain': '2' }, transient: { display_id: 'seven' } }, { data: { 'text/plain': '3' }, transient: { display_id: 'seven' } }]);
    expect(ofType(later, 'display_data')).toEqual([]);
  });

  it('hold bytes as base64, JSON as objects, text as text', async () => {
    const [shown] = ofType(await kernel.execute('display({ "image/png": new Uint8Array([137, 80]), "application/json": { a: [1, null] }, "application/vnd.x.v1+json": [1], "text/html": "<i>" })'), 'display_data');
    expect(shown.data).toMatchObject({ 'image/png': 'iVA=', 'application/json': { a: [1, null] }, 'application/vnd.x.v1+json': [1], 'text/html': '<i>' });
  });
});

describe('completion', () => {
  const complete = async (marked: string): Promise<{ matches: string[]; cursor_start: number; cursor_end: number; metadata: { _jupyter_types_experimental: { text: string; type: string }[] } }> => {
    const code = marked.replace('|', '');
    return (await kernel.request('complete_request', { code, cursor_pos: [...marked.slice(0, marked.indexOf('|'))].length })).reply.content as never;
  };

  it.each([
    ['Mat|', 'Math', 0, 3],
    ['Math.ma|', 'max', 5, 7],
    ['const a = "𝒳😀"; Math.ma|x(1)', 'max', 21, 24],
    ['import { readFileS| } from "node:fs"', 'readFileSync', 9, 18],
    ['import { x } from "node:f|"', 'node:fs', 19, 25],
    ['process.en|', 'env', 8, 10],
    ['await Promise.al|', 'all', 14, 16],
    ['const o9 = { first: 1, second: 2 };\no9.|', 'first', 39, 39]
  ])('%s', async (marked, match, start, end) => {
    const { matches, cursor_start, cursor_end, metadata } = await complete(marked);
    expect(matches).toContain(match);
    expect([cursor_start, cursor_end]).toEqual([start, end]);
    expect(metadata._jupyter_types_experimental.map(({ text }) => text)).toEqual(matches);
    for (const { type } of metadata._jupyter_types_experimental) expect(type).toMatch(/^[a-z ]+$/);
  });

  it('offers the members of a union of texts inside quotes', async () => {
    await kernel.execute('function choose(side: "left" | "right") { return side; }');
    expect((await complete('choose("|")')).matches).toEqual(['left', 'right']);
    expect((await complete('choose("le|")')).matches).toEqual(['left']);
  });

  it('survives cursors that lie nowhere', async () => {
    for (const cursor_pos of [-5, 1e9, null, 'x']) expect((await kernel.request('complete_request', { code: 'Math.', cursor_pos })).reply.content).toMatchObject({ status: 'ok', matches: expect.any(Array) as unknown[] });
    expect((await kernel.request('complete_request', { code: '', cursor_pos: 0 })).reply.content).toMatchObject({ status: 'ok', cursor_start: 0, cursor_end: 0 });
  });
});

describe('inspection', () => {
  it('tells more at detail level 1: the source of a function', async () => {
    await kernel.execute('/** doubles */\nfunction twice9(n: number): number {\n  return 2 * n;\n}');
    const text = async (detail_level: number): Promise<string> => ((await kernel.request('inspect_request', { code: 'twice9(1)', cursor_pos: 3, detail_level })).reply.content.data as Record<string, string>)['text/plain'];
    expect(await text(0)).toMatch(/function twice9\(n: number\): number[^]*doubles/);
    expect(await text(0)).not.toContain('return 2 * n');
    expect(await text(1)).toContain('return 2 * n');
  });

  it('finds nothing in blanks, strings and beyond the end', async () => {
    for (const [code, cursor_pos] of [['   ', 1], ['', 0], ['1', 99], ['"text"', 3]] as const) expect((await kernel.request('inspect_request', { code, cursor_pos, detail_level: 0 })).reply.content).toMatchObject({ status: 'ok', found: false });
  });
});

describe('comms', () => {
  it('carry binary buffers both ways, also when they are opened', async () => {
    await kernel.execute('let got9 = ""; comms.onOpen("binary", (comm, data, buffers) => { got9 = `${JSON.stringify(data)} ${buffers.map((b) => [...b].join("-")).join()}`; comm.onMessage = (_, more) => comm.send({}, { buffers: more.map((b) => Uint8Array.from(b, (x) => 255 - x)) }); comm.onClose = () => console.log("closed"); });');
    await kernel.outputs(await kernel.post('comm_open', { comm_id: 'b1', target_name: 'binary', data: { a: 1 } }, 'shell', [Buffer.from([0, 255]), Buffer.from([7])]));
    expect(await kernel.text('got9')).toBe(`'{"a":1} 0-255,7'`);
    const outputs = await kernel.outputs(await kernel.post('comm_msg', { comm_id: 'b1', data: {} }, 'shell', [Buffer.alloc(100_000, 1)]));
    const [back] = outputs.filter(({ header }) => header.msg_type === 'comm_msg');
    expect([back.buffers[0].length, back.buffers[0][99_999]]).toEqual([100_000, 254]);
    const closed = await kernel.outputs(await kernel.post('comm_close', { comm_id: 'b1', data: {} }));
    expect(closed.filter(({ header }) => header.msg_type === 'stream')).toMatchObject([{ content: { text: 'closed\n' } }]);
  });

  it('of handlers that fail are reported, and the kernel lives', async () => {
    await kernel.execute('comms.onOpen("broken", () => { throw new Error("in the handler"); });');
    const outputs = await kernel.outputs(await kernel.post('comm_open', { comm_id: 'x1', target_name: 'broken', data: {} }));
    expect(JSON.stringify(outputs.map(({ content }) => content))).toContain('in the handler');
    await kernel.outputs(await kernel.post('comm_msg', { comm_id: 'no such comm', data: {} }));
    expect(await kernel.text('1')).toBe('1');
  });
});

describe('two clients of one kernel', () => {
  it('get their own replies, and both see all output', async () => {
    const other = new Dealer({ routingId: randomUUID(), linger: 0 });
    other.connect(`tcp://127.0.0.1:${kernel.ports.shell_port}`);
    const id = randomUUID();
    await other.send(kernel.frames('execute_request', executeContent('"from the other"'), { id }));
    const mine = kernel.execute('"from me"');
    const frames = await other.receive();
    const at = frames.findIndex((frame) => frame.toString() === '<IDS|MSG>');
    expect(JSON.parse(frames[at + 3].toString())).toMatchObject({ msg_id: id });
    expect(resultText(await mine)).toBe("'from me'");
    expect(resultText({ reply: {} as Message, outputs: await kernel.outputs(id) })).toBe("'from the other'");
    other.close();
  });
});

describe('history', () => {
  it('tells ranges, tails and searches apart', async () => {
    for (const code of ['"h-one"', '"h-two"', '"h-one"']) await kernel.execute(code);
    const ask = async (content: object): Promise<[number, number, unknown][]> => (await kernel.request('history_request', { output: false, raw: true, ...content })).reply.content.history as never;
    const tail = await ask({ hist_access_type: 'tail', n: 3 });
    expect(tail.map(([, , input]) => input)).toEqual(['"h-one"', '"h-two"', '"h-one"']);
    const line = tail[0][1];
    expect((await ask({ hist_access_type: 'range', session: 0, start: line, stop: line + 2 })).length).toBe(2);
    expect((await ask({ hist_access_type: 'search', pattern: '"h-*', n: 10 })).length).toBe(3);
    expect((await ask({ hist_access_type: 'search', pattern: '"h-*', n: 10, unique: true })).length).toBe(2);
    expect((await ask({ hist_access_type: 'search', pattern: '"h-?ne"', n: 1, output: true }))[0][2]).toEqual(['"h-one"', "'h-one'"]);
    expect(await ask({ hist_access_type: 'range', session: 99_999, start: 0, stop: 5 })).toEqual([]);
  });
});

describe('is_complete', () => {
  it.each([
    ['const a = 1', 'complete'],
    ['class A {\n  m() {', 'incomplete'],
    ['if (x) {\n  y();\n}', 'complete'],
    ['x = [1,\n2', 'incomplete'],
    ['"unfinished', 'invalid'],
    ['const f = (a: number) =>', 'incomplete'],
    ['%who', 'complete'],
    ['%%sem', 'incomplete'],
    ['%%sem s\nf =~ a + b\n', 'complete'],
    ['', 'complete'],
    ['for (const x of y) {', 'incomplete'],
    ['a b c', 'invalid'],
    ['import { x', 'incomplete'],
    ['await (', 'incomplete'],
    ['x ? 1 :', 'incomplete'],
    ['1 +', 'incomplete'],
    ['({ a: 1', 'incomplete'],
    ['/* open', 'incomplete'],
    ['}', 'invalid']
  ])('%s', async (code, status) => {
    expect((await kernel.request('is_complete_request', { code })).reply.content.status).toBe(status);
  });
});

describe('shutdown', () => {
  it('on shell works as on control', async () => {
    const other = await KernelProcess.start();
    const id = await other.post('shutdown_request', { restart: true });
    expect((await other.reply(id)).content).toEqual({ status: 'ok', restart: true });
    expect(await other.exited()).toBe(0);
    await other.stop();
  });
});
