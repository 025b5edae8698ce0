import { runDraws } from './bootstrap/runDraws.js';
import type { BootstrapJob } from './bootstrap/job.js';
import { runReplications, type ReplicationJob } from './monteCarlo/replicationJob.js';

/** Work that a thread can do: named functions over structured-clonable values. */
export const semTasks: Readonly<Record<string, (input: unknown) => unknown>> = {
  'sem.bootstrap': (input) => runDraws(input as BootstrapJob),
  'sem.replications': (input) => runReplications(input as ReplicationJob)
};
