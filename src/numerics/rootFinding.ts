export interface Root {
  readonly ok: boolean;
  readonly x: number;
  readonly iterations: number;
}

const MOST_ITERATIONS = 300;

/**
 * Root of a continuous function inside a bracket [a, b] with f(a)·f(b) ≤ 0,
 * to `tolerance` (absolute plus a few units in the last place).
 *
 * @see T. R. Chandrupatla (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function, Advances in Engineering Software 28, 145–149.
 */
export function findRoot(f: (x: number) => number, a: number, b: number, tolerance: number = 0): Root {
  let x1 = b;
  let x2 = a;
  let f1 = f(x1);
  let f2 = f(x2);
  if (f1 === 0) return { ok: true, x: x1, iterations: 0 };
  if (f2 === 0) return { ok: true, x: x2, iterations: 0 };
  if (!(f1 < 0 !== f2 < 0)) return { ok: false, x: NaN, iterations: 0 };
  let t = 0.5;
  for (let i = 1; i <= MOST_ITERATIONS; i++) {
    const x = x1 + t * (x2 - x1);
    const fx = f(x);
    let x3: number;
    let f3: number;
    if (fx < 0 === f1 < 0) {
      x3 = x1;
      f3 = f1;
    } else {
      x3 = x2;
      f3 = f2;
      x2 = x1;
      f2 = f1;
    }
    x1 = x;
    f1 = fx;
    const best = Math.abs(f2) < Math.abs(f1) ? x2 : x1;
    const slack = 2.3e-16 * Math.abs(best) + 0.5 * tolerance;
    const share = slack / Math.abs(x2 - x1);
    if (share > 0.5 || f1 === 0 || f2 === 0) return { ok: true, x: f1 === 0 ? x1 : f2 === 0 ? x2 : best, iterations: i };
    const xi = (x1 - x2) / (x3 - x2);
    const phi = (f1 - f2) / (f3 - f2);
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
      t = (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2));
    } else t = 0.5;
    t = Math.min(1 - share, Math.max(share, t));
  }
  return { ok: false, x: x1, iterations: MOST_ITERATIONS };
}

/**
 * Grows a bracket from `start` by doubling steps until f changes sign, then
 * solves; f must be monotone. Returns ok = false when no sign change is found
 * inside [low, high].
 */
export function findRootFrom(f: (x: number) => number, start: number, step: number, low: number = -Infinity, high: number = Infinity, tolerance: number = 0): Root {
  const f0 = f(start);
  if (f0 === 0) return { ok: true, x: start, iterations: 0 };
  for (const direction of [1, -1]) {
    let previous = start;
    let width = step;
    let last = f0;
    for (let i = 0; i < 200; i++) {
      const next = Math.min(high, Math.max(low, start + direction * width));
      const value = f(next);
      if (value === 0) return { ok: true, x: next, iterations: i };
      if (value < 0 !== f0 < 0) return findRoot(f, previous, next, tolerance);
      if (i === 0 && Math.abs(value) > Math.abs(last)) break; // walking away from the root
      if (next === low || next === high) break;
      previous = next;
      last = value;
      width *= 2;
    }
  }
  return { ok: false, x: NaN, iterations: 0 };
}
