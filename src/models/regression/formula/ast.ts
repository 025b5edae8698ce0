import type { Span } from '../../../shared/diagnostic.js';

/** What stands in a formula: arithmetic over columns. */
export type FormulaNode =
  | { readonly type: 'number'; readonly value: number; readonly text: string; readonly span: Span }
  | { readonly type: 'text'; readonly value: string; readonly span: Span }
  | { readonly type: 'name'; readonly name: string; readonly span: Span }
  | { readonly type: 'unary'; readonly operator: '-' | '+'; readonly argument: FormulaNode; readonly span: Span }
  | { readonly type: 'binary'; readonly operator: BinaryOperator; readonly left: FormulaNode; readonly right: FormulaNode; readonly span: Span }
  | { readonly type: 'call'; readonly name: string; readonly arguments: readonly FormulaArgument[]; readonly span: Span };

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | ':';

export interface FormulaArgument {
  /** `ref` in `factor(g, ref = "2")`. */
  readonly name?: string;
  readonly value: FormulaNode;
}

export interface FormulaSyntax {
  readonly text: string;
  readonly response: FormulaNode;
  /** At least one; the parts between `|`. */
  readonly blocks: readonly FormulaNode[];
}

const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, ':': 3, '^': 5 };
const PLAIN_NAME = /^[\p{L}_.@#$][\p{L}\p{N}\p{M}_.@#$]*$/u;

/** A column name as it is written in a formula. */
export function writeName(name: string): string {
  return PLAIN_NAME.test(name) ? name : `\`${name}\``;
}

/** The node as R would print it: spaces around `+ - *`, none around `/ ^ :`. */
export function writeNode(node: FormulaNode, above: number = 0): string {
  switch (node.type) {
    case 'number':
      return node.text;
    case 'text':
      return JSON.stringify(node.value);
    case 'name':
      return writeName(node.name);
    case 'unary': {
      const text = `${node.operator}${writeNode(node.argument, 4)}`;
      return above > 2 ? `(${text})` : text;
    }
    case 'binary': {
      const own = PRECEDENCE[node.operator];
      const gap = own >= 3 || node.operator === '/' ? '' : ' ';
      const text = `${writeNode(node.left, own === 5 ? own + 0.5 : own)}${gap}${node.operator}${gap}${writeNode(node.right, own === 5 ? own : own + 0.5)}`;
      return own < above ? `(${text})` : text;
    }
    case 'call':
      return `${node.name}(${node.arguments.map(({ name, value }) => (name === undefined ? '' : `${name} = `) + writeNode(value)).join(', ')})`;
  }
}
