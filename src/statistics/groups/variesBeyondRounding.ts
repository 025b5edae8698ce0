/** Ten units in the last place: differences below this share of the values are the rounding of decimal fractions, as R's t.test holds. */
const ROUNDING = 10 * Number.EPSILON;

/** Does a spread (a standard error, a standard deviation) exceed what the rounding of values of this size makes? */
export function variesBeyondRounding(spread: number, ...sizes: readonly number[]): boolean {
  return spread > ROUNDING * sizes.reduce((most, size) => Math.max(most, Math.abs(size)), 0);
}
