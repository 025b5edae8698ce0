/**
 * Order of the moments of a model with ordinal variables, in one group:
 * per variable its thresholds (ordinal) or intercept; then the slopes on the
 * exogenous variables, variable by variable; then the variances of continuous
 * variables; then correlations (covariances, where a variable is continuous)
 * column by column below the diagonal.
 */
export interface MomentLayout {
  readonly variables: number;
  readonly ordinal: Uint8Array;
  /** Number of exogenous variables that the moments are conditional on. */
  readonly exogenous: number;
  /** First location of each variable; one more at the end. */
  readonly location: Int32Array;
  readonly slopes: number;
  /** Place of each continuous variable's variance, −1 for an ordinal one. */
  readonly variance: Int32Array;
  readonly correlations: number;
  readonly count: number;
}

export function momentLayout(thresholds: readonly number[], exogenous: number): MomentLayout {
  const p = thresholds.length;
  const location = new Int32Array(p + 1);
  thresholds.forEach((k, i) => (location[i + 1] = location[i] + (k > 0 ? k : 1)));
  const slopes = location[p];
  let at = slopes + p * exogenous;
  const variance = new Int32Array(p).fill(-1);
  thresholds.forEach((k, i) => {
    if (k === 0) variance[i] = at++;
  });
  return { variables: p, ordinal: Uint8Array.from(thresholds, (k) => (k > 0 ? 1 : 0)), exogenous, location, slopes, variance, correlations: at, count: at + (p * (p - 1)) / 2 };
}

/** Place of the pair a < b among the correlations. */
export function pairPlace(layout: MomentLayout, a: number, b: number): number {
  const p = layout.variables;
  return layout.correlations + a * p - (a * (a + 1)) / 2 + (b - a - 1);
}
