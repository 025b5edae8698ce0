import { formatExpression } from '../expression/formatExpression.js';
import { formatTerm } from '../format.js';
import type { Formula, ModelSyntax, Term } from '../syntax.js';
import type { ExportedModel } from './toSemopy.js';

/** Mplus reads lines up to here. */
const LINE = 88;

/**
 * The MODEL and MODEL CONSTRAINT commands for Mplus: BY for `=~`, ON for `~`,
 * WITH for `~~`, brackets for means and thresholds, `@` for fixed values, `*`
 * for free or started ones, labels in parentheses.
 */
export function toMplus(syntax: ModelSyntax): ExportedModel {
  const left: string[] = [];
  const model: string[] = [];
  const constraint: string[] = [];
  const defined: string[] = [];
  for (const statement of syntax.statements) {
    switch (statement.type) {
      case 'formula':
        model.push(...formulaLines(statement, left));
        break;
      case 'definition':
        defined.push(statement.name.name);
        constraint.push(`${statement.name.name} = ${power(formatExpression(statement.expression))};`);
        break;
      case 'constraint':
        constraint.push(statement.op === '==' ? `0 = ${power(formatExpression(statement.left))} - (${power(formatExpression(statement.right))});` : `${power(formatExpression(statement.left))} ${statement.op} ${power(formatExpression(statement.right))};`);
        break;
      case 'block':
        model.push(statement.keyword === 'group' ? `MODEL ${statement.value}:` : `%${levelWord(statement.value)}%`);
    }
  }
  const text = ['MODEL:', ...model.flatMap(wrapped)];
  if (constraint.length > 0) text.push('MODEL CONSTRAINT:', ...(defined.length > 0 ? [`NEW(${defined.join(' ')});`] : []).flatMap(wrapped), ...constraint.flatMap(wrapped));
  return { text: text.join('\n'), left };
}

function power(text: string): string {
  return text.replace(/\^/g, '**');
}

function formulaLines(formula: Formula, left: string[]): readonly string[] {
  return formula.left.flatMap(({ variable: { name } }) =>
    formula.right.map((term) => {
      const other = term.variable.name;
      const { mark, label } = markOf(term, left);
      switch (formula.op) {
        case '=~':
          return `${name} BY ${other}${mark}${label};`;
        case '~':
          return other === '' ? `[${name}${mark}]${label};` : `${name} ON ${other}${mark}${label};`;
        case '~~':
          return name === other ? `${name}${mark}${label};` : `${name} WITH ${other}${mark}${label};`;
        case '|':
          return `[${name}$${other.slice(1)}${mark}]${label};`;
        case '~*~':
          return `{${name}${mark}}${label};`;
        case '<~':
          left.push(`${name} <~ ${formatTerm(term)}`);
          return `! ${name} is formed by ${other}`;
      }
    })
  );
}

function markOf(term: Term, left: string[]): { readonly mark: string; readonly label: string } {
  let mark = '';
  let label = '';
  for (const modifier of term.modifiers) {
    if (modifier.values.length > 1) left.push(formatTerm(term));
    const [value] = modifier.values;
    if (modifier.type === 'fixed') mark = value === null ? '*' : `@${String(value)}`;
    else if (modifier.type === 'start' && mark === '') mark = `*${String(value)}`;
    else if (modifier.type === 'label') label = ` (${String(value)})`;
    else left.push(formatTerm(term));
  }
  return { mark, label };
}

function wrapped(line: string): readonly string[] {
  const space = line.lastIndexOf(' ', LINE);
  return line.length <= LINE || space <= 0 ? [`  ${line}`] : [`  ${line.slice(0, space)}`, ...wrapped(line.slice(space + 1))];
}

/** Mplus names its levels; numbered ones count from within. */
function levelWord(value: string): string {
  return value === '1' ? 'WITHIN' : value === '2' ? 'BETWEEN' : value.toUpperCase();
}
