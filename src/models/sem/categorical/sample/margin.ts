/**
 * One variable's own (univariate) estimates: the first stage of limited
 * information estimation.
 *
 * @see Muthén (1984), Psychometrika 49(1); Olsson (1979), Psychometrika 44(4)
 */
export interface Margin {
  readonly ordinal: boolean;
  /** Thresholds (ordinal) or 1 (the intercept). */
  readonly locations: number;
  /** Number of parameters: locations, slopes, and for a continuous variable its variance. */
  readonly size: number;
  /** Locations, slopes on the exogenous variables, variance. */
  readonly estimates: Float64Array;
  /** Casewise influence n A⁻¹ w_i s_i with A = Σ w_i s_i s_iᵀ (w: sampling weights), n × size: √n (estimate − truth) ≈ Σ influence/√n. */
  readonly influence: Float64Array;
  /** The influences of each category for a weight of 1, categories × size: ordinal without exogenous variables only. */
  readonly ofCategory?: Float64Array;
  /** Ordinal: 0-based category, −1 when missing. Continuous: 0, −1 when missing. */
  readonly category: Int32Array;
  /** Ordinal: bounds of the latent response of each case. Continuous: standardized residual in `upper`. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
}

/** A bound beyond every normal deviate that matters. */
export const UNBOUNDED = 40;
