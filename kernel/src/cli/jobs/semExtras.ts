import type { SemFit } from '../../../../src/models/sem/results.js';

/** Answers that cost extra time and are given when a job wants them. */
export const SEM_EXTRAS: Readonly<Record<string, (fit: SemFit) => unknown>> = {};
