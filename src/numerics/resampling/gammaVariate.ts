import type { Random } from '../random.js';

/**
 * A gamma variate of the given shape and scale 1. Shapes below 1 come from the
 * shape above, Γ(a) = Γ(a + 1) U^(1/a).
 *
 * @see Marsaglia & Tsang (2000), ACM Transactions on Mathematical Software 26(3)
 */
export function gammaVariate(random: Random, shape: number): number {
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = 1 - random.uniform();
    if (!(Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v))) continue;
    return shape < 1 ? d * v * random.uniform() ** (1 / shape) : d * v;
  }
}

/** A chi-square variate. @param df above 0, need not be whole */
export function chiSquareVariate(random: Random, df: number): number {
  return df === 1 ? random.normal() ** 2 : 2 * gammaVariate(random, df / 2);
}
