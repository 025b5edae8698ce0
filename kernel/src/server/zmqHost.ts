import { receiveMessageOnPort, type MessagePort, type Worker } from 'node:worker_threads';
import type { ExecuteRequest, KernelHost, OutgoingOptions, Parent } from '../core/messages.js';
import type { KernelCore } from '../core/kernelCore.js';
import type { HistoryRequest } from '../core/history.js';
import { exitProcess } from '../runtime/exit.js';
import { log } from './log.js';
import { Shared, type ShellMessage, type ToMain, type ToWire } from './threadMessages.js';

/** A request that outputs belong to. */
interface Request extends Parent {
  readonly headerJson: string;
  readonly identities: readonly Uint8Array[];
  readonly allowStdin: boolean;
  /** A silent request broadcasts nothing. */
  readonly silent: boolean;
}

const isRequest = (parent: Parent): parent is Request => 'headerJson' in parent;
const headerOf = (parent: Parent): string => (isRequest(parent) ? parent.headerJson : '{}');

/** What a silent request keeps to itself. */
const OUTPUTS: ReadonlySet<string> = new Set(['execute_input', 'execute_result', 'display_data', 'update_display_data', 'clear_output', 'error']);

/** Messages under way to the wire thread beyond which the main thread waits for it. */
const MOST_UNDER_WAY = 20_000;

/** The main thread's side of the sockets: takes requests in order and hands answers over. */
export class ZmqHost implements KernelHost {
  readonly #wire: Worker;
  readonly #shared: Int32Array;
  readonly #answers: MessagePort;
  readonly #queue: ShellMessage[] = [];
  readonly #waiting = new Map<number, (value: string) => void>();
  readonly #infoJson: string;
  #core: KernelCore | undefined;
  #posted = 0;
  #asked = 0;
  #works = false;
  /** Requests up to this number were queued when a cell failed. */
  #abortUpTo = 0;

