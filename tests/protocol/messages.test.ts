import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeContent, KernelProcess, ofType, streamText } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
});
afterAll(() => kernel.stop());

interface Completion {
  readonly matches: readonly string[];
  readonly cursor_start: number;
  readonly cursor_end: number;
  readonly metadata: { readonly _jupyter_types_experimental: readonly { readonly text: string; readonly type: string; readonly start: number; readonly end: number }[] };
}

async function complete(code: string, cursor: number = [...code].length): Promise<Completion> {
  return (await kernel.request('complete_request', { code, cursor_pos: cursor })).reply.content as unknown as Completion;
}

describe('kernel_info', () => {
  it('tells protocol, language and how to edit it, on shell and on control', async () => {
    for (const channel of ['shell', 'control'] as const) {
      const { reply, outputs } = await kernel.request('kernel_info_request', {}, channel);
      expect(reply.content).toMatchObject({ status: 'ok', protocol_version: '5.5', implementation: 'semlab', language_info: { name: 'typescript', mimetype: 'application/typescript', file_extension: '.ts', codemirror_mode: 'typescript' }, debugger: false });
      expect(outputs.map((message) => message.header.msg_type)).toEqual(['status', 'status']);
    }
  });

  it('is answered before the compiler is loaded', async () => {
    const other = await KernelProcess.start();
    const started = Date.now();
    await other.request('kernel_info_request', {});
    // The first cell waits for the compiler; the first answer must not.
    const answered = Date.now() - started;
    await other.execute('1');
    expect(answered).toBeLessThan(Date.now() - started);
    await other.stop();
  });
});

describe('completion', () => {
  it('knows members, with types and the range they replace', async () => {
    await kernel.execute('const fit = { paths: [1], measures: { cfi: 0.9 } };');
    const answer = await complete('fit.me');
    expect(answer).toMatchObject({ matches: ['measures'], cursor_start: 4, cursor_end: 6 });
    expect(answer.metadata._jupyter_types_experimental).toEqual([{ text: 'measures', type: 'property', start: 4, end: 6 }]);
  });

  it('counts the cursor in code points', async () => {
    const answer = await complete('"𝒳𝒴"; fit.pa');
    expect(answer).toMatchObject({ matches: ['paths'], cursor_start: 10, cursor_end: 12 });
  });

  it('offers magics, their options and their values', async () => {
    expect((await complete('%%htm')).matches).toEqual(['%%html']);
    expect((await complete('%typec')).matches).toEqual(['%typecheck']);
    expect((await complete('%%html --he')).matches).toEqual(['--help']);
    expect((await complete('const a = 1;\n%wh')).matches).toEqual(['%who']);
  });

  it('offers files relative to the folder of the kernel', async () => {
    await kernel.execute('import { writeFileSync } from "node:fs"; writeFileSync("answers 2024.csv", "a"); writeFileSync("answers.sav", "a");');
    expect((await complete('%load ans')).matches).toEqual(['"answers 2024.csv"', 'answers.sav']);
  });

  it('answers with nothing for a magic that does not exist', async () => {
    expect(await complete('%%nosuch\nbody')).toMatchObject({ matches: [], status: 'ok' });
  });
});

describe('inspection', () => {
  it('shows type, documentation and value, as text and as Markdown', async () => {
    await kernel.execute('/** how many answers count */\nconst valid = 455;');
    const { reply } = await kernel.request('inspect_request', { code: 'valid + 1', cursor_pos: 3, detail_level: 0 });
    const { found, data } = reply.content as unknown as { found: boolean; data: Record<string, string> };
    expect(found).toBe(true);
    expect(data['text/plain']).toContain('const valid: 455');
    expect(data['text/plain']).toContain('how many answers count');
    expect(data['text/plain']).toContain('value: 455');
    expect(data['text/markdown']).toContain('```ts');
  });

  it('finds nothing for an unknown name', async () => {
    const { reply } = await kernel.request('inspect_request', { code: 'nosuchname', cursor_pos: 4, detail_level: 0 });
    expect(reply.content).toMatchObject({ status: 'ok', found: false, data: {} });
  });

  it('shows the manual page of a magic', async () => {
    const { reply } = await kernel.request('inspect_request', { code: '%%html\n<b>', cursor_pos: 3, detail_level: 0 });
    expect((reply.content as unknown as { data: Record<string, string> }).data['text/markdown']).toContain('show the body as HTML'.replace(/^s/, 'S'));
  });
});

