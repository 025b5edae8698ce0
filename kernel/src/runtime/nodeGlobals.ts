import type { KernelCore } from '../core/kernelCore.js';
import type { KernelHost } from '../core/messages.js';
import { ProcessExitError } from './exit.js';
import { keepInterruptForKernel } from './signalListeners.js';

type Write = typeof process.stdout.write;

/** Sends what `console` and `process.stdout` write to the cell that wrote it. */
function captureStream(core: KernelCore, host: KernelHost, name: 'stdout' | 'stderr'): void {
  const decoder = new TextDecoder();
  const write = (chunk: string | Uint8Array, encoding?: BufferEncoding | ((error?: Error | null) => void), done?: (error?: Error | null) => void): boolean => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    host.stream(name, text, core.currentParent());
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
  process[name].write = write as Write;
}

/** Puts the kernel's own functions where cells find them, and takes over output and stray errors of the process. */
export function installGlobals(core: KernelCore, host: KernelHost): void {
  captureStream(core, host, 'stdout');
  captureStream(core, host, 'stderr');
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
  };
  define('display', (value: unknown, options?: { id?: string; update?: boolean; metadata?: object }) => core.display(value, options));
  define('clearOutput', (wait?: boolean) => core.clearOutput(wait));
  define('prompt', (message = '', initial?: string) => {
    if (!host.requestInputSync) throw new Error('nobody can answer here');
    const answer = host.requestInputSync(String(message), false, core.currentParent());
    return answer === '' && initial !== undefined ? initial : answer;
  });
  define('input', (message = '', options: { password?: boolean } = {}) => {
    if (!host.requestInput) return Promise.reject(new Error('nobody can answer here'));
    return host.requestInput(String(message), options.password === true, core.currentParent());
  });
  define('comms', Object.freeze({ open: core.comms.open.bind(core.comms), onOpen: core.comms.onOpen.bind(core.comms) }));
  define('workers', core.workers);
  Object.defineProperty(globalThis, 'signal', { get: () => core.signal, set: (value: unknown) => define('signal', value), configurable: true, enumerable: false });
  process.exit = (code) => {
    throw new ProcessExitError(code);
  };
  keepInterruptForKernel();
  // Node's own words about experimental features say nothing to the reader of a notebook.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') host.stream('stderr', `${warning.name}: ${warning.message}\n`, core.currentParent());
  });
  process.on('uncaughtException', (error) => core.reportLate(error));
  process.on('unhandledRejection', (error) => core.reportLate(error));
}
