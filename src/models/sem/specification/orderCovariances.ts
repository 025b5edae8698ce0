import type { BlockRoles } from './roles.js';
import type { UserTerm } from './userTerms.js';

/** Writes each covariance in the order of the variables: latent before observed, each in its list's order. */
export function orderCovariances(terms: readonly UserTerm[], roles: BlockRoles): readonly UserTerm[] {
  const place = new Map([...roles.latent, ...roles.observed].map((name, index) => [name, index]));
  return terms.map((term) => {
    if (term.op !== '~~' || (place.get(term.lhs) ?? 0) <= (place.get(term.rhs) ?? 0)) return term;
    return { ...term, lhs: term.rhs, rhs: term.lhs };
  });
}
