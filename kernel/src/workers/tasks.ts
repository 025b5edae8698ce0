import { regressionTasks } from '../../../src/models/regression/tasks.js';
import { semTasks } from '../../../src/models/sem/tasks.js';

/** Everything that a thread can be asked to do, by name. */
export const createTasks = (): Readonly<Record<string, (input: never) => unknown>> => ({ ...semTasks(), ...regressionTasks });
