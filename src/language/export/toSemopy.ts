import { formatTerm } from '../format.js';
import { formulas } from '../statements.js';
import type { ModelSyntax, Term } from '../syntax.js';

/** A model in another program's words, with what it cannot say there. */
export interface ExportedModel {
  readonly text: string;
  readonly left: readonly string[];
}

/**
 * The model for semopy in Python, which reads `=~`, `~`, `~~` with numbers and
 * labels before `*`. Everything else is listed in `left`.
 */
export function toSemopy(syntax: ModelSyntax): ExportedModel {
  const left: string[] = [];
  const lines: string[] = [];
  for (const statement of syntax.statements) if (statement.type !== 'formula') left.push(statement.type === 'block' ? `${statement.keyword}: ${statement.value}` : statement.type === 'definition' ? `${statement.name.name} := …` : `constraint ${statement.op}`);
  for (const formula of formulas(syntax)) {
    if (formula.op !== '=~' && formula.op !== '~' && formula.op !== '~~') {
      left.push(`${formula.left.map(formatTerm).join(' + ')} ${formula.op} …`);
      continue;
    }
    for (const side of formula.left) {
      const right = formula.right.filter((term) => term.variable.name !== '');
      if (right.length < formula.right.length) left.push(`${side.variable.name} ~ 1`);
      if (right.length > 0) lines.push(`${side.variable.name} ${formula.op} ${right.map((term) => plainTerm(term, left)).join(' + ')}`);
    }
  }
  return { text: lines.join('\n'), left };
}

/** A term with a single number or label. */
function plainTerm(term: Term, left: string[]): string {
  const kept = term.modifiers.filter((modifier) => (modifier.type === 'fixed' && modifier.values.length === 1 && modifier.values[0] !== null) || (modifier.type === 'label' && modifier.values.length === 1));
  if (kept.length < term.modifiers.length) left.push(formatTerm(term));
  const [first] = kept;
  return first ? `${String(first.values[0])}*${term.variable.name}` : term.variable.name;
}
