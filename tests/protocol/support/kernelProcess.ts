/**
 * A real kernel process and a client over libzmq: the other side of the wire is
 * not our code.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Dealer, Request, Subscriber } from 'zeromq';

export const root: string = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const kernelspec: string = join(root, 'kernel', 'dist', 'kernelspec');

let isBuilt = false;
/** The kernel as its sources are now. */
export function buildKernel(): void {
  if (!isBuilt) execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--only=library,kernel'], { stdio: 'pipe' });
  isBuilt = true;
}

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

export interface Message {
  readonly header: { readonly msg_id: string; readonly msg_type: string; readonly session: string; readonly version: string; readonly date: string };
  readonly parentHeader: { readonly msg_id?: string; readonly msg_type?: string };
  readonly metadata: Record<string, unknown>;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Buffer[];
  readonly topic?: string;
}

/** What one request brought about. */
export interface Exchange {
  readonly reply: Message;
  /** Everything on iopub with this request as parent, from `busy` to `idle`. */
  readonly outputs: readonly Message[];
}

/** What the connection file says in place of the usual. */
export interface Connection {
  readonly transport?: 'tcp' | 'ipc';
  readonly ip?: string;
  readonly key?: string;
  readonly signature_scheme?: string;
  readonly [more: string]: unknown;
}

const DELIMITER = '<IDS|MSG>';
const PATIENCE_MS = 60_000;

export class KernelProcess {
  readonly session: string = randomUUID();
  readonly key: string;
  readonly folder: string;
  readonly connectionFile: string;
  process!: ChildProcess;
  readonly ports: { readonly shell_port: number; readonly iopub_port: number; readonly stdin_port: number; readonly control_port: number; readonly hb_port: number };
  readonly iopub: Message[] = [];
  stderr: string = '';
  exitCode: number | null | undefined;
  readonly #shell = new Dealer();
  readonly #control = new Dealer();
  readonly #stdin = new Dealer();
  readonly #subscriber = new Subscriber();
  readonly #replies: Message[] = [];
  readonly #questions: Message[] = [];
  readonly #wakers = new Set<() => void>();
  readonly #algorithm: string;
  readonly #environment: NodeJS.ProcessEnv;
  #closed = false;

  private constructor(folder: string, ports: KernelProcess['ports'], environment: NodeJS.ProcessEnv, connection: Connection) {
    this.folder = folder;
    this.ports = ports;
    const { key = randomUUID(), transport = 'tcp', ip = transport === 'ipc' ? join(folder, 'socket') : '127.0.0.1', signature_scheme = 'hmac-sha256' } = connection;
    this.key = key;
    this.#algorithm = signature_scheme.replace('hmac-', '');
    this.#environment = environment;
    this.connectionFile = join(folder, 'connection.json');
    writeFileSync(this.connectionFile, JSON.stringify({ kernel_name: 'semlab', ...ports, ...connection, key, transport, ip, signature_scheme }));
    this.#spawn();
    const address = (port: number): string => (transport === 'ipc' ? `ipc://${ip}-${port}` : `tcp://127.0.0.1:${port}`);
    for (const socket of [this.#shell, this.#control, this.#stdin]) {
      socket.routingId = this.session;
      socket.linger = 0;
      socket.sendHighWaterMark = 0;
      socket.receiveHighWaterMark = 0;
    }
    this.#subscriber.receiveHighWaterMark = 0;
    this.#subscriber.linger = 0;
    this.#shell.connect(address(ports.shell_port));
    this.#control.connect(address(ports.control_port));
    this.#stdin.connect(address(ports.stdin_port));
    this.#subscriber.connect(address(ports.iopub_port));
    this.#subscriber.subscribe('');
    void this.#read(this.#shell, this.#replies);
    void this.#read(this.#control, this.#replies);
    void this.#read(this.#stdin, this.#questions);
    void this.#read(this.#subscriber, this.iopub);
  }

  /** A new process on the same connection file, as a restart makes it. The one before must have ended. */
  async again(): Promise<void> {
    this.iopub.length = 0;
    this.exitCode = undefined;
    this.#spawn();
    await this.#welcomed();
  }

  static async start(environment: NodeJS.ProcessEnv = {}, connection: Connection = {}): Promise<KernelProcess> {
    buildKernel();
    const folder = mkdtempSync(join(tmpdir(), 'semlab-kernel-'));
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await Promise.all(Array.from({ length: 5 }, freePort));
    const kernel = new KernelProcess(folder, { shell_port, iopub_port, stdin_port, control_port, hb_port }, environment, connection);
    await kernel.#welcomed();
    return kernel;
  }

  /** The subscription has reached the kernel when its welcome has come. */
  #welcomed(): Promise<void> {
    return this.until(() => this.iopub.some((message) => message.header.msg_type === 'iopub_welcome'), 'iopub_welcome');
  }

