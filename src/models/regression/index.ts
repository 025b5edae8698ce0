export { regress } from './regress.js';
export type { RegressOptions, StandardErrorType } from './options.js';
export type { RegressionFit, Coefficient, BlockResult, RegressionMeasures, TermTest, CollinearityDimension, Influence } from './results.js';
export type { Assumptions, AssumptionTest } from './assumptions.js';
export { moderate, type Moderation, type ModerationSpec, type SimpleSlope, type JohnsonNeymanBound } from './moderation.js';
export { mediate, type Mediation, type MediationSpec, type MediationModel, type IndirectEffect } from './mediation.js';
export { logistic, type LogisticOptions } from './categorical/logistic.js';
export { ordinal, type OrdinalOptions } from './categorical/ordinal.js';
export type { LogisticFit, OrdinalFit, CategoricalCoefficient } from './categorical/results.js';
