import { join } from 'node:path';
import { createWorkerPool } from '../workers/workerPool.js';
import { installGlobals } from '../runtime/nodeGlobals.js';
import type { ZmqHost } from '../server/zmqHost.js';
import { jupyterDataDir } from '../folders.js';
import { createCore } from './createCore.js';
import type { KernelCore } from './kernelCore.js';

/** Taken before cells may change it. */
const nextTurn = setImmediate;
const later = setTimeout;
/** Warming leaves a running cell alone. */
const BUSY_MS = 25;

/** The core of a kernel process, warming up, with its globals in place. */
export function startCore(host: ZmqHost): KernelCore {
  const core = createCore({ host, historyPath: join(jupyterDataDir(), 'semlab', 'history.jsonl'), workers: createWorkerPool() });
  installGlobals(core, host);
  warmInSteps(core);
  return core;
}

/** Between two steps the kernel hears what is asked; whoever asks for more than is warm waits for that alone. */
function warmInSteps(core: KernelCore): void {
  const steps = core.warm();
  const next = (): void => {
    if (core.isBusy) later(next, BUSY_MS);
    else if (!steps.next().done) nextTurn(next);
  };
  nextTurn(next);
}
