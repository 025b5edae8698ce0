import { formatExpression } from '../expression/formatExpression.js';
import { formatTerm } from '../format.js';
import type { ModelSyntax, Term } from '../syntax.js';
import { covaryingOutcomes, exploratory, isMarker } from './impliedTerms.js';

/** A model in another program's words, with what it cannot say there. */
export interface ExportedModel {
  readonly text: string;
  readonly left: readonly string[];
}

/**
 * The model for semopy 2 in Python: `=~`, `~`, `~~` with a number or a label
 * before `*`, START and CONSTRAINT lines. What lavaan adds unasked and semopy
 * does not is written out: markers, and covariances of outcomes that predict
 * nothing. Everything else is listed in `left`.
 */
export function toSemopy(syntax: ModelSyntax): ExportedModel {
  const left: string[] = [];
  const lines: string[] = [];
  const commands: string[] = [];
  const markers = new Set<string>();
  const rotated = exploratory(syntax);
  for (const statement of syntax.statements) {
    if (statement.type === 'block') left.push(`${statement.keyword}: ${statement.value}`);
    else if (statement.type === 'definition') left.push(`${statement.name.name} := …`);
    else if (statement.type === 'constraint') commands.push(`CONSTRAINT(${power(formatExpression(statement.left))} ${statement.op === '==' ? '=' : statement.op} ${power(formatExpression(statement.right))})`);
    else {
      const { op } = statement;
      if (op !== '=~' && op !== '~' && op !== '~~') {
        left.push(`${statement.left.map(formatTerm).join(' + ')} ${op} …`);
        continue;
      }
      for (const side of statement.left) {
        const { name } = side.variable;
        if (rotated.has(name) && op === '=~') {
          left.push(`${formatTerm(side)} =~ …`);
          continue;
        }
        const terms = statement.right.flatMap((term): readonly string[] => {
          const marker = op === '=~' && isMarker(term, name, markers);
          if (term.variable.name === '') left.push(`${name} ~ 1`);
          else if (term.variable.name.includes(':')) left.push(formatTerm(term));
          else return [marker ? `1*${term.variable.name}` : plainTerm(term, commands, left, op === '=~' && term === statement.right[0])];
          return [];
        });
        if (terms.length > 0) lines.push(`${name} ${op} ${terms.join(' + ')}`);
      }
    }
  }
  for (const [a, b] of covaryingOutcomes(syntax)) lines.push(`${a} ~~ ${b}`);
  return { text: [...lines, ...commands].join('\n'), left };
}

/** A term with a single number or label; a start value becomes a line of its own. */
function plainTerm(term: Term, commands: string[], left: string[], first: boolean): string {
  const { name } = term.variable;
  let before: string | null = null;
  let start: number | null = null;
  for (const { type, values } of term.modifiers) {
    const [value] = values;
    const single = values.length === 1;
    // semopy fixes some loading of every latent variable
    if (type === 'fixed' && single && value === null && !first) continue;
    if (type === 'fixed' && single && value !== null) before = String(value);
    else if (type === 'label' && single) before ??= String(value);
    else if (type === 'start' && single && typeof value === 'number') start = value;
    else left.push(formatTerm(term));
  }
  if (start !== null && (before === null || Number.isNaN(Number(before)))) {
    before ??= `start_${commands.length + 1}`;
    commands.push(`START(${start}) ${before}`);
  }
  return before === null ? name : `${before}*${name}`;
}

function power(text: string): string {
  return text.replace(/\^/g, '**');
}
