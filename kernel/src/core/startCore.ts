import { join } from 'node:path';
import { createWorkerPool } from '../workers/workerPool.js';
import { installGlobals } from '../runtime/nodeGlobals.js';
import type { ZmqHost } from '../server/zmqHost.js';
import { createCore, jupyterDataDir } from './createCore.js';
import type { KernelCore } from './kernelCore.js';

/** The core of a kernel process, warm, with its globals and its interrupt handler in place. */
export function startCore(host: ZmqHost): KernelCore {
  const core = createCore({ host, historyPath: join(jupyterDataDir(), 'semlab', 'history.jsonl'), workers: createWorkerPool() });
  installGlobals(core, host);
  process.on('SIGINT', () => {
    host.acknowledgeInterrupt();
    core.interrupt();
  });
  core.warm();
  return core;
}
