import type { JobCommand } from '../jobCommand.js';

/** A statistics command whose code is loaded when it is called: each needs another part of the library. */
export interface JobEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{ readonly command: JobCommand }>;
}

/** The statistics commands of `semlab`, in the order of its help. */
export const JOB_COMMANDS: readonly JobEntry[] = [
  { name: 'sem', summary: 'fit structural equation models in lavaan\'s syntax', load: () => import('./sem.js') },
  { name: 'regress', summary: 'linear regression in one or several blocks', load: () => import('./regress.js') },
  { name: 'describe', summary: 'descriptive statistics, or frequencies', load: () => import('./describe.js') },
  { name: 'reliability', summary: 'reliability of a scale: Cronbach’s alpha, omega, item-total statistics, split half', load: () => import('./reliability.js') },
  { name: 'factor', summary: 'KMO, Bartlett’s test, exploratory factor analysis', load: () => import('./factor.js') },
  { name: 'correlate', summary: 'correlations: Pearson, Spearman, Kendall, partial', load: () => import('./correlate.js') },
  { name: 'compare', summary: 'means over groups: t tests for two, ANOVA with post hoc tests for more', load: () => import('./compare.js') }
];