  constructor(wire: Worker, shared: Int32Array, answers: MessagePort, infoJson: string) {
    this.#wire = wire;
    this.#shared = shared;
    this.#answers = answers;
    this.#infoJson = infoJson;
    wire.on('message', (message: ToMain) => this.#receive(message));
  }

  /** From now on requests are worked on. */
  serve(core: KernelCore): void {
    this.#core = core;
    this.#post({ kind: 'ready' });
    void this.#work();
  }

  publish(type: string, content: object, parent: Parent, options: OutgoingOptions = {}): void {
    if (isRequest(parent) && parent.silent && OUTPUTS.has(type)) return;
    this.#post({ kind: 'publish', type, parentHeaderJson: headerOf(parent), contentJson: JSON.stringify(content), ...(options.metadata ? { metadataJson: JSON.stringify(options.metadata) } : {}), ...(options.buffers ? { buffers: options.buffers } : {}) });
  }

  stream(name: 'stdout' | 'stderr', text: string, parent: Parent): void {
    if (text !== '' && !(isRequest(parent) && parent.silent)) this.#post({ kind: 'stream', name, text, parentHeaderJson: headerOf(parent) });
  }

  requestInput(prompt: string, password: boolean, parent: Parent): Promise<string> {
    const id = this.#ask(prompt, password, parent, false);
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  requestInputSync(prompt: string, password: boolean, parent: Parent): string {
    let answered = Atomics.load(this.#shared, Shared.answered);
    const id = this.#ask(prompt, password, parent, true);
    for (;;) {
      Atomics.wait(this.#shared, Shared.answered, answered);
      answered = Atomics.load(this.#shared, Shared.answered);
      for (let got = receiveMessageOnPort(this.#answers); got; got = receiveMessageOnPort(this.#answers)) {
        const answer = got.message as { id: number; value: string };
        if (answer.id === id) return answer.value;
      }
    }
  }

  /** Stops the running cell, and says so to the thread that asked. */
  interrupt(): void {
    this.#core?.interrupt();
    Atomics.add(this.#shared, Shared.interrupted, 1);
  }

  #ask(prompt: string, password: boolean, parent: Parent, waits: boolean): number {
    if (!isRequest(parent) || !parent.allowStdin) throw new Error('this front end takes no input from cells');
    const id = ++this.#asked;
    this.#post({ kind: 'ask', id, waits, identities: parent.identities, parentHeaderJson: parent.headerJson, contentJson: JSON.stringify({ prompt, password }) });
    return id;
  }

  #post(message: ToWire): void {
    this.#wire.postMessage(message);
    this.#posted = (this.#posted + 1) | 0;
    for (let turn = 0; turn < 2000 && ((this.#posted - Atomics.load(this.#shared, Shared.taken)) | 0) > MOST_UNDER_WAY; turn++) Atomics.wait(this.#shared, Shared.answered, Atomics.load(this.#shared, Shared.answered), 5);
  }

  #receive(message: ToMain): void {
    if (message.kind === 'shell') {
      this.#queue.push(message);
      void this.#work();
    } else if (message.kind === 'interrupt') {
      // What was to be stopped may have ended meanwhile.
      if (message.running === Atomics.load(this.#shared, Shared.running)) this.interrupt();
    } else if (message.kind === 'answer') {
      this.#waiting.get(message.id)?.(message.value);
      this.#waiting.delete(message.id);
    } else exitProcess(0);
  }

  async #work(): Promise<void> {
    if (this.#works || !this.#core) return;
    this.#works = true;
    try {
      for (let message = this.#queue.shift(); message; message = this.#queue.shift()) await this.#handle(message, this.#core);
    } finally {
      this.#works = false;
    }
  }

  async #handle(message: ShellMessage, core: KernelCore): Promise<void> {
    const request: Request = { headerJson: message.headerJson, identities: message.identities, allowStdin: message.content.allow_stdin !== false, silent: message.content.silent === true };
    if (message.type === 'shutdown_request') {
      this.#post({ kind: 'shutdown', identities: message.identities, parentHeaderJson: message.headerJson, restart: message.content.restart === true });
      return;
    }
    this.publish('status', { execution_state: 'busy' }, request);
    Atomics.store(this.#shared, Shared.running, message.sequence);
    try {
      const answer = await this.#answer(message, request, core);
      if (answer) this.#post({ kind: 'reply', identities: message.identities, type: answer.type, parentHeaderJson: message.headerJson, contentJson: JSON.stringify(answer.content), ...(answer.metadata ? { metadataJson: JSON.stringify(answer.metadata) } : {}) });
    } catch (error) {
      const { name, message: text, stack } = error as Error;
      log(`${message.type}: ${stack}`);
      if (/_request$/.test(message.type)) this.#post({ kind: 'reply', identities: message.identities, type: message.type.replace(/_request$/, '_reply'), parentHeaderJson: message.headerJson, contentJson: JSON.stringify({ status: 'error', ename: name, evalue: text, traceback: [`${name}: ${text}`], execution_count: core.executionCount }) });
    } finally {
      Atomics.store(this.#shared, Shared.running, 0);
      this.publish('status', { execution_state: 'idle' }, request);
    }
  }

  async #answer(message: ShellMessage, request: Request, core: KernelCore): Promise<{ type: string; content: object; metadata?: object } | undefined> {
    const { content } = message;
    switch (message.type) {
      case 'execute_request': {
        if (message.sequence <= this.#abortUpTo) return { type: 'execute_reply', content: { status: 'aborted' }, metadata: { status: 'aborted', started: new Date().toISOString() } };
        if (typeof content.code !== 'string') throw new Error('execute_request without code');
        const started = new Date().toISOString();
        const reply = await core.execute(content as unknown as ExecuteRequest, request);
        // Only what was queued at this moment is given up.
        if (reply.status === 'error' && content.stop_on_error !== false) this.#abortUpTo = Atomics.load(this.#shared, Shared.received);
        // Front ends show how long a cell took from `started` to the reply's own date.
        return { type: 'execute_reply', content: reply, metadata: { status: reply.status, started } };
      }
      case 'complete_request':
        return { type: 'complete_reply', content: await core.complete(String(content.code ?? ''), cursorOf(content)) };
      case 'inspect_request':
        return { type: 'inspect_reply', content: await core.inspect(String(content.code ?? ''), Number(content.cursor_pos ?? 0), content.detail_level === 1) };
      case 'is_complete_request':
        return { type: 'is_complete_reply', content: core.isComplete(String(content.code ?? '')) };
      case 'history_request':
        return { type: 'history_reply', content: { status: 'ok', history: core.history(content as HistoryRequest) } };
      case 'comm_info_request':
        return { type: 'comm_info_reply', content: { status: 'ok', comms: core.comms.info(typeof content.target_name === 'string' ? content.target_name : undefined) } };
      case 'kernel_info_request':
        return { type: 'kernel_info_reply', content: JSON.parse(this.#infoJson) as object };
      case 'interrupt_request':
        // Whatever ran before it in the queue has ended.
        return { type: 'interrupt_reply', content: { status: 'ok' } };
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close': {
        const type = message.type;
        try {
          core.within(request, () => core.comms.receive(type, content as { comm_id: string }, message.buffers, request));
        } catch (error) {
          core.reportLate(error, request);
        }
        return undefined;
      }
      default:
        if (!/_request$/.test(message.type)) return undefined;
        return { type: message.type.replace(/_request$/, '_reply'), content: { status: 'error', ename: 'NotImplementedError', evalue: `${message.type} is not supported`, traceback: [] } };
    }
  }
}

/** Without a cursor, the end of the code. */
function cursorOf(content: Readonly<Record<string, unknown>>): number {
  return Math.max(0, Number(content.cursor_pos ?? String(content.code ?? '').length)) || 0;
}
