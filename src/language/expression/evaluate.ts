import type { Expression } from '../syntax.js';
import { CONSTANTS, elementaryFunction } from './functions.js';

/** Value of a name; undefined when it has none. */
export type Lookup = (name: string) => number | undefined;

/**
 * Value of an expression. A name without a value makes the result NaN, which
 * callers turn into "absent"; the parser has checked the function names.
 */
export function evaluate(expression: Expression, lookup: Lookup): number {
  switch (expression.type) {
    case 'number':
      return expression.value;
    case 'name':
      return lookup(expression.name) ?? CONSTANTS.get(expression.name) ?? Number.NaN;
    case 'unary': {
      const value = evaluate(expression.argument, lookup);
      return expression.operator === '-' ? -value : value;
    }
    case 'binary':
      return binary(expression.operator, evaluate(expression.left, lookup), evaluate(expression.right, lookup));
    case 'call':
      return elementaryFunction(expression.name)?.value(expression.arguments.map((argument) => evaluate(argument, lookup))) ?? Number.NaN;
  }
}

function binary(operator: '+' | '-' | '*' | '/' | '^', a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '^':
      return a ** b;
  }
}
