import { join } from 'node:path';
import { createWorkerPool } from '../workers/workerPool.js';
import { installGlobals } from '../runtime/nodeGlobals.js';
import type { ZmqHost } from '../server/zmqHost.js';
import { jupyterDataDir } from '../folders.js';
import { createCore } from './createCore.js';
import type { KernelCore } from './kernelCore.js';

/** The core of a kernel process, warm, with its globals in place. */
export function startCore(host: ZmqHost): KernelCore {
  const core = createCore({ host, historyPath: join(jupyterDataDir(), 'semlab', 'history.jsonl'), workers: createWorkerPool() });
  installGlobals(core, host);
  core.warm();
  return core;
}
