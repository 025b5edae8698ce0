/** ζ(k) − 1 for k = 2 … 30: coefficients of the Taylor series of log Γ about 2. */
const ZETA_MINUS_ONE = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914, 0.00834927738192283, 0.00407735619794434, 0.002008392826082214,
  0.000994575127818085, 0.000494188604119465, 0.000246086553308048, 0.000122713347578489, 0.0000612481350587048, 0.0000305882363070205, 0.0000152822594086519, 0.00000763719763789976,
  0.00000381729326499984, 0.00000190821271655394, 9.53962033872796e-7, 4.76932986787806e-7, 2.38450502727733e-7, 1.19219925965311e-7, 5.96081890512595e-8, 2.98035035146523e-8,
  1.49015548283651e-8, 7.45071178983543e-9, 3.72533402478846e-9, 1.86265972351305e-9, 9.31327432419669e-10
];
const ONE_MINUS_EULER = 0.42278433509846713;
const HALF_LOG_TWO_PI = 0.9189385332046728;
/** Stirling coefficients B₂ₖ / (2k(2k−1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
/** From here the Stirling series with seven terms is exact to double precision. */
const STIRLING_FROM = 12;

/** log Γ(2 + z) = z(1 − γ) + Σₖ (−1)ᵏ (ζ(k) − 1) zᵏ / k for |z| ≤ ½. */
function aboutTwo(z: number): number {
  let sum = 0;
  for (let k = ZETA_MINUS_ONE.length - 1; k >= 0; k--) {
    const order = k + 2;
    sum = (order % 2 === 0 ? 1 : -1) * (ZETA_MINUS_ONE[k] / order) + z * sum;
  }
  return z * (ONE_MINUS_EULER + z * sum);
}

/**
 * log Γ(x) for x > 0; NaN for x ≤ 0.
 *
 * Relative precision is kept at the zeros x = 1 and x = 2.
 * @see DLMF 5.7.3 (series), 5.11.1 (Stirling).
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return NaN;
  if (x >= STIRLING_FROM) {
    const inverseSquare = 1 / (x * x);
    let series = 0;
    for (let k = STIRLING.length - 1; k >= 0; k--) series = series * inverseSquare + STIRLING[k];
    return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series / x;
  }
  if (x < 0.5) return aboutTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return aboutTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let y = x;
  while (y > 2.5) {
    y -= 1;
    product *= y;
  }
  return aboutTwo(y - 2) + (product === 1 ? 0 : Math.log(product));
}

/** log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b). */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
