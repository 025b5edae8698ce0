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
  { name: 'correlate', summary: 'correlations: Pearson, Spearman, Kendall, partial, polychoric', load: () => import('./correlate.js') },
  { name: 'compare', summary: 'means over groups: t tests for two, ANOVA with post hoc tests for more', load: () => import('./compare.js') },
  { name: 'pairs', summary: 'two columns of the same persons: paired t test, Wilcoxon', load: () => import('./pairs.js') },
  { name: 'ranks', summary: 'ranks over groups: Mann-Whitney, Kruskal-Wallis with Dunn’s test', load: () => import('./ranks.js') },
  { name: 'anova', summary: 'two-way analysis of variance or covariance', load: () => import('./anova.js') },
  { name: 'crosstab', summary: 'cross table with χ², Cramér’s V, Fisher’s exact test', load: () => import('./crosstab.js') },
  { name: 'normality', summary: 'Lilliefors and Shapiro-Wilk tests, skewness, kurtosis', load: () => import('./normality.js') },
  { name: 'logistic', summary: 'binary logistic regression', load: () => import('./logistic.js') },
  { name: 'ordinal', summary: 'ordinal regression', load: () => import('./ordinal.js') },
  { name: 'moderate', summary: 'moderation: simple slopes, Johnson-Neyman region', load: () => import('./moderate.js') },
  { name: 'mediate', summary: 'mediation with bootstrap intervals', load: () => import('./mediate.js') },
  { name: 'missing', summary: 'missing answers, their patterns, Little’s MCAR test', load: () => import('./missing.js') },
  { name: 'screen', summary: 'screening by a codebook’s rules: sent, returned, valid', load: () => import('./screen.js') },
  { name: 'convert', summary: 'a survey file in another format: .sav, .csv, .xlsx', load: () => import('./convert.js') }
];
