import type { MessagePort } from 'node:worker_threads';
import { Shared } from './threadMessages.js';

/** No question has this number: it wakes a main thread that waits for an answer, so that it hears of the end. */
export const NO_QUESTION = -1;

/** The question to the person that a cell waits with, as the wire thread knows it. */
export class Questions {
  readonly #shared: Int32Array;
  readonly #answers: MessagePort;
  readonly #tellMain: (id: number, value: string) => void;
  #open: { readonly id: number; readonly waits: boolean } | undefined;

  constructor(shared: Int32Array, answers: MessagePort, tellMain: (id: number, value: string) => void) {
    this.#shared = shared;
    this.#answers = answers;
    this.#tellMain = tellMain;
  }

  /** @param waits the main thread sleeps until the answer comes. A question before it was interrupted and has no reader any more. */
  ask(id: number, waits: boolean): void {
    this.#open = { id, waits };
  }

  /** @returns whether somebody asked */
  answer(value: string): boolean {
    const question = this.#open;
    this.#open = undefined;
    if (!question) return false;
    if (question.waits) this.#wake(question.id, value);
    else this.#tellMain(question.id, value);
    return true;
  }

  /** Wakes a main thread that waits. */
  giveUp(): void {
    this.#wake(NO_QUESTION, '');
  }

  #wake(id: number, value: string): void {
    this.#answers.postMessage({ id, value });
    Atomics.add(this.#shared, Shared.answered, 1);
    Atomics.notify(this.#shared, Shared.answered);
  }
}
