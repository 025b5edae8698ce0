import { normalCdf, normalDensity, normalQuantile } from '../../../numerics/distributions/index.js';

/** A distribution function with its density and the density's slope. */
export interface Link {
  cdf(x: number): number;
  density(x: number): number;
  slope(x: number): number;
  quantile(p: number): number;
}

export const LOGIT: Link = {
  cdf: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  density(x) {
    const e = Math.exp(-Math.abs(x));
    return e / ((1 + e) * (1 + e));
  },
  slope(x) {
    return LOGIT.density(x) * (1 - 2 * LOGIT.cdf(x));
  },
  quantile: (p) => Math.log(p / (1 - p))
};

export const PROBIT: Link = { cdf: normalCdf, density: normalDensity, slope: (x) => (Number.isFinite(x) ? -x * normalDensity(x) : 0), quantile: normalQuantile };
