/** How an iteration ended; the same shape as the contract of fitted models. */
export interface Convergence {
  readonly converged: boolean;
  readonly iterations: number;
  /** Largest element of what should vanish: gradient, or change of the last step. */
  readonly gradient: number;
  readonly message: string;
}

/** For closed forms. */
export const CLOSED_FORM: Convergence = Object.freeze({ converged: true, iterations: 0, gradient: 0, message: 'closed form' });
