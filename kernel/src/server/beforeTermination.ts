import { clearAsyncStack } from '../runtime/asyncStack.js';
import { BEFORE_TERMINATION } from './mainInspector.js';
import { Shared } from './threadMessages.js';

/** Longest time that the main thread waits for its end. */
const LONGEST_WAIT_MS = 100;

/** Lends the inspector what it calls on the main thread before it terminates what runs there. */
export function prepareForTermination(shared: Int32Array): void {
  Object.defineProperty(globalThis, BEFORE_TERMINATION, {
    value: (attempt: number) => {
      // Heard too late: the attempt was given up.
      if (Atomics.load(shared, Shared.terminating) !== attempt) return;
      clearAsyncStack();
      Atomics.store(shared, Shared.readyToEnd, attempt);
      Atomics.wait(shared, Shared.terminating, attempt, LONGEST_WAIT_MS);
    }
  });
}
