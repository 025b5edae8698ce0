import type { Random } from '../random.js';
import { fastestProducts } from './fastestProducts.js';
import type { WeightedProducts } from './weightedProducts.js';

/** Variance relative to the mean square below which it is rounding. */
const ROUNDING = 1e-14;

/**
 * Means and covariances of samples drawn with replacement from fixed rows. A
 * row that was drawn w times counts once, with weight w:
 *
 *   s_j = Σ w v_j,  q_jk = Σ w v_j v_k,  cov_jk = (q_jk − s_j s_k / n) / (n − lost),
 *
 * v being a value less a whole number or the mean near the middle of its
 * column. Answers on a scale are small integers then, whose sums are exact.
 */
export class ResampledMoments {
  private readonly shift: Float64Array;
  /** Column p is the constant 1, so that its products are the sums. */
  private readonly products: WeightedProducts;

  /** @param rows n × p, row-major; @param productsOf how products are added up, by default the fastest way at hand. */
  constructor(rows: Float64Array, private readonly n: number, private readonly p: number, mean: Float64Array, productsOf: (values: Float64Array, n: number, columns: number) => WeightedProducts = fastestProducts) {
    this.shift = rows.every(Number.isInteger) ? Float64Array.from(mean, Math.round) : mean;
    const values = new Float64Array(n * (p + 1));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) values[i * (p + 1) + j] = rows[i * p + j] - this.shift[j];
      values[i * (p + 1) + p] = 1;
    }
    this.products = productsOf(values, n, p + 1);
  }

  /** Forgets the rows drawn. */
  clear(): void {
    this.products.counts.fill(0);
  }

  /** Counts row `i` once more. */
  add(i: number): void {
    this.products.counts[i]++;
  }

  /** Counts n rows drawn with replacement. */
  addDrawn(random: Random): void {
    random.tally(this.n, this.products.counts);
  }

  /** Moments of the rows counted, divisor n − lost. */
  moments(lost: 0 | 1, mean: Float64Array, covariance: Float64Array): void {
    const { n, p, shift, products } = this;
    products.addUp();
    const { sums, width } = products;
    const scale = 1 / (n - lost);
    for (let j = 0; j < p; j++) {
      const own = sums[p * width + j];
      mean[j] = shift[j] + own / n;
      for (let k = 0; k <= j; k++) {
        const product = sums[j * width + k];
        const value = (product - (own * sums[p * width + k]) / n) * scale;
        covariance[j * p + k] = value;
        covariance[k * p + j] = value;
      }
      if (!(covariance[j * p + j] > ROUNDING * scale * sums[j * width + j])) covariance[j * p + j] = 0;
    }
  }
}
