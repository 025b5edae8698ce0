/**
 * Keeps SIGINT from ending the process before the thread that watches for it does
 * its work (`signalWatch`). Imported first, since importing the rest takes longest.
 */
import { Shared } from './threadMessages.js';

const ignore = (): void => {};

if (process.platform !== 'win32') process.on('SIGINT', ignore);

/**
 * Lets the watching thread take over. Nothing may listen by `process.on` while it
 * watches: taking such a listener away puts back the handler that ends the process.
 */
export function handOverSignals(shared: Int32Array): void {
  process.off('SIGINT', ignore);
  Atomics.store(shared, Shared.watching, 1);
  Atomics.notify(shared, Shared.watching);
}
