import type { BlockRoles } from './roles.js';
import type { UserTerm } from './userTerms.js';
import { mapPacked } from '../../../shared/packedArray.js';

/** Writes each covariance in the order of the variables: latent before observed, each in its list's order. */
export function orderCovariances(terms: readonly UserTerm[], roles: BlockRoles): readonly UserTerm[] {
  const place = new Map(mapPacked([...roles.latent, ...roles.observed], (name, index) => [name, index] as const));
  return mapPacked(terms, (term) => {
    if (term.op !== '~~' || (place.get(term.lhs) ?? 0) <= (place.get(term.rhs) ?? 0)) return term;
    return { ...term, lhs: term.rhs, rhs: term.lhs };
  });
}
