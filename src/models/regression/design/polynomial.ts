import { fail, type SourceText } from '../../../shared/diagnostic.js';
import { add, dd, divide, multiply, squareRoot, type DoubleDouble } from '../../../numerics/exact/doubleDouble.js';
import { preciseDot, preciseMean, preciseShift, type PreciseColumn } from '../../../numerics/exact/accumulate.js';
import type { FormulaArgument, FormulaNode } from '../formula/ast.js';
import { mapPrecise, product, raise, zipPrecise } from './preciseArithmetic.js';

/** The columns that `poly(x, d)` makes of one expression. */
export interface Polynomial {
  /** One per degree, 1 … d. */
  readonly degrees: readonly PreciseColumn[];
}

/** What a formula's `poly(…)` asks for. */
export interface PolynomialCall {
  readonly argument: FormulaNode;
  readonly degree: number;
  /** Plain powers instead of orthogonal polynomials. */
  readonly raw: boolean;
}

/** A higher power says nothing about a survey, and its columns lose their digits. */
const HIGHEST_DEGREE = 20;

/** `poly(x, 2)`, `poly(x, degree = 2, raw = TRUE)`; undefined for any other node. */
export function polynomialCall(node: FormulaNode, source: SourceText): PolynomialCall | undefined {
  if (node.type !== 'call' || node.name !== 'poly') return undefined;
  const [first, ...rest] = node.arguments;
  const bad = (message: string): never => fail('bad-arguments', message, { span: node.span, help: 'write `poly(x, 2)` or `poly(x, 2, raw = TRUE)`' }, source);
  if (!first || first.name !== undefined) return bad('`poly` takes an expression and its degree');
  let degree = 1;
  let raw = false;
  let placed = false;
  for (const argument of rest) {
    if (argument.name === 'raw') raw = truth(argument) ?? bad('`raw` of `poly` is TRUE or FALSE');
    else if (!placed && (argument.name === undefined || argument.name === 'degree') && argument.value.type === 'number') {
      degree = argument.value.value;
      placed = true;
    } else bad(argument.name === undefined || argument.name === 'degree' ? '`poly` takes one expression and one number, its degree' : `\`poly\` takes \`degree\` and \`raw\`, not \`${argument.name}\``);
  }
  if (!Number.isInteger(degree) || degree < 1 || degree > HIGHEST_DEGREE) return bad(`the degree of \`poly\` is a whole number from 1 to ${HIGHEST_DEGREE}, found ${degree}`);
  return { argument: first.value, degree, raw };
}

function truth({ value }: FormulaArgument): boolean | undefined {
  if (value.type !== 'name') return undefined;
  const word = value.name.toUpperCase();
  return word === 'TRUE' || word === 'T' ? true : word === 'FALSE' || word === 'F' ? false : undefined;
}

/**
 * Powers x, x², …, or polynomials p₁, p₂, … that are orthonormal over the rows
 * and orthogonal to the constant, leading coefficients positive:
 * pₖ₊₁ = (x − αₖ₊₁) pₖ − (Nₖ/Nₖ₋₁) pₖ₋₁ with Nₖ = Σ pₖ² and α = Σ x pₖ²/Nₖ,
 * each divided by √Nₖ at the end. In twice double precision, since the
 * recurrence multiplies rounding errors.
 * @throws SurveyError `bad-degree` when x has too few different values
 * @see Kennedy & Gentle (1980), Statistical Computing, 343-344
 */
export function polynomial(x: PreciseColumn, { degree, raw }: PolynomialCall, name: string, node: FormulaNode, source: SourceText): Polynomial {
  const n = x.hi.length;
  if (raw) return { degrees: Array.from({ length: degree }, (_, k) => raise(x, { hi: new Float64Array(n).fill(k + 1) })) };
  const different = new Set(x.hi).size;
  if (n > 0 && degree >= different) fail('bad-degree', `\`${name}\` asks for degree ${degree}, but there are only ${different} different values in the rows used`, { span: node.span, help: 'the degree must be smaller than the number of different values' }, source);
  const centred = preciseShift(x, preciseMean(x));
  let before: PreciseColumn | undefined;
  let last: PreciseColumn = { hi: new Float64Array(n).fill(1) };
  let beforeSquares = dd(1);
  let squares = dd(n);
  const degrees: PreciseColumn[] = [];
  for (let k = 1; k <= degree; k++) {
    const alpha = divide(preciseDot(product(centred, last), last), squares);
    let next = zipPrecise(centred, last, (a, b) => multiply(minus(a, alpha), b));
    if (before) {
      const ratio = divide(squares, beforeSquares);
      next = zipPrecise(next, before, (a, b) => minus(a, multiply(ratio, b)));
    }
    [before, last] = [last, next];
    [beforeSquares, squares] = [squares, preciseDot(next, next)];
    const length = divide(dd(1), squareRoot(squares));
    degrees.push(mapPrecise(next, (a) => multiply(a, length)));
  }
  return { degrees };
}

function minus(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, dd(-b.hi, -b.lo));
}
