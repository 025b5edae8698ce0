import { evaluateInMain } from './mainInspector.js';

/** Time that the main thread gets to leave by itself, before it is made to. */
const GENTLE_MS = 150;
const EXIT_PATIENCE_MS = 1000;

/** Ends the process from the wire thread, whatever the main thread does; `tell` asks it to end by itself. */
export function leave(tell: () => void): void {
  tell();
  // One that computes or is still starting does not hear, but an inspector reaches it.
  setTimeout(() => void evaluateInMain('process.reallyExit(0)', EXIT_PATIENCE_MS), GENTLE_MS);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_PATIENCE_MS);
}
