export { leastSquares, ALIAS_TOLERANCE } from './leastSquares.js';
export type { LeastSquares, LeastSquaresProblem, LeastSquaresSolution } from './problem.js';
