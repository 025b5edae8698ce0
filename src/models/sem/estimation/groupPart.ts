/** One group's share of the objective ½ Σ_g w_g F_g, in terms of the distinct free parameters. */
export interface GroupPart {
  /** Moves to the parameter values (one per table row) and answers F_g, or null where it is undefined. */
  evaluate(values: Float64Array): number | null;
  /** Adds weight · ½ ∂F_g. */
  addGradient(weight: number, out: Float64Array): void;
  /** Adds weight times the expected information per observation, lower triangle. */
  addInformation(weight: number, q: number, out: Float64Array): void;
  /** Adds weight · ½ ∂²F_g, lower triangle; `curved: false` leaves out second derivatives of the moments (the observed information of the saturated model, carried over). */
  addHessian(weight: number, q: number, out: Float64Array, curved?: boolean): void;
}
