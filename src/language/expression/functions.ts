/**
 * The functions that a constraint or a defined parameter may call, each with
 * its derivative: `d(x)[i]` is the partial derivative by argument i.
 */
export interface ElementaryFunction {
  readonly name: string;
  readonly arity: readonly [least: number, most: number];
  readonly value: (x: readonly number[]) => number;
  readonly derivatives: (x: readonly number[]) => readonly number[];
}

const one = (name: string, f: (x: number) => number, df: (x: number) => number): ElementaryFunction => ({
  name,
  arity: [1, 1],
  value: ([x]) => f(x),
  derivatives: ([x]) => [df(x)]
});

/** Derivative of |x|, 0 at the kink. */
const sign = (x: number): number => (x > 0 ? 1 : x < 0 ? -1 : 0);

/** Index of the extreme argument, whose derivative is 1 and the others' 0. */
const pick = (x: readonly number[], better: (a: number, b: number) => boolean): readonly number[] => {
  let best = 0;
  for (let i = 1; i < x.length; i++) if (better(x[i], x[best])) best = i;
  return x.map((_, i) => (i === best ? 1 : 0));
};

export const ELEMENTARY_FUNCTIONS: readonly ElementaryFunction[] = [
  one('exp', Math.exp, Math.exp),
  one('expm1', Math.expm1, Math.exp),
  {
    name: 'log',
    arity: [1, 2],
    value: ([x, base]) => (base === undefined ? Math.log(x) : Math.log(x) / Math.log(base)),
    derivatives: ([x, base]) => (base === undefined ? [1 / x] : [1 / (x * Math.log(base)), -Math.log(x) / (base * Math.log(base) ** 2)])
  },
  one('log2', Math.log2, (x) => 1 / (x * Math.LN2)),
  one('log10', Math.log10, (x) => 1 / (x * Math.LN10)),
  one('log1p', Math.log1p, (x) => 1 / (1 + x)),
  one('sqrt', Math.sqrt, (x) => 0.5 / Math.sqrt(x)),
  one('abs', Math.abs, sign),
  one('sign', sign, () => 0),
  one('sin', Math.sin, Math.cos),
  one('cos', Math.cos, (x) => -Math.sin(x)),
  one('tan', Math.tan, (x) => 1 + Math.tan(x) ** 2),
  one('asin', Math.asin, (x) => 1 / Math.sqrt(1 - x * x)),
  one('acos', Math.acos, (x) => -1 / Math.sqrt(1 - x * x)),
  one('atan', Math.atan, (x) => 1 / (1 + x * x)),
  one('sinh', Math.sinh, Math.cosh),
  one('cosh', Math.cosh, Math.sinh),
  one('tanh', Math.tanh, (x) => 1 - Math.tanh(x) ** 2),
  one('asinh', Math.asinh, (x) => 1 / Math.sqrt(x * x + 1)),
  one('acosh', Math.acosh, (x) => 1 / Math.sqrt(x * x - 1)),
  one('atanh', Math.atanh, (x) => 1 / (1 - x * x)),
  { name: 'min', arity: [1, Infinity], value: (x) => Math.min(...x), derivatives: (x) => pick(x, (a, b) => a < b) },
  { name: 'max', arity: [1, Infinity], value: (x) => Math.max(...x), derivatives: (x) => pick(x, (a, b) => a > b) },
  { name: 'sum', arity: [1, Infinity], value: (x) => x.reduce((a, b) => a + b, 0), derivatives: (x) => x.map(() => 1) }
];

export function elementaryFunction(name: string): ElementaryFunction | undefined {
  return ELEMENTARY_FUNCTIONS.find((candidate) => candidate.name === name);
}

/** Names that stand for a number wherever no label of that name exists. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map([['pi', Math.PI]]);
