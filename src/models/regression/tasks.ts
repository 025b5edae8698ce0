import { MEDIATION_TASK, runMediationDraws, type MediationDraws } from './mediationDraws.js';

/** Work that a thread can do: named functions over structured-clonable values. */
export const regressionTasks: Readonly<Record<string, (input: unknown) => unknown>> = {
  [MEDIATION_TASK]: (input) => runMediationDraws(input as MediationDraws)
};
