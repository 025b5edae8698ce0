import type { Constraint, Definition, Formula, ModelSyntax } from './syntax.js';
import { filterPacked } from '../shared/packedArray.js';

/** The formulas of a model, in order. */
export function formulas(syntax: ModelSyntax): readonly Formula[] {
  return filterPacked(syntax.statements, (statement): statement is Formula => statement.type === 'formula');
}

export function definitions(syntax: ModelSyntax): readonly Definition[] {
  return filterPacked(syntax.statements, (statement): statement is Definition => statement.type === 'definition');
}

export function constraints(syntax: ModelSyntax): readonly Constraint[] {
  return filterPacked(syntax.statements, (statement): statement is Constraint => statement.type === 'constraint');
}

/** Every label that a modifier gives. */
export function labels(syntax: ModelSyntax): ReadonlySet<string> {
  const found = new Set<string>();
  for (const formula of formulas(syntax))
    for (const term of formula.right) for (const modifier of term.modifiers) if (modifier.type === 'label') for (const label of modifier.values) if (label !== '') found.add(label);
  return found;
}

/** Every variable named in a formula. */
export function variables(syntax: ModelSyntax): ReadonlySet<string> {
  const found = new Set<string>();
  for (const formula of formulas(syntax)) {
    for (const term of formula.left) found.add(term.variable.name);
    if (formula.op !== '|') for (const term of formula.right) if (term.variable.name !== '') found.add(term.variable.name);
  }
  return found;
}

/** Variables on the left of `=~` (or `<~`): the latent variables, in order of appearance. */
export function latentVariables(syntax: ModelSyntax): ReadonlySet<string> {
  const found = new Set<string>();
  for (const formula of formulas(syntax)) if (formula.op === '=~' || formula.op === '<~') for (const term of formula.left) found.add(term.variable.name);
  return found;
}