describe('is_complete', () => {
  const status = async (code: string): Promise<string> => ((await kernel.request('is_complete_request', { code })).reply.content as { status: string }).status;

  it('tells whole cells, unfinished ones and wrong ones apart', async () => {
    for (const code of ['1', 'const x = `a\nb`', 'function f() {\n  return 1\n}', '%who', 'await 1']) expect([code, await status(code)]).toEqual([code, 'complete']);
    for (const code of ['function f() {', 'const x = `a', 'foo(', 'const a =', '/* comment', '[1,', '%%html']) expect([code, await status(code)]).toEqual([code, 'incomplete']);
    for (const code of ['const 1 = 2', '}', 'let x = )', 'foo bar baz']) expect([code, await status(code)]).toEqual([code, 'invalid']);
  });

  it('indents after a bracket', async () => {
    expect((await kernel.request('is_complete_request', { code: '  if (a) {' })).reply.content).toEqual({ status: 'incomplete', indent: '    ' });
  });
});

describe('history', () => {
  it('answers tail, range and search, with outputs when asked', async () => {
    await kernel.execute('"needle".length');
    const ask = async (content: object): Promise<unknown[][]> => ((await kernel.request('history_request', { output: false, raw: true, ...content })).reply.content as unknown as { history: unknown[][] }).history;
    const [[session, line, input]] = await ask({ hist_access_type: 'tail', n: 1 });
    expect(input).toBe('"needle".length');
    expect(await ask({ hist_access_type: 'range', session: 0, start: line, stop: (line as number) + 1, output: true })).toEqual([[session, line, ['"needle".length', '6']]]);
    expect((await ask({ hist_access_type: 'search', pattern: '*needle*', n: 10 })).length).toBe(1);
    expect(await ask({ hist_access_type: 'search', pattern: 'no such thing' })).toEqual([]);
  });

  it('is kept for the next kernel', async () => {
    const environment = { JUPYTER_DATA_DIR: `${kernel.folder}/kept` };
    const first = await KernelProcess.start(environment);
    await first.execute('const remembered = 1');
    await first.stop();
    const second = await KernelProcess.start(environment);
    const { reply } = await second.request('history_request', { hist_access_type: 'tail', n: 1, output: false, raw: true });
    expect((reply.content as unknown as { history: unknown[][] }).history[0].slice(1)).toEqual([1, 'const remembered = 1']);
    await second.stop();
  });
});

