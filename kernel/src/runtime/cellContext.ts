import { promiseHooks } from 'node:v8';
import type { Parent } from '../core/messages.js';
import { wrapCallbacks } from './callbacks.js';

/** A constructor that gives back the object it is called with, so that a subclass can put a private field on it. */
const Same = function (object: object): object {
  return object;
} as unknown as new (object: object) => object;

/** Keeps the cell that made a promise in a private field of the promise: quicker than a map, and nobody sees it. */
class Owned extends Same {
  readonly #owner: Parent;

  constructor(promise: object, owner: Parent) {
    super(promise);
    this.#owner = owner;
  }

  static ownerOf(promise: object): Parent | undefined {
    return #owner in promise ? (promise as Owned).#owner : undefined;
  }
}

/**
 * Which cell the running code belongs to, across promises and timers.
 *
 * AsyncLocalStorage would know as well, but it keeps a native stack that is left
 * corrupt when running JavaScript is terminated, which is how a loop that
 * computes after an `await` is stopped; Node would abort. V8's own promise hooks
 * and wrapped timers keep nothing outside this object.
 */
export class CellContext {
  #current: Parent | undefined;

  constructor() {
    promiseHooks.createHook({
      init: (promise) => {
        if (this.#current !== undefined) new Owned(promise, this.#current);
      },
      before: (promise) => {
        this.#current = Owned.ownerOf(promise);
      },
      after: () => {
        this.#current = undefined;
      },
      settled: () => {}
    });
    this.#wrapTimers();
    wrapCallbacks((work) => this.#bound(work));
  }

  get(): Parent | undefined {
    return this.#current;
  }

  run<Result>(parent: Parent, work: () => Result): Result {
    const outer = this.#current;
    this.#current = parent;
    try {
      return work();
    } finally {
      this.#current = outer;
    }
  }

  /** Nothing runs: code that was terminated could not say so itself. */
  leave(): void {
    this.#current = undefined;
  }

  /** The function as part of the cell that is running now. */
  #bound<Work extends (this: unknown, ...values: never[]) => unknown>(work: Work): Work {
    const owner = this.#current;
    if (owner === undefined) return work;
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the function below has a `this` of its own
    const context = this;
    return function (this: unknown, ...values: never[]) {
      return context.run(owner, () => work.apply(this, values));
    } as unknown as Work;
  }

  /**
   * Callbacks of timers run as microtasks of their own: there they can be
   * stopped like any other code, while inside Node's timer phase they cannot.
   */
  #wrapTimers(): void {
    const asMicrotask = (callback: unknown): unknown => {
      if (typeof callback !== 'function' || this.#current === undefined) return callback;
      const owner = this.#current;
      return (...values: unknown[]) => {
        this.run(owner, () => void Promise.resolve().then(() => (callback as (...values: unknown[]) => unknown)(...values)));
      };
    };
    for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
      const original = globalThis[name] as unknown as (...values: unknown[]) => unknown;
      const wrapped = (callback: unknown, ...rest: unknown[]): unknown => original(asMicrotask(callback), ...rest);
      // util.promisify(setTimeout) looks for Node's own version.
      for (const key of Object.getOwnPropertySymbols(original)) Object.defineProperty(wrapped, key, Object.getOwnPropertyDescriptor(original, key)!);
      Object.defineProperty(wrapped, 'name', { value: name });
      (globalThis as unknown as Record<string, unknown>)[name] = wrapped;
    }
    const { queueMicrotask: queue } = globalThis;
    globalThis.queueMicrotask = (callback) => queue(typeof callback === 'function' ? this.#bound(callback) : callback);
    const { nextTick } = process;
    process.nextTick = (callback: (...values: unknown[]) => unknown, ...rest: unknown[]) => nextTick(typeof callback === 'function' ? this.#bound(callback) : callback, ...rest);
  }
}
