import { Shared } from './threadMessages.js';

/** Time that a gentle interrupt gets before running JavaScript is terminated. */
const PATIENCE_MS = 150;
const LOOK_EVERY_MS = 10;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Stops what the main thread runs, from another thread.
 *
 * First SIGINT to the own process: it stops synchronous code of a cell, or
 * reaches the handler when the cell waits. Code that computes after an `await`
 * hears neither: then V8 is told to terminate execution, through the inspector,
 * which unwinds to the event loop and leaves the heap as it is.
 */
export class Interrupter {
  readonly #shared: Int32Array;
  readonly #tellMain: () => void;

  constructor(shared: Int32Array, tellMain: () => void) {
    this.#shared = shared;
    this.#tellMain = tellMain;
  }

  async interrupt(): Promise<void> {
    const running = Atomics.load(this.#shared, Shared.running);
    if (running === 0) return;
    const before = Atomics.load(this.#shared, Shared.interrupted);
    const stopped = (): boolean => Atomics.load(this.#shared, Shared.interrupted) !== before || Atomics.load(this.#shared, Shared.running) !== running;
    if (process.platform === 'win32') this.#tellMain();
    else process.kill(process.pid, 'SIGINT');
    for (let waited = 0; waited < PATIENCE_MS && !stopped(); waited += LOOK_EVERY_MS) await pause(LOOK_EVERY_MS);
    if (stopped()) return;
    await this.terminate();
    for (let waited = 0; waited < PATIENCE_MS && !stopped(); waited += LOOK_EVERY_MS) await pause(LOOK_EVERY_MS);
  }

  /** Ends the JavaScript that the main thread is in, and tells it why. */
  async terminate(): Promise<void> {
    const { Session } = await import('node:inspector');
    const session = new Session();
    session.connectToMainThread();
    try {
      session.post('Runtime.terminateExecution');
      await pause(LOOK_EVERY_MS);
      this.#tellMain();
    } finally {
      session.disconnect();
    }
  }
}