  /** As the head of a process group of its own, as Jupyter starts kernels. */
  #spawn(): void {
    this.process = spawn(process.execPath, [join(kernelspec, 'kernel.js'), this.connectionFile], { cwd: this.folder, env: { ...process.env, JUPYTER_DATA_DIR: join(this.folder, 'jupyter'), ...this.#environment }, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.process.on('exit', (code) => {
      this.exitCode = code;
      this.#wake();
    });
  }

  /** A connection of the test's own to the heartbeat. */
  async heartbeat(text: string = 'ping'): Promise<string> {
    const socket = new Request({ linger: 0, receiveTimeout: 5000 });
    socket.connect(`tcp://127.0.0.1:${this.ports.hb_port}`);
    await socket.send(text);
    const [echo] = await socket.receive();
    socket.close();
    return echo.toString();
  }

  /** Frames exactly as given, on the shell or control socket. */
  async sendRaw(frames: readonly (Buffer | string)[], channel: 'shell' | 'control' = 'shell'): Promise<void> {
    await (channel === 'shell' ? this.#shell : this.#control).send([...frames]);
  }

  frames(type: string, content: object, options: { readonly id?: string; readonly key?: string; readonly header?: object; readonly metadata?: object; readonly buffers?: readonly Buffer[] } = {}): (Buffer | string)[] {
    const header = { msg_id: options.id ?? randomUUID(), msg_type: type, session: this.session, username: 'test', date: new Date().toISOString(), version: '5.5', ...options.header };
    const parts = [header, {}, options.metadata ?? {}, content].map((part) => JSON.stringify(part));
    return [DELIMITER, this.sign(parts, options.key), ...parts, ...(options.buffers ?? [])];
  }

  sign(parts: readonly (string | Buffer)[], key: string = this.key): string {
    if (key === '') return '';
    const hmac = createHmac(this.#algorithm, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }

  /** Sends without waiting. @returns the message id */
  async post(type: string, content: object, channel: 'shell' | 'control' = 'shell', buffers: readonly Buffer[] = []): Promise<string> {
    const id = randomUUID();
    await this.sendRaw(this.frames(type, content, { id, buffers }), channel);
    return id;
  }

  async reply(id: string): Promise<Message> {
    await this.until(() => this.#replies.some((message) => message.parentHeader.msg_id === id), `reply to ${id}`);
    return this.#replies.find((message) => message.parentHeader.msg_id === id)!;
  }

  hasReply(id: string): boolean {
    return this.#replies.some((message) => message.parentHeader.msg_id === id);
  }

  /** Waits for `idle` with this parent. */
  async outputs(id: string): Promise<Message[]> {
    const mine = (): Message[] => this.iopub.filter((message) => message.parentHeader.msg_id === id);
    await this.until(() => mine().some((message) => message.header.msg_type === 'status' && (message.content as { execution_state: string }).execution_state === 'idle'), `idle after ${id}`);
    return mine();
  }

  async request(type: string, content: object, channel: 'shell' | 'control' = 'shell', buffers: readonly Buffer[] = []): Promise<Exchange> {
    const id = await this.post(type, content, channel, buffers);
    const reply = await this.reply(id);
    return { reply, outputs: await this.outputs(id) };
  }

  execute(code: string, options: object = {}): Promise<Exchange> {
    return this.request('execute_request', executeContent(code, options));
  }

  /** Runs a cell that must succeed. @returns the text of its last value, or its printed text */
  async text(code: string): Promise<string> {
    const exchange = await this.execute(code);
    const { status } = exchange.reply.content as { status: string };
    if (status !== 'ok') throw new Error(`${code}\n${(exchange.reply.content as { traceback: string[] }).traceback?.join('\n')}`);
    return resultText(exchange) ?? streamText(exchange);
  }

  /** Runs a cell that must fail. @returns `ename: evalue` */
  async failure(code: string): Promise<string> {
    const { reply } = await this.execute(code);
    const { status, ename, evalue } = reply.content as { status: string; ename: string; evalue: string };
    if (status !== 'error') throw new Error(`did not fail: ${code}`);
    return `${ename}: ${evalue}`;
  }

  /** The next question to the person. */
  async question(): Promise<Message> {
    await this.until(() => this.#questions.length > 0, 'input_request');
    return this.#questions.shift()!;
  }

  async answer(value: string): Promise<void> {
    await this.#stdin.send(this.frames('input_reply', { value }));
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!condition()) {
      if (this.exitCode !== undefined) throw new Error(`the kernel ended with ${this.exitCode} while waiting for ${what}\n${this.stderr}`);
      if (Date.now() > end) throw new Error(`no ${what} within ${PATIENCE_MS} ms\n${this.stderr}`);
      await new Promise<void>((resolve) => {
        const waker = (): void => {
          clearTimeout(timer);
          this.#wakers.delete(waker);
          resolve();
        };
        const timer = setTimeout(waker, 200);
        this.#wakers.add(waker);
      });
    }
  }

  async exited(): Promise<number | null> {
    if (this.exitCode === undefined) await new Promise((resolve) => this.process.once('exit', resolve));
    return this.exitCode!;
  }

  async stop(): Promise<void> {
    this.#closed = true;
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#subscriber]) socket.close();
    if (this.exitCode === undefined) {
      this.process.kill('SIGKILL');
      await this.exited();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #wake(): void {
    for (const waker of [...this.#wakers]) waker();
  }

  async #read(socket: AsyncIterable<Buffer[]>, into: Message[]): Promise<void> {
    try {
      for await (const frames of socket) {
        into.push(this.#decode(frames));
        this.#wake();
      }
    } catch (error) {
      if (!this.#closed) throw error;
    }
  }

  #decode(frames: readonly Buffer[]): Message {
    const at = frames.findIndex((frame) => frame.toString() === DELIMITER);
    const [signature, ...rest] = frames.slice(at + 1);
    if (signature.toString() !== this.sign(rest.slice(0, 4))) throw new Error('the kernel signed a message wrongly');
    const [header, parentHeader, metadata, content] = rest.slice(0, 4).map((part) => JSON.parse(part.toString()) as never);
    return { header, parentHeader, metadata, content, buffers: rest.slice(4), ...(at > 0 ? { topic: frames[0].toString() } : {}) };
  }
}

export function executeContent(code: string, options: object = {}): object {
  return { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: true, stop_on_error: true, ...options };
}

export function ofType(exchange: Exchange, type: string): Record<string, unknown>[] {
  return exchange.outputs.filter((message) => message.header.msg_type === type).map((message) => message.content as Record<string, unknown>);
}

export function resultText(exchange: Exchange): string | undefined {
  return (ofType(exchange, 'execute_result')[0]?.data as Record<string, string> | undefined)?.['text/plain'];
}

export function streamText(exchange: Exchange, name: string = 'stdout'): string {
  return ofType(exchange, 'stream').filter((content) => content.name === name).map((content) => content.text).join('');
}
