import type { JobCommand } from '../jobCommand.js';
import { command as compare } from './compare.js';
import { command as correlate } from './correlate.js';
import { command as describe } from './describe.js';
import { command as factor } from './factor.js';
import { command as regress } from './regress.js';
import { command as reliability } from './reliability.js';
import { command as sem } from './sem.js';

/** The statistics commands of `semlab`, in the order of its help. */
export const JOB_COMMANDS: readonly JobCommand[] = [sem, regress, describe, reliability, factor, correlate, compare];
