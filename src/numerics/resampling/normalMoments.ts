import { cholesky } from '../dense/cholesky.js';
import { axpy, dot } from '../dense/dot.js';
import { symmetricProduct } from '../dense/product.js';
import type { Random } from '../random.js';
import { bartlettFactor } from './bartlettFactor.js';

/**
 * Means and covariances of normal samples, without the samples: the mean of n
 * rows is μ + Lz/√n with Σ = LLᵀ, and independent of it the sums of squares about
 * it are (LA)(LA)ᵀ with Bartlett's A.
 */
export class NormalMoments {
  /** L, and LA. */
  private readonly factor: Float64Array;
  private readonly product: Float64Array;
  private readonly triangle: Float64Array;
  private readonly deviate: Float64Array;
  private readonly four: Float64Array = new Float64Array(4);

  /** @param n rows of a sample, more than `p` */
  constructor(private readonly n: number, private readonly p: number, private readonly centre: Float64Array, covariance: Float64Array) {
    this.factor = covariance.slice();
    cholesky(this.factor, p);
    for (let i = 0; i < p; i++) this.factor.fill(0, i * p + i + 1, (i + 1) * p);
    this.product = new Float64Array(p * p);
    this.triangle = new Float64Array(p * p);
    this.deviate = new Float64Array(p);
  }

  /** Moments of the next sample, divisor n − lost. */
  draw(random: Random, lost: 0 | 1, mean: Float64Array, covariance: Float64Array): void {
    const { n, p, centre, factor, product, triangle, deviate, four } = this;
    for (let j = 0; j < p; j++) deviate[j] = random.normal();
    for (let j = 0; j < p; j++) mean[j] = centre[j] + dot(factor, j * p, deviate, 0, j + 1) / Math.sqrt(n);
    bartlettFactor(random, n - 1, p, triangle);
    product.fill(0);
    for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) axpy(product, i * p, factor[i * p + j], triangle, j * p, j + 1);
    symmetricProduct(product, product, p, 1 / (n - lost), 0, product, covariance, four);
  }
}
