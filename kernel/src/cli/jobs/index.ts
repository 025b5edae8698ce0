import type { JobCommand } from '../jobCommand.js';
import { command as regress } from './regress.js';
import { command as sem } from './sem.js';

/** The statistics commands of `semlab`, in the order of its help. */
export const JOB_COMMANDS: readonly JobCommand[] = [sem, regress];
