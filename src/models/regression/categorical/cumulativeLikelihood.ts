import type { Link } from './links.js';
import type { LogLikelihood } from './newton.js';

/**
 * Σ log(F(ζⱼ − ηⱼ) − F(ζⱼ₋₁ − ηⱼ₋₁)) with ζ₀ = −∞ and ζ_J = ∞. Parameters are
 * the thresholds, then the slopes: one set for all thresholds (`parallel`), or
 * one set per threshold, threshold after threshold.
 *
 * Concave in all parameters where it is finite, for a log-concave density.
 * @see Pratt (1981), Concavity of the log likelihood, JASA 76
 */
export function cumulativeLikelihood(codes: Int32Array, cuts: number, columns: readonly Float64Array[], { cdf, density, slope }: Link, parallel: boolean): LogLikelihood {
  const p = columns.length;
  const k = cuts + p * (parallel ? 1 : cuts);
  const upper = new Float64Array(k);
  const lower = new Float64Array(k);
  /** Writes the gradient of ζⱼ − ηⱼ and returns its value. */
  const reach = (row: number, cut: number, parameters: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    gradient[cut] = 1;
    let value = parameters[cut];
    const first = parallel ? cuts : cuts + cut * p;
    for (let c = 0; c < p; c++) {
      const x = columns[c][row];
      value -= parameters[first + c] * x;
      gradient[first + c] = -x;
    }
    return value;
  };
  return (parameters, gradient, information) => {
    let logLik = 0;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i];
      const hasUpper = code < cuts;
      const hasLower = code > 0;
      const u = hasUpper ? reach(i, code, parameters, upper) : Infinity;
      const l = hasLower ? reach(i, code - 1, parameters, lower) : -Infinity;
      // from the side where both values are small
      const share = l > 0 ? cdf(-l) - cdf(-u) : cdf(u) - cdf(l);
      if (!(share > 0)) return -Infinity;
      logLik += Math.log(share);
      const fu = hasUpper ? density(u) / share : 0;
      const fl = hasLower ? density(l) / share : 0;
      const su = hasUpper ? slope(u) / share : 0;
      const sl = hasLower ? slope(l) / share : 0;
      for (let a = 0; a < k; a++) {
        const ga = fu * upper[a] - fl * lower[a];
        gradient[a] += ga;
        for (let b = 0; b <= a; b++) information[a * k + b] += ga * (fu * upper[b] - fl * lower[b]) - (su * upper[a] * upper[b] - sl * lower[a] * lower[b]);
      }
    }
    for (let a = 0; a < k; a++) for (let b = 0; b < a; b++) information[b * k + a] = information[a * k + b];
    return logLik;
  };
}
