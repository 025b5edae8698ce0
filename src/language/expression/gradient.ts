import type { Expression } from '../syntax.js';
import { evaluate, type Lookup } from './evaluate.js';
import { elementaryFunction } from './functions.js';

/**
 * Adds `weight · ∂expression/∂name` for every name in it, by the chain rule
 * from the root down (reverse mode): `add(name, partial)` is called once per
 * occurrence, so the caller sums.
 */
export function accumulateGradient(expression: Expression, lookup: Lookup, weight: number, add: (name: string, partial: number) => void): void {
  if (weight === 0) return;
  switch (expression.type) {
    case 'number':
      return;
    case 'name':
      if (lookup(expression.name) !== undefined) add(expression.name, weight);
      return;
    case 'unary':
      accumulateGradient(expression.argument, lookup, expression.operator === '-' ? -weight : weight, add);
      return;
    case 'binary': {
      const a = evaluate(expression.left, lookup);
      const b = evaluate(expression.right, lookup);
      const [da, db] = partials(expression.operator, a, b);
      accumulateGradient(expression.left, lookup, weight * da, add);
      accumulateGradient(expression.right, lookup, weight * db, add);
      return;
    }
    case 'call': {
      const x = expression.arguments.map((argument) => evaluate(argument, lookup));
      const derivatives = elementaryFunction(expression.name)?.derivatives(x) ?? [];
      expression.arguments.forEach((argument, i) => accumulateGradient(argument, lookup, weight * derivatives[i], add));
    }
  }
}

function partials(operator: '+' | '-' | '*' | '/' | '^', a: number, b: number): readonly [number, number] {
  switch (operator) {
    case '+':
      return [1, 1];
    case '-':
      return [1, -1];
    case '*':
      return [b, a];
    case '/':
      return [1 / b, -a / (b * b)];
    case '^':
      // a^b with b a constant never needs log a, which does not exist for a ≤ 0.
      return [b === 0 ? 0 : b * a ** (b - 1), a > 0 ? a ** b * Math.log(a) : 0];
  }
}
