import type { UserTerm } from './userTerms.js';
import { filterPacked } from '../../../shared/packedArray.js';

/** Names by role in one block, each list in lavaan's order. */
export interface BlockRoles {
  /** Latent variables: left of `=~` or `<~`, in order of appearance. */
  readonly latent: readonly string[];
  readonly formative: ReadonlySet<string>;
  /** Indicators, outcomes, predictors, the rest. */
  readonly observed: readonly string[];
  /** Exogenous observed variables whose moments are not modelled by the user. */
  readonly exogenousObserved: readonly string[];
  /** Observed variables that are not exogenous. */
  readonly modelledObserved: readonly string[];
  /** Everything right of `=~`. */
  readonly indicators: ReadonlySet<string>;
  /** Latent variables that nothing in the model explains. */
  readonly exogenousLatent: readonly string[];
  /** Outcomes that predict nothing: latent, then observed. */
  readonly outcomesOnly: readonly string[];
  readonly outcomes: ReadonlySet<string>;
  /** Exogenous variables that became random because the user wrote of their moments. */
  readonly madeRandom: readonly string[];
}

export function blockRoles(terms: readonly UserTerm[]): BlockRoles {
  const latent = new Set<string>();
  const formative = new Set<string>();
  for (const { lhs, op } of terms) {
    if (op === '=~' || op === '<~') latent.add(lhs);
    if (op === '<~') formative.add(lhs);
  }
  const indicators = new Set<string>();
  const outcomes = new Set<string>();
  const predictors = new Set<string>();
  for (const { lhs, op, rhs } of terms) {
    if (op === '=~') indicators.add(rhs);
    if (op === '~') outcomes.add(lhs);
    if (op === '~' || op === '<~') predictors.add(rhs);
  }
  const ordered = new Set<string>();
  for (const name of indicators) if (!latent.has(name)) ordered.add(name);
  const observedOutcomes = filterPacked([...outcomes], (name) => !latent.has(name) && !ordered.has(name));
  for (const name of observedOutcomes) ordered.add(name);
  const candidates = filterPacked([...predictors], (name) => !latent.has(name) && !ordered.has(name));
  for (const name of candidates) ordered.add(name);
  // Only in covariances, intercepts, thresholds or scales.
  for (const { lhs, op } of terms) if ((op === '~~' || op === '|' || op === '~*~') && !latent.has(lhs)) ordered.add(lhs);
  for (const { op, rhs } of terms) if (op === '~~' && !latent.has(rhs)) ordered.add(rhs);
  for (const { lhs, op } of terms) if (op === '~1' && !latent.has(lhs)) ordered.add(lhs);

  const written = new Set<string>();
  for (const { lhs, op, rhs } of terms) {
    if (op === '~~' || op === '~1') written.add(lhs);
    if (op === '~~') written.add(rhs);
  }
  const exogenous = filterPacked(candidates, (name) => !written.has(name));
  const isExogenous = new Set(exogenous);
  const latentList = [...latent];
  return {
    latent: latentList,
    formative,
    observed: [...ordered],
    exogenousObserved: exogenous,
    modelledObserved: filterPacked([...ordered], (name) => !isExogenous.has(name)),
    indicators,
    exogenousLatent: filterPacked(latentList, (name) => !outcomes.has(name) && !indicators.has(name)),
    outcomesOnly: [...filterPacked(latentList, (name) => outcomes.has(name) && !predictors.has(name) && !indicators.has(name)), ...filterPacked(observedOutcomes, (name) => !predictors.has(name))],
    outcomes,
    madeRandom: filterPacked(candidates, (name) => written.has(name))
  };
}
