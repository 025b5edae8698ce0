export { regress } from './regress.js';
export type { RegressOptions, StandardErrorType } from './options.js';
export type { RegressionFit, Coefficient, BlockResult, RegressionMeasures, TermTest, CollinearityDimension, Influence } from './results.js';
export type { Assumptions, AssumptionTest } from './assumptions.js';
