import { formulas } from '../statements.js';
import type { ModelSyntax, Term } from '../syntax.js';

/**
 * Whether a loading is the marker that lavaan fixes to 1: the first of its
 * latent variable, unless a number or `NA` is written there.
 */
export function isMarker(term: Term, latent: string, met: Set<string>): boolean {
  const first = !met.has(latent);
  met.add(latent);
  return first && !term.modifiers.some((modifier) => modifier.type === 'fixed' || modifier.type === 'efa');
}

/** Names of exploratory latent variables, which have no marker. */
export function exploratory(syntax: ModelSyntax): ReadonlySet<string> {
  return new Set(formulas(syntax).flatMap(({ op, left }) => (op === '=~' ? left.filter((term) => term.modifiers.some(({ type }) => type === 'efa')).map((term) => term.variable.name) : [])));
}

/**
 * Pairs of outcomes whose residuals covary in lavaan without being written:
 * dependent variables that predict nothing and indicate nothing.
 */
export function covaryingOutcomes(syntax: ModelSyntax): readonly (readonly [string, string])[] {
  const outcomes = new Set<string>();
  const others = new Set<string>();
  const written = new Set<string>();
  const pair = (a: string, b: string): string => JSON.stringify([a, b].sort());
  for (const { op, left, right } of formulas(syntax)) {
    for (const { variable: a } of left) {
      for (const { variable: b } of right) {
        if (op === '~' && b.name !== '') {
          outcomes.add(a.name);
          for (const factor of b.name.split(':')) others.add(factor);
          others.add(b.name);
        } else if (op === '=~') others.add(b.name);
        else if (op === '~~') written.add(pair(a.name, b.name));
      }
    }
  }
  const free = [...outcomes].filter((name) => !others.has(name));
  return free.flatMap((b, i) => free.slice(0, i).flatMap((a): readonly (readonly [string, string])[] => (written.has(pair(a, b)) ? [] : [[a, b]])));
}
