import type { EigenDecomposition } from '../../numerics/matrix/index.js';
import { CLOSED_FORM } from '../convergence.js';
import { communalitiesOf, leadingLoadings, type Extraction } from './extraction.js';

/** Principal components of R: loadings √λₖ vₖ of the m largest eigenvalues. */
export function principalComponents({ values, vectors }: EigenDecomposition, p: number, m: number): Extraction {
  const loadings = leadingLoadings(values, vectors, p, m, (value) => value);
  return { loadings, factors: m, communalities: communalitiesOf(loadings, p, m), initialCommunalities: new Float64Array(p).fill(1), convergence: CLOSED_FORM, heywood: [], discrepancy: null };
}
