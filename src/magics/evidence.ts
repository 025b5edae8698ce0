import type { RegressionFit } from '../models/regression/index.js';
import { fail } from '../shared/diagnostic.js';
import type { PathEvidence } from '../studies/verdicts.js';
import { isFit, isSemFit } from './resolve.js';

/** What a fit says of its paths, from a regression or a structural model; nothing when it did not converge. */
export function evidenceOf(fit: unknown): readonly PathEvidence[] {
  if (isSemFit(fit)) return fit.convergence.converged ? fit.paths.map((row) => ({ from: row.rhs, to: row.lhs, estimate: row.estimate, standardized: row.stdAll, stdError: row.stdError, statistic: row.statistic, pValue: row.pValue })) : [];
  if (isFit(fit) && fit.kind === 'regression') {
    const { coefficients, response } = fit as RegressionFit;
    return coefficients.map((row) => ({ from: row.term, to: response, estimate: row.estimate, standardized: row.beta, stdError: row.stdError, statistic: row.statistic, pValue: row.pValue }));
  }
  return fail('not-a-fit', 'hypotheses are judged by a regression or a structural equation model');
}
