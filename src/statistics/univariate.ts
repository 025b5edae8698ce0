import { meanAndSquares } from '../numerics/exact/accurateSums.js';

export interface Univariate {
  readonly n: number;
  readonly mean: number;
  /** Divisor n − 1; null for fewer than two values. */
  readonly standardDeviation: number | null;
  /** r₁ = Σ (xᵢ − x̄)(xᵢ₊₁ − x̄) / Σ (xᵢ − x̄)²; null for a constant. */
  readonly autocorrelationLag1: number | null;
}

/** Mean, SD and lag-1 autocorrelation of complete values, accurate to the digits that doubles hold. @see NIST StRD, univariate summary statistics */
export function univariate(values: ArrayLike<number>): Univariate {
  const n = values.length;
  const { mean, squares } = meanAndSquares(values);
  let lagged = 0;
  for (let i = 0; i + 1 < n; i++) lagged += (values[i] - mean.high - mean.low) * (values[i + 1] - mean.high - mean.low);
  return {
    n,
    mean: mean.high,
    standardDeviation: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
    autocorrelationLag1: squares > 0 ? lagged / squares : null
  };
}
