export { leastSquares, ALIAS_TOLERANCE, type LeastSquares, type LeastSquaresProblem, type LeastSquaresSolution } from './leastSquares.js';