describe('comms', () => {
  it('opens, uses, lists and closes a channel from the kernel', async () => {
    const exchange = await kernel.execute('const channel = comms.open("test.target", { start: 1 }, { metadata: { version: "2" } }); const got: unknown[] = []; channel.onMessage = (data, buffers) => { got.push(data, buffers.length); channel.send({ echo: data }, { buffers: [new Uint8Array([1, 2])] }); }; channel.id');
    const [open] = ofType(exchange, 'comm_open') as { comm_id: string }[];
    expect(open).toMatchObject({ target_name: 'test.target', data: { start: 1 } });
    expect((await kernel.request('comm_info_request', {})).reply.content).toEqual({ status: 'ok', comms: { [open.comm_id]: { target_name: 'test.target' } } });
    expect((await kernel.request('comm_info_request', { target_name: 'other' })).reply.content).toEqual({ status: 'ok', comms: {} });
    const id = await kernel.post('comm_msg', { comm_id: open.comm_id, data: { ask: 5 } }, 'shell', [Buffer.from([9])]);
    const back = (await kernel.outputs(id)).find((message) => message.header.msg_type === 'comm_msg')!;
    expect(back.content).toMatchObject({ comm_id: open.comm_id, data: { echo: { ask: 5 } } });
    expect([...back.buffers[0]]).toEqual([1, 2]);
    expect(await kernel.text('got')).toBe('[ { ask: 5 }, 1 ]');
    expect(ofType(await kernel.execute('channel.close()'), 'comm_close')).toMatchObject([{ comm_id: open.comm_id }]);
    expect((await kernel.request('comm_info_request', {})).reply.content).toEqual({ status: 'ok', comms: {} });
  });

  it('hears of channels that the front end opens, and closes those that nobody wants', async () => {
    await kernel.execute('let opened: unknown; comms.onOpen("wanted", (comm, data) => { opened = data; comm.send({ hello: true }); });');
    const wanted = await kernel.outputs(await kernel.post('comm_open', { comm_id: 'c1', target_name: 'wanted', data: { a: 1 } }));
    expect(wanted.some((message) => message.header.msg_type === 'comm_msg')).toBe(true);
    expect(await kernel.text('opened')).toBe('{ a: 1 }');
    const unwanted = await kernel.outputs(await kernel.post('comm_open', { comm_id: 'c2', target_name: 'nobody', data: {} }));
    expect(unwanted.find((message) => message.header.msg_type === 'comm_close')!.content).toMatchObject({ comm_id: 'c2' });
  });
});

describe('questions to the person', () => {
  it('wait synchronously with prompt', async () => {
    const id = await kernel.post('execute_request', executeContent('const name = prompt("your name?"); `hello ${name}`'));
    expect((await kernel.question()).content).toEqual({ prompt: 'your name?', password: false });
    await kernel.answer('Ada 𝒳');
    expect(((await kernel.outputs(id)).find((message) => message.header.msg_type === 'execute_result')!.content as unknown as { data: Record<string, string> }).data['text/plain']).toBe("'hello Ada 𝒳'");
  });

  it('wait asynchronously with input', async () => {
    const id = await kernel.post('execute_request', executeContent('await input("secret?", { password: true })'));
    expect((await kernel.question()).content).toEqual({ prompt: 'secret?', password: true });
    await kernel.answer('s3');
    expect(JSON.stringify((await kernel.outputs(id)).map((message) => message.content))).toContain("'s3'");
  });

  it('are refused where nobody can answer', async () => {
    const { reply } = await kernel.execute('prompt("anybody?")', { allow_stdin: false });
    expect(reply.content).toMatchObject({ status: 'error', evalue: 'this front end takes no input from cells' });
  });

  it('can be interrupted', async () => {
    const id = await kernel.post('execute_request', executeContent('prompt("never answered")'));
    await kernel.question();
    await kernel.request('interrupt_request', {}, 'control');
    expect((await kernel.reply(id)).content).toMatchObject({ status: 'error', ename: 'Interrupted' });
    expect(await kernel.text('1 + 1')).toBe('2');
  });
});

describe('while a cell computes', () => {
  it('heartbeat and control are answered', async () => {
    const id = await kernel.post('execute_request', executeContent('const end = Date.now() + 2000; while (Date.now() < end) {}'));
    await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === id), 'busy');
    const started = Date.now();
    expect(await kernel.heartbeat('alive?')).toBe('alive?');
    await kernel.request('kernel_info_request', {}, 'control');
    expect(Date.now() - started).toBeLessThan(1500);
    await kernel.outputs(id);
  });

  it('a debugger is politely declined', async () => {
    const { reply } = await kernel.request('debug_request', { type: 'request', seq: 3, command: 'initialize', arguments: {} }, 'control');
    expect(reply.content).toMatchObject({ type: 'response', request_seq: 3, command: 'initialize', success: false });
  });

  it('subshells are politely declined', async () => {
    for (const channel of ['shell', 'control'] as const) expect((await kernel.request('create_subshell_request', {}, channel)).reply.content).toMatchObject({ status: 'error' });
  });
});

