/** A small client over libzmq for any Jupyter kernel, for timing. */
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dealer, Subscriber } from 'zeromq';

const freePort = () => new Promise((resolve) => { const server = createServer(); server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); }); });

/** A kernel that loses its `idle` in a flood of output is not waited for longer. */
const LONGEST_FLOOD_MS = 20_000;

export class KernelClient {
  session = randomUUID();
  key = randomUUID();
  #replies = new Map();
  #idle = new Map();
  #text = '';

  /** @param argv command with {connection_file} in it */
  static async start(argv, environment = {}) {
    const client = new KernelClient();
    client.folder = mkdtempSync(join(tmpdir(), 'kernel-bench-'));
    const names = ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'];
    const ports = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort()])));
    const file = join(client.folder, 'connection.json');
    writeFileSync(file, JSON.stringify({ transport: 'tcp', ip: '127.0.0.1', key: client.key, signature_scheme: 'hmac-sha256', kernel_name: '', ...ports }));
    client.started = performance.now();
    client.process = spawn(argv[0], argv.slice(1).map((word) => word.replace('{connection_file}', file)), { cwd: client.folder, stdio: 'ignore', env: { ...process.env, JUPYTER_DATA_DIR: client.folder, ...environment } });
    client.shell = new Dealer({ routingId: client.session, linger: 0, sendHighWaterMark: 0 });
    client.iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
    client.shell.connect(`tcp://127.0.0.1:${ports.shell_port}`);
    client.iopub.connect(`tcp://127.0.0.1:${ports.iopub_port}`);
    client.iopub.subscribe('');
    void client.#read(client.shell, (message) => client.#replies.get(message.parent.msg_id)?.(message));
    void client.#read(client.iopub, (message) => {
      client.heard = true;
      if (message.header.msg_type === 'stream') client.#text += message.content.text;
      if (message.header.msg_type === 'status' && message.content.execution_state === 'idle') client.#idle.get(message.parent.msg_id)?.();
    });
    return client;
  }

  async #read(socket, take) {
    try {
      for await (const frames of socket) {
        const at = frames.findIndex((frame) => frame.toString() === '<IDS|MSG>');
        const [header, parent, , content] = frames.slice(at + 2, at + 6).map((part) => JSON.parse(part.toString()));
        take({ header, parent, content });
      }
    } catch {
      // closed
    }
  }

  /** Resolves with the reply when reply and, for `waitIdle`, idle have come. */
  async request(type, content, waitIdle = false) {
    const id = randomUUID();
    const replied = new Promise((resolve) => this.#replies.set(id, resolve));
    const idle = waitIdle ? new Promise((resolve) => this.#idle.set(id, resolve)) : undefined;
    const parts = [{ msg_id: id, msg_type: type, session: this.session, username: 'bench', date: new Date().toISOString(), version: '5.3' }, {}, {}, content].map((part) => JSON.stringify(part));
    const hmac = createHmac('sha256', this.key);
    for (const part of parts) hmac.update(part);
    await this.shell.send(['<IDS|MSG>', hmac.digest('hex'), ...parts]);
    const reply = await replied;
    await idle;
    this.#replies.delete(id);
    this.#idle.delete(id);
    return reply;
  }

  /** Asks until the subscription to outputs has reached the kernel. */
  async settle() {
    while (!this.heard) await Promise.all([this.request('kernel_info_request', {}), new Promise((resolve) => setTimeout(resolve, 20))]);
  }

  async execute(code) {
    const reply = await this.request('execute_request', { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true }, true);
    if (reply.content.status !== 'ok') throw new Error(`${code}: ${JSON.stringify(reply.content).slice(0, 300)}`);
  }

  /** Milliseconds of one cell, from sending to reply and idle. */
  async time(code) {
    const started = performance.now();
    await this.execute(code);
    return performance.now() - started;
  }

  /** What a cell prints, as far as it has come when the kernel says that it is idle. */
  async printed(code) {
    this.#text = '';
    await Promise.race([this.execute(code), new Promise((resolve) => setTimeout(resolve, LONGEST_FLOOD_MS))]);
    return this.#text;
  }

  /** Resident memory of the kernel and its children, in MB (Linux). */
  memory() {
    const pages = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const children = (pid) => readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean));
    const all = (pid) => pages(pid) + children(pid).reduce((sum, child) => sum + all(child), 0);
    try {
      return all(this.process.pid);
    } catch {
      return Number.NaN;
    }
  }

  stop() {
    this.shell.close();
    this.iopub.close();
    this.process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
