import type { Expression } from '../syntax.js';

/** Calls `visit` for every name in an expression, left to right. */
export function visitNames(expression: Expression, visit: (node: Expression & { readonly type: 'name' }) => void): void {
  switch (expression.type) {
    case 'number':
      return;
    case 'name':
      visit(expression);
      return;
    case 'unary':
      visitNames(expression.argument, visit);
      return;
    case 'binary':
      visitNames(expression.left, visit);
      visitNames(expression.right, visit);
      return;
    case 'call':
      for (const argument of expression.arguments) visitNames(argument, visit);
  }
}

/** The distinct names of an expression, in order of first appearance. */
export function namesIn(expression: Expression): readonly string[] {
  const names = new Set<string>();
  visitNames(expression, (node) => names.add(node.name));
  return [...names];
}
