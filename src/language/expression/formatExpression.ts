import type { Expression } from '../syntax.js';

const STRENGTH = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 } as const;
const SIGN_STRENGTH = 3;

/** The expression as text, with the fewest parentheses that keep its meaning. */
export function formatExpression(expression: Expression, least = 0): string {
  switch (expression.type) {
    case 'number':
      return String(expression.value);
    case 'name':
      return /^[\p{L}._][\p{L}\p{M}\p{N}._]*$/u.test(expression.name) ? expression.name : `\`${expression.name}\``;
    case 'unary':
      return wrap(`${expression.operator}${formatExpression(expression.argument, SIGN_STRENGTH)}`, SIGN_STRENGTH < least);
    case 'call':
      return `${expression.name}(${expression.arguments.map((argument) => formatExpression(argument)).join(', ')})`;
    case 'binary': {
      const strength = STRENGTH[expression.operator];
      const rightAssociative = expression.operator === '^';
      const left = formatExpression(expression.left, rightAssociative ? strength + 1 : strength);
      const right = formatExpression(expression.right, rightAssociative ? SIGN_STRENGTH : strength + 1);
      const glue = strength === 1 ? ` ${expression.operator} ` : expression.operator;
      return wrap(`${left}${glue}${right}`, strength < least);
    }
  }
}

function wrap(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}
