import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { WorkerPool } from '../../../src/magics/magic.js';
import { kernelHome } from '../home.js';
import type { TaskAnswer } from './worker.js';

interface Job {
  readonly task: string;
  readonly input: unknown;
  readonly signal?: AbortSignal;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Idle threads are given back after this time. */
const IDLE_MS = 30_000;
/** More threads than this cost more memory than they save time. */
const MOST_THREADS = 16;

/**
 * Threads that run named tasks. They start when first needed and end when idle;
 * an aborted task ends its thread, since JavaScript cannot be stopped otherwise.
 */
export function createWorkerPool(script: string = join(kernelHome(), 'worker.js'), size: number = Math.max(1, Math.min(MOST_THREADS, availableParallelism()))): WorkerPool {
  const idle: { worker: Worker; timer: NodeJS.Timeout }[] = [];
  const waiting: Job[] = [];
  let running = 0;

  function next(): void {
    while (waiting.length > 0 && running < size) {
      const job = waiting.shift()!;
      if (job.signal?.aborted) job.reject(abortReason(job.signal));
      else start(job);
    }
  }

  function start(job: Job): void {
    running++;
    const rested = idle.pop();
    clearTimeout(rested?.timer);
    const worker = rested?.worker ?? new Worker(pathToFileURL(script));
    worker.ref();
    const finish = (reusable: boolean, settle: () => void): void => {
      // By name: without names Node's own listeners would go too, and with them all later messages.
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
      job.signal?.removeEventListener('abort', onAbort);
      running--;
      if (reusable) {
        worker.unref();
        // A thread that dies while it rests must not take the kernel along.
        worker.on('error', () => {});
        const entry = { worker, timer: setTimeout(() => rest(entry), IDLE_MS).unref() };
        idle.push(entry);
      } else void worker.terminate();
      settle();
      next();
    };
    const onAbort = (): void => finish(false, () => job.reject(abortReason(job.signal!)));
    job.signal?.addEventListener('abort', onAbort, { once: true });
    worker.on('message', (answer: TaskAnswer) => finish(true, () => (answer.ok ? job.resolve(answer.output) : job.reject(answer.error))));
    worker.on('error', (error) => finish(false, () => job.reject(error)));
    worker.on('exit', (code) => finish(false, () => job.reject(new Error(`a worker thread ended with code ${code}`))));
    worker.postMessage({ task: job.task, input: job.input });
  }

  function rest(entry: { worker: Worker; timer: NodeJS.Timeout }): void {
    const at = idle.indexOf(entry);
    if (at >= 0) idle.splice(at, 1);
    void entry.worker.terminate();
  }

  return {
    size,
    run<Input, Output>(task: string, input: Input, signal?: AbortSignal): Promise<Output> {
      return new Promise<Output>((resolve, reject) => {
        waiting.push({ task, input, ...(signal ? { signal } : {}), resolve: resolve as (output: unknown) => void, reject });
        next();
      });
    }
  };
}

function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new Error('aborted');
}
