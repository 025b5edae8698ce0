/** Asymptotic series are used from here on; smaller arguments climb by recurrence. */
const ASYMPTOTIC_FROM = 12;
/** B₂ₖ / 2k. */
const DIGAMMA_TERMS = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12];
/** B₂ₖ. */
const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6];

/**
 * ψ(x) = d log Γ(x) / dx for x > 0; NaN for x ≤ 0.
 * @see DLMF 5.5.2 (recurrence), 5.11.2 (asymptotic series).
 */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN;
  let shift = 0;
  let y = x;
  while (y < ASYMPTOTIC_FROM) {
    shift += 1 / y;
    y += 1;
  }
  const inverseSquare = 1 / (y * y);
  let series = 0;
  for (let k = DIGAMMA_TERMS.length - 1; k >= 0; k--) series = (series + DIGAMMA_TERMS[k]) * inverseSquare;
  return Math.log(y) - 0.5 / y - series - shift;
}

/**
 * ψ′(x) for x > 0; NaN for x ≤ 0.
 * @see DLMF 5.15.5 (recurrence), 5.15.8 (asymptotic series).
 */
export function trigamma(x: number): number {
  if (!(x > 0)) return NaN;
  let shift = 0;
  let y = x;
  while (y < ASYMPTOTIC_FROM) {
    shift += 1 / (y * y);
    y += 1;
  }
  const inverseSquare = 1 / (y * y);
  let series = 0;
  for (let k = BERNOULLI.length - 1; k >= 0; k--) series = (series + BERNOULLI[k]) * inverseSquare;
  return shift + 1 / y + 0.5 * inverseSquare + series / y;
}
