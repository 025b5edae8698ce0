import type { HistoryRequest } from '../core/history.js';
import type { KernelCore } from '../core/kernelCore.js';
import type { ExecuteRequest } from '../core/messages.js';
import { declined } from './declined.js';
import { log } from './log.js';
import type { Request } from './request.js';
import { Shared, type ShellMessage } from './threadMessages.js';

export interface Answer {
  readonly type: string;
  readonly content: object;
  readonly metadata?: object;
}

/** What each request asks of the core, as the protocol writes it. */
export class AnswerRequest {
  readonly #core: KernelCore;
  readonly #shared: Int32Array;
  readonly #info: object;
  /** Requests up to this number were queued when a cell failed. */
  #abortUpTo = 0;

  constructor(core: KernelCore, shared: Int32Array, infoJson: string) {
    this.#core = core;
    this.#shared = shared;
    this.#info = JSON.parse(infoJson) as object;
  }

  /** @returns undefined for messages that have no reply @throws what the core throws */
  async to(message: ShellMessage, request: Request): Promise<Answer | undefined> {
    const { content } = message;
    const core = this.#core;
    switch (message.type) {
      case 'execute_request':
        // `return` alone would queue a job of the promise's behind what the cell queued: that is lost when the cell is terminated.
        return await this.#execute(message, request);
      case 'complete_request':
        return { type: 'complete_reply', content: await core.complete(codeOf(content), cursorOf(content)) };
      case 'inspect_request':
        return { type: 'inspect_reply', content: await core.inspect(codeOf(content), cursorOf(content), content.detail_level === 1) };
      case 'is_complete_request':
        return { type: 'is_complete_reply', content: core.isComplete(codeOf(content)) };
      case 'history_request':
        return { type: 'history_reply', content: { status: 'ok', history: core.history(content as HistoryRequest) } };
      case 'comm_info_request':
        return { type: 'comm_info_reply', content: { status: 'ok', comms: core.comms.info(typeof content.target_name === 'string' ? content.target_name : undefined) } };
      case 'kernel_info_request':
        return { type: 'kernel_info_reply', content: this.#info };
      case 'interrupt_request':
        // Whatever ran before it in the queue has ended.
        return { type: 'interrupt_reply', content: { status: 'ok' } };
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        this.#comm(message.type, message, request);
        return undefined;
      default: {
        const answer = declined(message.type, content);
        if (!answer) log(`unknown message: ${message.type}`);
        return answer;
      }
    }
  }

  async #execute({ sequence, content }: ShellMessage, request: Request): Promise<Answer> {
    const started = new Date().toISOString();
    if (sequence <= this.#abortUpTo) return { type: 'execute_reply', content: { status: 'aborted' }, metadata: { status: 'aborted', started } };
    if (typeof content.code !== 'string') {
      const error = { ename: 'TypeError', evalue: 'execute_request without code', traceback: ['TypeError: execute_request without code'] };
      return { type: 'execute_reply', content: { status: 'error', execution_count: this.#core.executionCount, ...error, user_expressions: {}, payload: [] }, metadata: { status: 'error', started } };
    }
    const reply = await this.#core.execute(content as unknown as ExecuteRequest, request);
    // Only what was queued at this moment is given up.
    if (reply.status === 'error' && content.stop_on_error !== false) this.#abortUpTo = Atomics.load(this.#shared, Shared.received);
    // Front ends show how long a cell took from `started` to the reply's own date.
    return { type: 'execute_reply', content: reply, metadata: { status: reply.status, started } };
  }

  #comm(type: 'comm_open' | 'comm_msg' | 'comm_close', { content, buffers }: ShellMessage, request: Request): void {
    try {
      this.#core.within(request, () => this.#core.comms.receive(type, content as { comm_id: string }, buffers, request));
    } catch (error) {
      this.#core.reportLate(error, request);
    }
  }
}

function codeOf(content: Readonly<Record<string, unknown>>): string {
  return String(content.code ?? '');
}

/** Without a cursor, the end of the code. */
function cursorOf(content: Readonly<Record<string, unknown>>): number {
  return Math.max(0, Number(content.cursor_pos ?? [...codeOf(content)].length)) || 0;
}
