import { EventEmitter } from 'node:events';

/** Ways to listen, and to stop listening, whose first argument is the event. */
const LISTENING = ['on', 'addListener', 'once', 'prependListener', 'prependOnceListener', 'off', 'removeListener', 'removeAllListeners', 'listeners', 'rawListeners', 'listenerCount', 'emit'] as const;

/**
 * SIGINT is the kernel's: it stops cells. A listener of a cell or a package would
 * make Node handle the signal instead, and end the process when the listener goes;
 * so such listeners are kept apart, where they are never called.
 */
export function keepInterruptForKernel(): void {
  if (process.platform === 'win32') return;
  const apart = new EventEmitter();
  apart.setMaxListeners(0);
  const methods = process as unknown as Record<string, (this: unknown, ...values: unknown[]) => unknown>;
  for (const name of LISTENING) {
    const original = methods[name];
    const kept = (apart as unknown as typeof methods)[name];
    methods[name] = function (event, ...rest) {
      if (event !== 'SIGINT') return original.call(this, event, ...rest);
      const answer = kept.call(apart, event, ...rest);
      return answer === apart ? this : answer;
    };
  }
}
