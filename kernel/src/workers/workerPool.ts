import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker, type ResourceLimits } from 'node:worker_threads';
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

const abortReason = (signal: AbortSignal): unknown => signal.reason ?? new Error('aborted');

/** What ended a thread, with the task that it had; Node's own word for memory says too little. */
function workerError(task: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'ran out of memory' : `failed: ${message}`;
  return new Error(`the thread that worked on \`${task}\` ${reason}`, { cause: error });
}

/** One thread and the job that it has. */
class Thread {
  readonly #worker: Worker;
  readonly #free: (thread: Thread, usable: boolean) => void;
  #job: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #onAbort = (): void => this.#finish(false, (job) => job.reject(abortReason(job.signal!)));

  constructor(script: string, free: (thread: Thread, usable: boolean) => void, limits: ResourceLimits | undefined) {
    this.#free = free;
    this.#worker = new Worker(pathToFileURL(script), limits ? { resourceLimits: limits } : {});
    this.#worker.on('message', (answer: TaskAnswer) => this.#finish(true, (job) => (answer.ok ? job.resolve(answer.output) : job.reject(answer.error))));
    this.#worker.on('error', (error) => this.#finish(false, (job) => job.reject(workerError(job.task, error))));
    this.#worker.on('exit', (code) => this.#finish(false, (job) => job.reject(new Error(`the thread that worked on \`${job.task}\` ended with code ${code} before it was done`))));
  }

  start(job: Job): void {
    clearTimeout(this.#timer);
    this.#worker.ref();
    this.#job = job;
    job.signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#worker.postMessage({ task: job.task, input: job.input });
  }

  /** Does not keep the process alive, and goes when nobody needs it for a while. */
  rest(): void {
    this.#worker.unref();
    this.#timer = setTimeout(() => this.#finish(false, () => {}), IDLE_MS).unref();
  }

  /** A thread whose job is aborted ends: JavaScript cannot be stopped otherwise. */
  #finish(usable: boolean, settle: (job: Job) => void): void {
    const job = this.#job;
    this.#job = undefined;
    job?.signal?.removeEventListener('abort', this.#onAbort);
    if (!usable) {
      clearTimeout(this.#timer);
      void this.#worker.terminate();
    }
    this.#free(this, usable);
    if (job) settle(job);
  }
}

/** Threads that run named tasks; they start when first needed, and one that dies is replaced by the next task. */
export function createWorkerPool(script: string = join(kernelHome(), 'worker.js'), size: number = Math.max(1, Math.min(MOST_THREADS, availableParallelism())), limits?: ResourceLimits): WorkerPool {
  const busy = new Set<Thread>();
  const idle: Thread[] = [];
  const waiting: Job[] = [];

  function free(thread: Thread, usable: boolean): void {
    busy.delete(thread);
    const at = idle.indexOf(thread);
    if (at >= 0) idle.splice(at, 1);
    if (usable) {
      idle.push(thread);
      thread.rest();
    }
    next();
  }

  function next(): void {
    while (waiting.length > 0 && busy.size < size) {
      const job = waiting.shift()!;
      if (job.signal?.aborted) {
        job.reject(abortReason(job.signal));
        continue;
      }
      const thread = idle.pop() ?? new Thread(script, free, limits);
      busy.add(thread);
      thread.start(job);
    }
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
