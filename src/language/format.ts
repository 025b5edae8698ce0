import { formatExpression } from './expression/formatExpression.js';
import type { Modifier, ModelSyntax, NumberOrMissing, Statement, Term } from './syntax.js';

/**
 * The model as text, one statement a line, in a canonical form:
 * `parseModel(formatModel(tree))` gives the same tree up to spans.
 */
export function formatModel(syntax: ModelSyntax): string {
  return syntax.statements.map(formatStatement).join('\n');
}

export function formatStatement(statement: Statement): string {
  switch (statement.type) {
    case 'block':
      return `${statement.keyword}: ${/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._ -]*$/u.test(statement.value) ? statement.value : `"${statement.value}"`}`;
    case 'definition':
      return `${formatName(statement.name.name)} := ${formatExpression(statement.expression)}`;
    case 'constraint':
      return `${formatExpression(statement.left)} ${statement.op} ${formatExpression(statement.right)}`;
    case 'formula':
      return `${statement.left.map(formatTerm).join(' + ')} ${statement.op} ${statement.right.map(formatTerm).join(' + ')}`;
  }
}

export function formatTerm(term: Term): string {
  const { name } = term.variable;
  const modifiers = term.modifiers.map(formatModifier).join('');
  return `${modifiers}${name === '' ? '1' : name.split(':').map(formatName).join(':')}`;
}

/** A name, in backticks when it is not a plain word. */
export function formatName(name: string): string {
  return /^[\p{L}._][\p{L}\p{M}\p{N}._]*$/u.test(name) && name !== 'NA' ? name : `\`${name}\``;
}

function formatModifier(modifier: Modifier): string {
  switch (modifier.type) {
    case 'fixed':
      return `${modifier.values.length === 1 ? formatNumber(modifier.values[0]) : `c(${modifier.values.map(formatNumber).join(', ')})`}*`;
    case 'start':
    case 'lower':
    case 'upper':
      return `${modifier.type}(${listed(modifier.values.map(formatNumber))})*`;
    case 'label':
      return modifier.values.length === 1 && isPlainLabel(modifier.values[0]) ? `${modifier.values[0]}*` : `label(${listed(modifier.values.map(quote))})*`;
    default:
      return `${modifier.type}(${listed(modifier.values.map(quote))})*`;
  }
}

function isPlainLabel(label: string): boolean {
  return /^[\p{L}._][\p{L}\p{M}\p{N}._]*$/u.test(label) && label !== 'NA';
}

function listed(values: readonly string[]): string {
  return values.length === 1 ? values[0] : `c(${values.join(', ')})`;
}

function quote(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

function formatNumber(value: NumberOrMissing): string {
  if (value === null) return 'NA';
  return Number.isFinite(value) ? String(value) : value > 0 ? 'Inf' : '-Inf';
}