describe('bad messages', () => {
  it('10,000 of them neither end the kernel nor reach a cell', async () => {
    const good = kernel.frames('execute_request', executeContent('console.log("must not run")')).map((part) => Buffer.from(part));
    const flipped = (): Buffer[] => {
      const parts = good.map((part) => Buffer.from(part));
      const part = parts[2 + Math.floor(Math.random() * 4)];
      part[Math.floor(Math.random() * part.length)] ^= 1 << Math.floor(Math.random() * 8);
      return parts;
    };
    const makers: (() => (Buffer | string)[])[] = [
      () => kernel.frames('execute_request', executeContent('console.log("forged")'), { key: 'wrong key' }),
      () => ['<IDS|MSG>'],
      () => ['<IDS|MSG>', '', '{}', '{}', '{}', '{}'],
      () => [randomBytes(40)],
      () => [randomBytes(3), '<IDS|MSG>', randomBytes(32), randomBytes(10), '{}', '{}'],
      () => good.slice(0, 1 + Math.floor(Math.random() * 5)),
      () => ['', '', ''],
      flipped
    ];
    for (let i = 0; i < 10_000; i++) await kernel.sendRaw(makers[i % makers.length](), i % 5 === 0 ? 'control' : 'shell');
    const exchange = await kernel.execute('console.log("still here")');
    expect(streamText(exchange)).toBe('still here\n');
    expect(streamText(exchange, 'stderr')).toBe('');
    expect(kernel.iopub.some((message) => message.header.msg_type === 'stream' && /must not run|forged/.test((message.content as { text: string }).text))).toBe(false);
    expect(kernel.stderr).toContain('wrong signature');
    expect(kernel.stderr.length).toBeLessThan(20_000);
  });

  it('rightly signed ones with wrong content are answered or dropped', async () => {
    await kernel.sendRaw(kernel.frames('execute_request', {}));
    await kernel.sendRaw(kernel.frames('complete_request', { code: 5, cursor_pos: 'x' }));
    await kernel.sendRaw(kernel.frames('comm_msg', {}));
    await kernel.sendRaw(kernel.frames('input_reply', { value: 'nobody asked' }));
    await kernel.sendRaw(kernel.frames('no_such_thing', {}));
    expect(await kernel.text('"fine"')).toBe("'fine'");
  });

  it('strangers who speak another protocol are hung up on', async () => {
    const { connect } = await import('node:net');
    await new Promise<void>((resolve, reject) => {
      const socket = connect(kernel.ports.shell_port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.padEnd(100)));
      socket.on('close', () => resolve());
      socket.on('error', reject);
      socket.resume();
    });
    expect(await kernel.text('1')).toBe('1');
  });
});

describe('the end', () => {
  it('comes with a reply, also while a cell computes, and leaves no process', async () => {
    for (const busy of [false, true]) {
      const other = await KernelProcess.start();
      await other.execute('setInterval(() => 0, 100);');
      if (busy) await other.post('execute_request', executeContent('await 0; for (;;) {}'));
      const id = await other.post('shutdown_request', { restart: busy }, 'control');
      expect((await other.reply(id)).content).toEqual({ status: 'ok', restart: busy });
      await other.exited();
      await other.stop();
    }
  });

  it('two kernels at once do not meet', async () => {
    const other = await KernelProcess.start();
    await Promise.all([kernel.execute('const mine = 1'), other.execute('const theirs = 2')]);
    expect(await kernel.failure('theirs')).toMatch(/TypeScriptError/);
    expect(await other.text('theirs')).toBe('2');
    await other.stop();
  });
});
