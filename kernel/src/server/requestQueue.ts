import type { KernelCore } from '../core/kernelCore.js';
import { AnswerRequest, type Answer } from './answerRequest.js';
import { log } from './log.js';
import type { AnswerSink, Request } from './request.js';
import { Shared, type ShellMessage } from './threadMessages.js';

/** Requests that run the notebook's code: they keep their turn on whichever socket they come. */
const RUNS_CODE = /^(execute_request|comm_(open|msg|close)|shutdown_request)$/;

/** Works on requests one after another, each between `busy` and `idle`. What comes on control and runs no code waits for nobody. */
export class RequestQueue {
  readonly #host: AnswerSink;
  readonly #shared: Int32Array;
  readonly #infoJson: string;
  readonly #waiting: ShellMessage[] = [];
  #answer: AnswerRequest | undefined;
  #works = false;

  constructor(host: AnswerSink, shared: Int32Array, infoJson: string) {
    this.#host = host;
    this.#shared = shared;
    this.#infoJson = infoJson;
  }

  serve(core: KernelCore): void {
    this.#answer = new AnswerRequest(core, this.#shared, this.#infoJson);
    void this.#work();
  }

  add(message: ShellMessage): void {
    if (message.channel === 'control' && this.#answer && !RUNS_CODE.test(message.type)) void this.#handle(message, this.#answer);
    else {
      this.#waiting.push(message);
      void this.#work();
    }
  }

  async #work(): Promise<void> {
    if (this.#works || !this.#answer) return;
    this.#works = true;
    try {
      for (let message = this.#waiting.shift(); message; message = this.#waiting.shift()) {
        Atomics.store(this.#shared, Shared.running, message.sequence);
        await this.#handle(message, this.#answer, () => Atomics.store(this.#shared, Shared.running, 0));
      }
    } finally {
      this.#works = false;
    }
  }

  /** @param ended called before `idle` goes out */
  async #handle(message: ShellMessage, answerer: AnswerRequest, ended: () => void = () => {}): Promise<void> {
    const { type, content, headerJson, identities } = message;
    if (type === 'shutdown_request') return this.#host.post({ kind: 'shutdown', identities, parentHeaderJson: headerJson, restart: content.restart === true });
    const request: Request = { headerJson, identities, allowStdin: content.allow_stdin !== false, silent: content.silent === true };
    this.#host.publish('status', { execution_state: 'busy' }, request);
    let answer: Answer | undefined;
    try {
      answer = await answerer.to(message, request);
    } catch (error) {
      answer = failure(type, error as Error);
    } finally {
      if (answer) this.#host.post({ kind: 'reply', channel: message.channel, identities, type: answer.type, parentHeaderJson: headerJson, contentJson: JSON.stringify(answer.content), ...(answer.metadata ? { metadataJson: JSON.stringify(answer.metadata) } : {}) });
      ended();
      Atomics.add(this.#shared, Shared.done, 1);
      this.#host.publish('status', { execution_state: 'idle' }, request);
    }
  }
}

function failure(type: string, { name, message, stack }: Error): Answer | undefined {
  log(`${type}: ${stack}`);
  if (!type.endsWith('_request')) return undefined;
  return { type: type.replace(/_request$/, '_reply'), content: { status: 'error', ename: name, evalue: message, traceback: [`${name}: ${message}`] } };
}
