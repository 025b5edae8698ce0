/** Skewness and kurtosis as the programs print them. */
export interface Shape {
  /** G₁ = √(n(n−1))/(n−2) · g₁, as SPSS, SAS, Excel and psych type 2. */
  readonly skewness: number | null;
  readonly skewnessError: number | null;
  /** G₂ = (n−1)/((n−2)(n−3)) · ((n+1) g₂ + 6), excess over the normal. */
  readonly kurtosis: number | null;
  readonly kurtosisError: number | null;
  /** b₁ = m₃/s³ = g₁ ((n−1)/n)^{3/2}: the default of psych and e1071 in R. */
  readonly skewnessR: number | null;
  /** b₂ = m₄/s⁴ − 3 with s of divisor n − 1: the default of psych and e1071 in R. */
  readonly kurtosisR: number | null;
}

const NONE: Shape = { skewness: null, skewnessError: null, kurtosis: null, kurtosisError: null, skewnessR: null, kurtosisR: null };

/**
 * With mₖ = Σ (x − x̄)ᵏ / n: g₁ = m₃/m₂^{3/2}, g₂ = m₄/m₂² − 3.
 * SE(G₁) = √(6n(n−1)/((n−2)(n+1)(n+3))), SE(G₂) = √(4(n²−1) SE(G₁)²/((n−3)(n+5))).
 * @see Joanes & Gill (1998), The Statistician 47, 183-189
 */
export function shape(values: ArrayLike<number>, mean: number, squares: number): Shape {
  const n = values.length;
  if (n < 3 || !(squares > 0)) return NONE;
  let cubes = 0;
  let fourths = 0;
  // powers of standardized deviations: those of raw ones leave the range of doubles early
  const spread = Math.sqrt(squares / n);
  if (!(spread > 0 && spread < Infinity)) return NONE;
  for (let i = 0; i < n; i++) {
    const z = (values[i] - mean) / spread;
    const zz = z * z;
    cubes += zz * z;
    fourths += zz * zz;
  }
  const g1 = cubes / n;
  const g2 = fourths / n - 3;
  const shrink = (n - 1) / n;
  const skewnessError = Math.sqrt((6 * n * (n - 1)) / ((n - 2) * (n + 1) * (n + 3)));
  const enough = n > 3;
  return {
    skewness: (Math.sqrt(n * (n - 1)) / (n - 2)) * g1,
    skewnessError,
    kurtosis: enough ? ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6) : null,
    kurtosisError: enough ? Math.sqrt((4 * (n * n - 1) * skewnessError * skewnessError) / ((n - 3) * (n + 5))) : null,
    skewnessR: g1 * Math.pow(shrink, 1.5),
    kurtosisR: (g2 + 3) * shrink * shrink - 3
  };
}
