import { chiSquareQuantile, noncentralChiSquareCdf, noncentralChiSquareQuantile, noncentralChiSquareUpper } from '../../../numerics/distributions/index.js';
import { fail } from '../../../shared/diagnostic.js';

export interface RmseaHypotheses {
  readonly df: number;
  /** RMSEA under the null hypothesis, 0.05. */
  readonly rmsea0?: number;
  /** RMSEA that is true, 0.08; below `rmsea0` for a test of not-close fit. */
  readonly rmseaA?: number;
  readonly alpha?: number;
  /** Groups, 1: RMSEA is then √(F/df)·√G. */
  readonly groups?: number;
}

const MOST_ROWS = 10_000_000;

/**
 * Power of the test of close fit (or of not-close fit when rmseaA < rmsea0)
 * for a whole model:
 *
 *   λ = (n − 1) df ε²/G,  power = P(χ²(df, λ_A) beyond the critical value of χ²(df, λ_0)).
 *
 * @throws SurveyError `invalid-option`
 * @see MacCallum, Browne & Sugawara (1996), Psychological Methods 1(2), 130–149
 * @example rmseaPower({ df: 100, n: 200 }) // 0.955
 */
export function rmseaPower({ n, ...rest }: RmseaHypotheses & { readonly n: number }): number {
  const { df, rmsea0, rmseaA, alpha, groups } = checked(rest);
  if (!(n > 1)) fail('invalid-option', `\`n\` is ${n}, expected more than 1 row`);
  const lambda = (rmsea: number): number => ((n - 1) * df * rmsea * rmsea) / groups;
  if (rmseaA > rmsea0) {
    const critical = rmsea0 === 0 ? chiSquareQuantile(1 - alpha, df) : noncentralChiSquareQuantile(1 - alpha, df, lambda(rmsea0));
    return noncentralChiSquareUpper(critical, df, lambda(rmseaA));
  }
  return noncentralChiSquareCdf(noncentralChiSquareQuantile(alpha, df, lambda(rmsea0)), df, lambda(rmseaA));
}

/**
 * Fewest rows that reach `power`, 0.80.
 * @throws SurveyError `invalid-option`
 * @example rmseaSampleSize({ df: 100 }) // 132
 */
export function rmseaSampleSize({ power = 0.8, ...rest }: RmseaHypotheses & { readonly power?: number }): number {
  if (!(power > 0 && power < 1)) fail('invalid-option', `\`power\` is ${power}, expected a number between 0 and 1`);
  const reaches = (n: number): boolean => rmseaPower({ ...rest, n }) >= power;
  let high = 2;
  while (!reaches(high)) {
    high *= 2;
    if (high > MOST_ROWS) fail('invalid-option', `no sample of up to ${MOST_ROWS} rows reaches power ${power}`);
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function checked({ df, rmsea0 = 0.05, rmseaA = 0.08, alpha = 0.05, groups = 1 }: RmseaHypotheses): Required<RmseaHypotheses> {
  if (!(df >= 1)) fail('invalid-option', `\`df\` is ${df}, expected at least 1`);
  if (!(rmsea0 >= 0 && rmseaA >= 0) || rmsea0 === rmseaA) fail('invalid-option', `\`rmsea0\` (${rmsea0}) and \`rmseaA\` (${rmseaA}) must differ and not be negative`);
  if (!(alpha > 0 && alpha < 1)) fail('invalid-option', `\`alpha\` is ${alpha}, expected a number between 0 and 1`);
  return { df, rmsea0, rmseaA, alpha, groups };
}
