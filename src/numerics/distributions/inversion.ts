import { findRootFrom } from '../rootFinding.js';

/** Log probability of one tail at x. */
export type LogTail = (x: number) => number;

/** Which tail a probability is measured in: the small one keeps its digits. */
export type Tail = 'lower' | 'upper';

/** The tail in which `p` has the most digits, and log of the probability there. */
export function smallTail(p: number, tail: Tail): { readonly tail: Tail; readonly logP: number } {
  if (p <= 0.5) return { tail, logP: Math.log(p) };
  return { tail: tail === 'lower' ? 'upper' : 'lower', logP: Math.log1p(-p) };
}

/**
 * x > 0 whose tail probability is p, by root search in log x on the log of
 * the tail. `p` outside [0, 1] gives NaN.
 */
export function invertPositive(p: number, tail: Tail, start: number, logLower: LogTail, logUpper: LogTail): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return tail === 'lower' ? 0 : Infinity;
  if (p === 1) return tail === 'lower' ? Infinity : 0;
  const { tail: side, logP } = smallTail(p, tail);
  const logTail = side === 'lower' ? logLower : logUpper;
  const root = findRootFrom((u) => logTail(Math.exp(u)) - logP, Math.log(start), 0.25, -740, 709);
  // past the smallest double the quantile is 0 to working precision
  return root.ok ? Math.exp(root.x) : side === 'lower' ? 0 : NaN;
}

/** x of any sign whose tail probability is p. */
export function invertReal(p: number, tail: Tail, start: number, step: number, logLower: LogTail, logUpper: LogTail): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return tail === 'lower' ? -Infinity : Infinity;
  if (p === 1) return tail === 'lower' ? Infinity : -Infinity;
  const { tail: side, logP } = smallTail(p, tail);
  const logTail = side === 'lower' ? logLower : logUpper;
  const root = findRootFrom((x) => logTail(x) - logP, start, step);
  return root.ok ? root.x : NaN;
}
