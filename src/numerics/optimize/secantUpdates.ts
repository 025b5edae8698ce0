import { axpy, dot } from '../dense/dot.js';

/** Pairs of steps and gradient changes that are kept. */
const MEMORY = 12;

/**
 * BFGS updates of limited memory upon a curvature H₀ that is factorized once:
 * H⁻¹g by the two-loop recursion, of the order of n per pair kept.
 *
 * @see Nocedal & Wright (2006), Numerical Optimization, algorithm 7.4
 */
export class SecantUpdates {
  private readonly moves: Float64Array;
  private readonly changes: Float64Array;
  private readonly products: Float64Array = new Float64Array(MEMORY);
  private readonly coefficients: Float64Array = new Float64Array(MEMORY);
  private kept = 0;

  constructor(private readonly n: number) {
    this.moves = new Float64Array(n * MEMORY);
    this.changes = new Float64Array(n * MEMORY);
  }

  /** Forgets all pairs: H₀ is new. */
  clear(): void {
    this.kept = 0;
  }

  /** Takes the step from `from` to `to` with the gradients there; one along which the gradient does not grow is left out. */
  add(from: Float64Array, to: Float64Array, before: Float64Array, after: Float64Array): void {
    const { n, moves, changes, kept } = this;
    const at = (kept % MEMORY) * n;
    let product = 0;
    for (let k = 0; k < n; k++) {
      moves[at + k] = to[k] - from[k];
      changes[at + k] = after[k] - before[k];
      product += moves[at + k] * changes[at + k];
    }
    if (!(product > 0)) return;
    this.products[kept % MEMORY] = 1 / product;
    this.kept++;
  }

  /** v ← H⁻¹v. @param solve v ← H₀⁻¹v */
  apply(v: Float64Array, solve: (v: Float64Array) => void): void {
    const { n, moves, changes, products, coefficients, kept } = this;
    const oldest = Math.max(0, kept - MEMORY);
    for (let u = kept - 1; u >= oldest; u--) {
      const slot = u % MEMORY;
      const a = dot(moves, slot * n, v, 0, n) * products[slot];
      coefficients[slot] = a;
      axpy(v, 0, -a, changes, slot * n, n);
    }
    solve(v);
    for (let u = oldest; u < kept; u++) {
      const slot = u % MEMORY;
      axpy(v, 0, coefficients[slot] - dot(changes, slot * n, v, 0, n) * products[slot], moves, slot * n, n);
    }
  }
}
