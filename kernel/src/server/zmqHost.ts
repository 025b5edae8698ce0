import { receiveMessageOnPort, type MessagePort, type Worker } from 'node:worker_threads';
import type { KernelHost, OutgoingOptions, Parent } from '../core/messages.js';
import type { KernelCore } from '../core/kernelCore.js';
import { exitProcess } from '../runtime/exit.js';
import { NO_QUESTION } from './questions.js';
import type { Request } from './request.js';
import { RequestQueue } from './requestQueue.js';
import { Shared, type ToMain, type ToWire } from './threadMessages.js';

const isRequest = (parent: Parent): parent is Request => 'headerJson' in parent;
const headerOf = (parent: Parent): string => (isRequest(parent) ? parent.headerJson : '{}');

/** What a silent request keeps to itself. */
const OUTPUTS: ReadonlySet<string> = new Set(['execute_input', 'execute_result', 'display_data', 'update_display_data', 'clear_output', 'error']);

/** Messages under way to the wire thread beyond which the main thread waits for it. */
const MOST_UNDER_WAY = 20_000;

/** The main thread's side of the sockets: hands requests to their queue, and outputs to the wire thread. */
export class ZmqHost implements KernelHost {
  readonly #wire: Worker;
  readonly #shared: Int32Array;
  readonly #answers: MessagePort;
  readonly #waiting = new Map<number, (value: string) => void>();
  readonly #requests: RequestQueue;
  #core: KernelCore | undefined;
  #posted = 0;
  #asked = 0;

  constructor(wire: Worker, shared: Int32Array, answers: MessagePort, infoJson: string) {
    this.#wire = wire;
    this.#shared = shared;
    this.#answers = answers;
    this.#requests = new RequestQueue(this, shared, infoJson);
    wire.on('message', (message: ToMain) => this.#receive(message));
  }

  /** From now on requests are worked on. */
  serve(core: KernelCore): void {
    this.#core = core;
    this.post({ kind: 'ready' });
    this.#requests.serve(core);
  }

  publish(type: string, content: object, parent: Parent, options: OutgoingOptions = {}): void {
    if (isRequest(parent) && parent.silent && OUTPUTS.has(type)) return;
    this.post({ kind: 'publish', type, parentHeaderJson: headerOf(parent), contentJson: JSON.stringify(content), ...(options.metadata ? { metadataJson: JSON.stringify(options.metadata) } : {}), ...(options.buffers ? { buffers: options.buffers } : {}) });
  }

  stream(name: 'stdout' | 'stderr', text: string, parent: Parent): void {
    if (text !== '' && !(isRequest(parent) && parent.silent)) this.post({ kind: 'stream', name, text, parentHeaderJson: headerOf(parent) });
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
        if (answer.id === NO_QUESTION) exitProcess(0);
      }
    }
  }

  /** Stops the running cell, and says so to the thread that asked. */
  interrupt(): void {
    this.#core?.interrupt();
    Atomics.add(this.#shared, Shared.interrupted, 1);
  }

  /** Hands a message to the wire thread; waits when that one falls far behind. */
  post(message: ToWire): void {
    this.#wire.postMessage(message);
    this.#posted = (this.#posted + 1) | 0;
    for (let turn = 0; turn < 2000 && ((this.#posted - Atomics.load(this.#shared, Shared.taken)) | 0) > MOST_UNDER_WAY; turn++) Atomics.wait(this.#shared, Shared.answered, Atomics.load(this.#shared, Shared.answered), 5);
  }

  #ask(prompt: string, password: boolean, parent: Parent, waits: boolean): number {
    if (!isRequest(parent) || !parent.allowStdin) throw new Error('this front end takes no input from cells');
    const id = ++this.#asked;
    this.post({ kind: 'ask', id, waits, identities: parent.identities, parentHeaderJson: parent.headerJson, contentJson: JSON.stringify({ prompt, password }) });
    return id;
  }

  #receive(message: ToMain): void {
    if (message.kind === 'shell') this.#requests.add(message);
    else if (message.kind === 'interrupt') {
      // What was to be stopped may have ended meanwhile.
      if (message.running === Atomics.load(this.#shared, Shared.running)) this.interrupt();
    } else if (message.kind === 'answer') {
      this.#waiting.get(message.id)?.(message.value);
      this.#waiting.delete(message.id);
    } else exitProcess(0);
  }
}
