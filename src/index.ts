// The public API: a contents page, no logic.

/* Plain values that everything returns: tables, diagnostics, the three verbs of a fit. */
export * from './api/shared.js';

/* Answers: readers, codebook, screening, missing values, writers. */
export * from './api/data.js';

/* Descriptives, scales, correlations, groups, factors. */
export * from './api/statistics.js';

/* Least squares, moderation, mediation, logistic and ordinal models. */
export * from './api/regression.js';

/* Structural equation models: language, fits, questions to a fit, bootstrap, simulation. */
export * from './api/sem.js';

/* The two theses as data: constructs, items, hypotheses, verdicts. */
export * from './api/studies.js';

/* Numbers to tables, sentences, charts, diagrams, documents; printed results against recomputed ones. */
export * from './api/report.js';

/* Cell magics. */
export * from './api/notebook.js';
