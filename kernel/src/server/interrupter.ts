import { terminateMain } from './mainInspector.js';
import { Shared } from './threadMessages.js';

/** Time that a gentle interrupt gets before running JavaScript is terminated. */
const PATIENCE_MS = 120;
const LONGEST_PATIENCE_MS = 4000;
/** Between two attempts: nothing can end the cell in that time, so it stays short. */
const LONGEST_PAUSE_MS = 240;
/** After this time an interrupt is answered, though the cell goes on; the attempts go on too. */
const ANSWER_MS = 10_000;
const LOOK_EVERY_MS = 5;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Stops what the main thread runs, from another thread.
 *
 * SIGINT to the own process stops synchronous code of a cell. A cell that waits
 * is told by message. Code that computes after an `await` hears neither: then V8
 * is told to terminate execution, through the inspector, which unwinds to the
 * event loop and leaves the heap as it is.
 */
export class Interrupter {
  readonly #shared: Int32Array;
  readonly #tellMain: (running: number) => void;
  #stopping: Promise<void> | undefined;
  #attempts = 0;

  constructor(shared: Int32Array, tellMain: (running: number) => void) {
    this.#shared = shared;
    this.#tellMain = tellMain;
  }

  /** Asked by message. Resolves when the cell has stopped, or does not for a long time. */
  async interrupt(): Promise<void> {
    const running = Atomics.load(this.#shared, Shared.running);
    if (running === 0) return;
    if (process.platform !== 'win32') {
      const stopped = this.#watch(running);
      process.kill(process.pid, 'SIGINT');
      if (await stopped(PATIENCE_MS / 2)) return;
    }
    await Promise.race([this.stop(), pause(ANSWER_MS)]);
  }

  /** A signal came that synchronous code did not take. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop().finally(() => (this.#stopping = undefined));
    return this.#stopping;
  }

  /**
   * Told, then terminated, until it stops; each time with more patience, since a busy machine is slow to obey, and
   * since one call into the engine's own code (a sort of a million numbers) hears nothing before it returns.
   */
  async #stop(): Promise<void> {
    const running = Atomics.load(this.#shared, Shared.running);
    if (running === 0) return;
    const stopped = this.#watch(running);
    for (let patience = PATIENCE_MS; ; patience = Math.min(2 * patience, LONGEST_PATIENCE_MS)) {
      this.#tellMain(running);
      if (await stopped(Math.min(patience, LONGEST_PAUSE_MS))) return;
      await this.#terminate(patience);
      if (await stopped(Math.min(patience, LONGEST_PAUSE_MS))) return;
      interruptGroup();
    }
  }

  #watch(running: number): (patience: number) => Promise<boolean> {
    const before = Atomics.load(this.#shared, Shared.interrupted);
    return async (patience) => {
      const end = performance.now() + patience;
      for (;;) {
        if (Atomics.load(this.#shared, Shared.interrupted) !== before || Atomics.load(this.#shared, Shared.running) !== running) return true;
        if (performance.now() > end) return false;
        await pause(LOOK_EVERY_MS);
      }
    };
  }

  async #terminate(patience: number): Promise<void> {
    const attempt = ++this.#attempts;
    Atomics.store(this.#shared, Shared.terminating, attempt);
    const isReady = async (): Promise<boolean> => {
      for (const end = performance.now() + patience; ; ) {
        if (Atomics.load(this.#shared, Shared.readyToEnd) === attempt) return true;
        if (performance.now() > end) return false;
        await pause(1);
      }
    };
    await terminateMain(attempt, patience, isReady, () => {
      Atomics.store(this.#shared, Shared.terminating, 0);
      Atomics.notify(this.#shared, Shared.terminating);
    });
  }
}

/** Code that waits for a program (`execSync`) hears nothing; but the program does, as it would of Ctrl+C in a terminal. */
function interruptGroup(): void {
  if (process.platform === 'win32') return;
  try {
    // Jupyter starts a kernel as the head of a process group.
    process.kill(-process.pid, 'SIGINT');
  } catch {
    // It was started in somebody else's group.
  }
}
