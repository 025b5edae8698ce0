/** A pool of two threads over the built kernel's worker, as `bootstrap(fit, { workers })` wants it. */
import { Worker } from 'node:worker_threads';

const script = new URL('../../kernel/dist/kernelspec/worker.js', import.meta.url);

export function twoThreads() {
  const thread = () => new Worker(script, { execArgv: [] });
  const idle = [thread(), thread()];
  const all = [...idle];
  const waiting = [];
  const next = () => {
    while (idle.length > 0 && waiting.length > 0) {
      const worker = idle.pop();
      const { message, resolve, reject } = waiting.shift();
      worker.once('message', ({ ok, output, error }) => {
        idle.push(worker);
        next();
        if (ok) resolve(output);
        else reject(error);
      });
      worker.postMessage(message);
    }
  };
  return {
    size: all.length,
    run: (task, input) =>
      new Promise((resolve, reject) => {
        waiting.push({ message: { task, input }, resolve, reject });
        next();
      }),
    end: () => Promise.all(all.map((worker) => worker.terminate()))
  };
}
