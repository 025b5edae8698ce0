import { fail, type SourceText } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import { dd, divide, multiply, squareRoot } from '../../../numerics/exact/doubleDouble.js';
import { preciseDot, preciseMean, preciseShift, type PreciseColumn } from '../../../numerics/exact/accumulate.js';
import { writeNode, type FormulaNode } from '../formula/ast.js';
import { difference, mapPlain, mapPrecise, product, quotient, raise, root, sum } from './preciseArithmetic.js';

/** Functions of one argument that a formula may use. */
const FUNCTIONS: ReadonlyMap<string, (x: PreciseColumn) => PreciseColumn> = new Map([
  ['I', (x: PreciseColumn) => x],
  ['numeric', (x: PreciseColumn) => x],
  ['log', (x: PreciseColumn) => mapPlain(x, Math.log)],
  ['ln', (x: PreciseColumn) => mapPlain(x, Math.log)],
  ['log1p', (x: PreciseColumn) => mapPlain(x, Math.log1p)],
  ['log2', (x: PreciseColumn) => mapPlain(x, Math.log2)],
  ['log10', (x: PreciseColumn) => mapPlain(x, Math.log10)],
  ['exp', (x: PreciseColumn) => mapPlain(x, Math.exp)],
  ['sin', (x: PreciseColumn) => mapPlain(x, Math.sin)],
  ['cos', (x: PreciseColumn) => mapPlain(x, Math.cos)],
  ['tan', (x: PreciseColumn) => mapPlain(x, Math.tan)],
  ['sqrt', root],
  ['abs', (x: PreciseColumn) => mapPrecise(x, (v) => (v.hi < 0 ? dd(-v.hi, -v.lo) : v))],
  ['center', centre],
  ['centre', centre],
  ['scale', standardize],
  ['standardize', standardize]
]);

export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.keys(), 'factor', 'poly'];

/** x − x̄ over the rows in use. */
function centre(x: PreciseColumn): PreciseColumn {
  return preciseShift(x, preciseMean(x));
}

/** (x − x̄) / s with divisor n − 1, over the rows in use. */
function standardize(x: PreciseColumn): PreciseColumn {
  const centred = preciseShift(x, preciseMean(x));
  const deviation = squareRoot(divide(preciseDot(centred, centred), dd(x.hi.length - 1)));
  const inverse = divide(dd(1), deviation);
  return mapPrecise(centred, (v) => multiply(v, inverse));
}

/** The columns of the rows in use. */
export interface EvaluationRows {
  readonly count: number;
  readonly source: SourceText;
  numeric(name: string): Float64Array;
}

/**
 * Value of an expression for every row, in double-double where the operation
 * allows: a tenth power then is exact to 30 digits, as ill-conditioned
 * polynomials need.
 */
export function evaluate(node: FormulaNode, rows: EvaluationRows): PreciseColumn {
  switch (node.type) {
    case 'number':
      return { hi: new Float64Array(rows.count).fill(node.value) };
    case 'text':
      return fail('bad-expression', `${JSON.stringify(node.value)} is text, a number was expected`, { span: node.span }, rows.source);
    case 'name':
      return { hi: rows.numeric(node.name) };
    case 'unary': {
      const inner = evaluate(node.argument, rows);
      return node.operator === '-' ? mapPrecise(inner, (v) => dd(-v.hi, -v.lo)) : inner;
    }
    case 'binary': {
      const left = evaluate(node.left, rows);
      const right = evaluate(node.right, rows);
      switch (node.operator) {
        case '+':
          return sum(left, right);
        case '-':
          return difference(left, right);
        case '*':
          return product(left, right);
        case '/':
          return quotient(left, right);
        case '^':
          return raise(left, right);
        case ':':
          return fail('bad-expression', '`:` crosses terms and has no meaning inside an expression', { span: node.span, help: 'write `*` for the product' }, rows.source);
      }
    }
    // eslint-disable-next-line no-fallthrough -- the inner switch is exhaustive
    case 'call': {
      const apply = FUNCTIONS.get(node.name);
      if (node.name === 'poly') fail('bad-expression', '`poly` makes several columns and stands as a term of its own', { span: node.span, help: 'write `y ~ poly(x, 2)`; inside arithmetic use powers such as `I(x^2)`' }, rows.source);
      if (!apply) {
        const help = didYouMean(node.name, FUNCTION_NAMES) ?? `known are ${FUNCTION_NAMES.join(', ')}`;
        return fail('unknown-function', `\`${node.name}\` is not a function that a formula knows`, { span: node.span, help }, rows.source);
      }
      if (node.arguments.length !== 1 || node.arguments[0].name !== undefined) fail('bad-arguments', `\`${node.name}\` takes one expression, \`${writeNode(node)}\` gives ${node.arguments.length}`, { span: node.span }, rows.source);
      return apply(evaluate(node.arguments[0].value, rows));
    }
  }
}

/** Names of columns that an expression reads. */
export function columnsOf(node: FormulaNode): readonly { readonly name: string; readonly node: FormulaNode }[] {
  switch (node.type) {
    case 'name':
      return [{ name: node.name, node }];
    case 'unary':
      return columnsOf(node.argument);
    case 'binary':
      return [...columnsOf(node.left), ...columnsOf(node.right)];
    case 'call':
      return node.arguments.filter(({ name }) => name === undefined).flatMap(({ value }) => columnsOf(value));
    default:
      return [];
  }
}
