/** Sums of products of columns over rows that count several times, Σ_i w_i x_ij x_ik. */
export interface WeightedProducts {
  /** How often each row counts; `addUp` leaves zeros. */
  readonly counts: Int32Array;
  /** The sums, of which the lower triangle is written, in rows of `width`. */
  readonly sums: Float64Array;
  readonly width: number;
  addUp(): void;
}
