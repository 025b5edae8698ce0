import { keptRunner } from './bootstrap/keptRunner.js';
import type { BootstrapJob } from './bootstrap/job.js';
import { runReplications, type ReplicationJob } from './monteCarlo/replicationJob.js';

/** Work that a thread can do: named functions over structured-clonable values. One set belongs to one thread: it keeps what the last run of draws was prepared with. */
export function semTasks(): Readonly<Record<string, (input: unknown) => unknown>> {
  const runDraws = keptRunner();
  return {
    'sem.bootstrap': (input) => runDraws(input as BootstrapJob),
    'sem.replications': (input) => runReplications(input as ReplicationJob)
  };
}
