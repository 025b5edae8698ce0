/**
 * A function to minimise. `evaluate` moves to a point; the other methods speak
 * of the point that was evaluated last, so that nothing is computed twice.
 */
export interface Objective {
  readonly size: number;
  /** f(x), or null where f is not defined (the minimiser then steps back). */
  evaluate(x: Float64Array): number | null;
  /** ∇f into `out`. */
  gradient(out: Float64Array): void;
  /** A positive (semi)definite approximation of the Hessian, lower triangle of `out` (size × size). */
  information(out: Float64Array): void;
  /** The exact Hessian, lower triangle; absent when it has no closed form. */
  hessian?(out: Float64Array): void;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** max_k |∂f/∂x_k| / √I_kk, free of units. */
  readonly gradient: number;
  readonly message: string;
}
