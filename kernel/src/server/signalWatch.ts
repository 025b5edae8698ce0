/**
 * A thread that does nothing but notice SIGINT. The main thread hears of signals
 * only between pieces of JavaScript; this one waits inside a script that a signal
 * ends, and tells the wire thread.
 *
 * The script runs inside another of its kind, so that Node never puts back the
 * default handler, which would end the process, while the inner one starts anew.
 * For the same reason nothing in the kernel listens to SIGINT by `process.on`.
 */
import { Script } from 'node:vm';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { Shared } from './threadMessages.js';

const { port, shared: buffer } = workerData as { port: MessagePort; shared: SharedArrayBuffer };
const shared = new Int32Array(buffer);
const WAIT = Symbol.for('semlab.wait');
const inner = new Script('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)');
const outer = new Script('globalThis[Symbol.for("semlab.wait")]()');

/** Runs until a signal ends it. */
function untilSignal(script: Script): void {
  try {
    script.runInThisContext({ breakOnSigint: true });
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error;
    port.postMessage('SIGINT');
  }
}

Object.defineProperty(globalThis, WAIT, {
  value: () => {
    for (;;) untilSignal(inner);
  }
});
parentPort!.postMessage('waiting');
// Until then the main thread ignores SIGINT in the usual way.
Atomics.wait(shared, Shared.watching, 0);
for (;;) untilSignal(outer);
