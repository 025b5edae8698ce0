/** The control channel is the shell channel on a socket of its own; and what neither of them obeys. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dealer, Request, Subscriber } from 'zeromq';
import { executeContent, KernelProcess, ofType, resultText, streamText } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
  await kernel.execute('const known = { alpha: 1 };');
});
afterAll(() => kernel.stop());

const QUICK: readonly (readonly [string, object, string])[] = [
  ['complete_request', { code: 'known.al', cursor_pos: 8 }, 'ok'],
  ['inspect_request', { code: 'known', cursor_pos: 2, detail_level: 0 }, 'ok'],
  ['is_complete_request', { code: '1' }, 'complete'],
  ['history_request', { hist_access_type: 'tail', n: 1, output: false, raw: true }, 'ok'],
  ['comm_info_request', {}, 'ok'],
  ['kernel_info_request', {}, 'ok']
];

describe('control', () => {
  it.each(QUICK)('answers %s as shell does, between busy and idle', async (type, content, status) => {
    const { reply, outputs } = await kernel.request(type, content, 'control');
    expect(reply.header.msg_type).toBe(type.replace('request', 'reply'));
    expect(reply.content.status).toBe(status);
    expect(reply.content).toEqual((await kernel.request(type, content)).reply.content);
    expect(outputs.map((message) => message.content.execution_state)).toEqual(['busy', 'idle']);
  });

  it('answers while a cell on shell waits', async () => {
    const cell = await kernel.post('execute_request', executeContent('console.log("start"); await new Promise(() => {});'));
    await kernel.until(() => kernel.iopub.some((message) => message.parentHeader.msg_id === cell && message.header.msg_type === 'stream'), 'start');
    for (const [type, content, status] of QUICK) expect((await kernel.request(type, content, 'control')).reply.content.status).toBe(status);
    await kernel.request('interrupt_request', {}, 'control');
    expect((await kernel.reply(cell)).content).toMatchObject({ ename: 'Interrupted' });
  });

  it('runs cells too, in their turn', async () => {
    const first = kernel.execute('await new Promise((r) => setTimeout(r, 100)); var order = ["shell"]');
    const second = await kernel.request('execute_request', executeContent('order.push("control"); order'), 'control');
    await first;
    expect(resultText(second)).toBe("[ 'shell', 'control' ]");
  });
});

describe('a message of no known type', () => {
  it.each(['shell', 'control'] as const)('on %s gets busy and idle, and no reply', async (channel) => {
    for (const type of ['nonsense_request', 'nonsense']) {
      const id = await kernel.post(type, { some: 'thing' }, channel);
      expect((await kernel.outputs(id)).map((message) => message.content.execution_state)).toEqual(['busy', 'idle']);
      // a reply would have come before this one
      await kernel.request('is_complete_request', { code: '1' }, channel);
      expect(kernel.hasReply(id)).toBe(false);
    }
  });
});

describe('a message sent a second time', () => {
  it('is not obeyed twice', async () => {
    const id = randomUUID();
    const frames = kernel.frames('execute_request', executeContent('console.log("obeyed")'), { id });
    await kernel.sendRaw(frames);
    await kernel.outputs(id);
    await kernel.sendRaw(frames);
    await kernel.sendRaw(frames, 'control');
    await kernel.execute('1');
    await kernel.request('is_complete_request', { code: '1' }, 'control');
    expect(kernel.iopub.filter((message) => message.parentHeader.msg_id === id && message.header.msg_type === 'stream').map((message) => message.content.text)).toEqual(['obeyed\n']);
    expect(kernel.stderr).toContain('the same message again');
  });
});

describe('the frames of a request', () => {
  it('may begin with more identities, which come back', async () => {
    const socket = new Dealer({ routingId: randomUUID(), linger: 0, receiveTimeout: 10_000 });
    socket.connect(`tcp://127.0.0.1:${kernel.ports.shell_port}`);
    await socket.send(['first', 'second', ...kernel.frames('kernel_info_request', {})]);
    expect((await socket.receive()).slice(0, 3).map(String)).toEqual(['first', 'second', '<IDS|MSG>']);
    socket.close();
  });

  it('may come from a client without identity, or one that waits for each reply', async () => {
    for (const socket of [new Dealer({ linger: 0, receiveTimeout: 10_000 }), new Request({ linger: 0, receiveTimeout: 10_000 })]) {
      const id = randomUUID();
      socket.connect(`tcp://127.0.0.1:${kernel.ports.shell_port}`);
      await socket.send(kernel.frames('kernel_info_request', {}, { id }));
      const frames = await socket.receive();
      expect(JSON.parse(frames[3].toString())).toMatchObject({ msg_id: id });
      socket.close();
    }
  });

  it('may lack what is not needed, and hold what nobody knows: the parent header is the request\'s own, whole', async () => {
    const id = randomUUID();
    await kernel.sendRaw(kernel.frames('kernel_info_request', {}, { id, header: { version: undefined, date: undefined, username: undefined, 'weiß nicht': '𝒳', nested: [1, null, { a: 0.1 }] } }));
    const expected = { msg_id: id, msg_type: 'kernel_info_request', session: kernel.session, 'weiß nicht': '𝒳', nested: [1, null, { a: 0.1 }] };
    expect((await kernel.reply(id)).parentHeader).toEqual(expected);
    for (const { parentHeader } of await kernel.outputs(id)) expect(parentHeader).toEqual(expected);
  });

  it.each([
    ['execute_request', {}],
    ['execute_request', { code: 5 }],
    ['execute_request', { code: '1', user_expressions: 5 }],
    ['execute_request', { code: '1', user_expressions: { a: null } }],
    ['complete_request', { code: 5, cursor_pos: 'x' }],
    ['inspect_request', {}],
    ['is_complete_request', {}],
    ['history_request', {}],
    ['history_request', { hist_access_type: 'tail', n: 'x' }],
    ['history_request', { hist_access_type: 'search', pattern: 7 }],
    ['comm_info_request', { target_name: 5 }]
  ])('%s with %j are answered, and the kernel lives', async (type, content) => {
    const { reply, outputs } = await kernel.request(type, content);
    expect(reply.content.status).toMatch(/^(ok|error|complete)$/);
    if (type === 'execute_request') expect(reply.content.execution_count).toEqual(expect.any(Number));
    expect(outputs.at(-1)!.content.execution_state).toBe('idle');
    expect(await kernel.text('1')).toBe('1');
  });

  it.each([
    ['comm_open', {}],
    ['comm_open', { comm_id: 5, target_name: null }],
    ['comm_msg', {}],
    ['comm_close', {}]
  ])('%s with %j bring only busy and idle, and a close for what cannot be opened', async (type, content) => {
    const outputs = await kernel.outputs(await kernel.post(type, content));
    expect(outputs.filter(({ header }) => header.msg_type === 'status').map((message) => message.content.execution_state)).toEqual(['busy', 'idle']);
    expect(outputs.filter(({ header }) => !['status', 'comm_close'].includes(header.msg_type))).toEqual([]);
  });
});

describe('iopub', () => {
  it('sends a subscriber what it subscribed to, a welcome for each subscription, and nothing after it took it back', async () => {
    const subscriber = new Subscriber({ linger: 0, receiveTimeout: 3000 });
    subscriber.connect(`tcp://127.0.0.1:${kernel.ports.iopub_port}`);
    const next = async (): Promise<{ topic: string; type: string; content: unknown }> => {
      const frames = (await subscriber.receive()).map(String);
      const at = frames.indexOf('<IDS|MSG>');
      return { topic: frames[0], type: (JSON.parse(frames[at + 2]) as { msg_type: string }).msg_type, content: JSON.parse(frames[at + 5]) as unknown };
    };
    subscriber.subscribe('stream.');
    expect(await next()).toMatchObject({ topic: 'stream.', type: 'iopub_welcome', content: { subscription: 'stream.' } });
    await kernel.execute('console.log("out"); console.error("err"); display({ "text/plain": "not a stream" }); 5');
    expect([(await next()).topic, (await next()).topic]).toEqual(['stream.stdout', 'stream.stderr']);
    subscriber.unsubscribe('stream.');
    subscriber.subscribe('zz');
    expect(await next()).toMatchObject({ type: 'iopub_welcome', content: { subscription: 'zz' } });
    await kernel.execute('console.log("unheard")');
    subscriber.receiveTimeout = 300;
    await expect(next()).rejects.toThrow();
    subscriber.close();
  });

  it('greets only who subscribed', async () => {
    const before = kernel.iopub.filter(({ header }) => header.msg_type === 'iopub_welcome').length;
    const subscriber = new Subscriber({ linger: 0, receiveTimeout: 3000 });
    subscriber.connect(`tcp://127.0.0.1:${kernel.ports.iopub_port}`);
    subscriber.subscribe('');
    await subscriber.receive();
    subscriber.close();
    await kernel.execute('1');
    expect(kernel.iopub.filter(({ header }) => header.msg_type === 'iopub_welcome').length).toBe(before);
  });
});

describe('heartbeat', () => {
  it('echoes messages of every shape', async () => {
    const socket = new Request({ linger: 0, receiveTimeout: 5000 });
    socket.connect(`tcp://127.0.0.1:${kernel.ports.hb_port}`);
    for (const parts of [[''], ['ping'], ['a', '', 'c'], [Buffer.from(Array.from({ length: 256 }, (_, i) => i))], [Buffer.alloc(1_000_000, 7)]]) {
      await socket.send(parts);
      expect((await socket.receive()).map((part) => part.toString('latin1'))).toEqual(parts.map((part) => Buffer.from(part).toString('latin1')));
    }
    socket.close();
  });
});

describe('a question to the person', () => {
  it('goes to the client whose cell asks, behind what it printed; a stale answer is not taken', async () => {
    const identity = randomUUID();
    const [shell, stdin] = [kernel.ports.shell_port, kernel.ports.stdin_port].map((port) => {
      const socket = new Dealer({ routingId: identity, linger: 0, receiveTimeout: 10_000 });
      socket.connect(`tcp://127.0.0.1:${port}`);
      return socket;
    });
    // Both sockets are known to the kernel once they were heard.
    await stdin.send(kernel.frames('input_reply', { value: 'stale' }));
    await shell.send(kernel.frames('kernel_info_request', {}));
    await shell.receive();
    const id = randomUUID();
    await shell.send(kernel.frames('execute_request', executeContent('console.log("before"); [prompt("a?"), await input("b?")]'), { id }));
    for (const [prompt, value] of [['a?', 'fresh'], ['b?', 'second']]) {
      const frames = (await stdin.receive()).map(String);
      expect(JSON.parse(frames.at(-1)!)).toEqual({ prompt, password: false });
      await stdin.send(kernel.frames('input_reply', { value }));
    }
    const outputs = await kernel.outputs(id);
    expect(streamText({ reply: outputs[0], outputs })).toBe('before\n');
    expect(resultText({ reply: outputs[0], outputs })).toBe("[ 'fresh', 'second' ]");
    shell.close();
    stdin.close();
  });
});

describe('user expressions', () => {
  it('are left out after a failure, and evaluated when the cell is silent; they broadcast nothing', async () => {
    expect((await kernel.execute('throw new Error("no")', { user_expressions: { a: '1' } })).reply.content.user_expressions).toEqual({});
    const silent = await kernel.execute('', { silent: true, user_expressions: { a: '1 + 1' } });
    expect(silent.reply.content.user_expressions).toMatchObject({ a: { status: 'ok', data: { 'text/plain': '2' } } });
    const loud = await kernel.execute('', { user_expressions: { a: '1 + 1' } });
    expect([...ofType(silent, 'execute_result'), ...ofType(loud, 'execute_result')]).toEqual([]);
  });
});
