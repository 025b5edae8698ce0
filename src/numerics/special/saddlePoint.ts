/**
 * Two parts of Loader's saddle-point form of the Poisson and binomial
 * densities: no cancellation for large arguments, none near the mode.
 *
 * @see C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
const SERIES_FROM = 15;

/** δ(n) = log Γ(n + 1) − [(n + ½) log n − n + ½ log 2π], the error of Stirling's formula, n > 0. */
export function stirlingError(n: number): number {
  let climbed = 0;
  let m = n;
  while (m < SERIES_FROM) {
    // δ(m) − δ(m + 1) = (m + ½) log(1 + 1/m) − 1
    climbed += (m + 0.5) * Math.log1p(1 / m) - 1;
    m += 1;
  }
  const s = 1 / (m * m);
  return climbed + (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360) * s) * s) * s) * s) * s) / m;
}

/**
 * D(x, m) = x log(x/m) + m − x ≥ 0, exact also where x ≈ m.
 * `difference` = x − m may be given when the caller knows it to more digits.
 */
export function deviancePart(x: number, m: number, difference: number = x - m): number {
  if (Math.abs(difference) >= 0.1 * (x + m)) return x === 0 ? m : x * Math.log(x / m) - difference;
  // with v = (x − m)/(x + m): log(x/m) = 2 (v + v³/3 + v⁵/5 + …)
  const v = difference / (x + m);
  const v2 = v * v;
  let power = 2 * x * v;
  let sum = difference * v;
  for (let j = 1; j < 60; j++) {
    power *= v2;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/**
 * Log density of u = log s for s² = χ²(ν)/ν:
 * log 2 + ½ log(h/2π) − δ(h) − h (e²ᵘ − 1 − 2u) with h = ν/2.
 */
export function logScaleDensity(u: number, df: number): number {
  const h = df / 2;
  return Math.LN2 + 0.5 * Math.log(h / (2 * Math.PI)) - stirlingError(h) - h * (Math.expm1(2 * u) - 2 * u);
}
