import { dot } from '../../../numerics/dense/dot.js';
import type { Random } from '../../../numerics/random.js';
import { NormalMoments } from '../../../numerics/resampling/normalMoments.js';
import { ResampledMoments } from '../../../numerics/resampling/resampledMoments.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { BootstrapGroup } from './job.js';
import { cholesky } from '../../../numerics/dense/cholesky.js';

/** Overwrites a group's moments with those of a fresh sample; lost is 0 for divisor n, 1 for n − 1. */
export interface MomentDrawer {
  draw(random: Random, lost: 0 | 1, into: GroupSample): void;
}

/** Rows drawn with replacement; for a group without rows the moments of normal ones, which are drawn themselves where they have a distribution (n > p). */
export function momentDrawer({ n, rows, mean, covariance }: BootstrapGroup, p: number): MomentDrawer {
  if (rows) return new RowDrawer(new ResampledMoments(rows, n, p, mean));
  if (n <= p) return new NormalDrawer(n, p, mean, covariance);
  const moments = new NormalMoments(n, p, mean, covariance);
  return { draw: (random, lost, into) => moments.draw(random, lost, into.mean, into.covariance) };
}

class RowDrawer implements MomentDrawer {
  constructor(private readonly rows: ResampledMoments) {}

  draw(random: Random, lost: 0 | 1, into: GroupSample): void {
    const { rows } = this;
    rows.clear();
    rows.addDrawn(random);
    rows.moments(lost, into.mean, into.covariance);
  }
}

/** Fewer rows than variables: the covariances are singular, and come from rows. */
class NormalDrawer implements MomentDrawer {
  private readonly columns: Float64Array;
  private readonly deviate: Float64Array;
  /** Lower Cholesky factor of Σ̂. */
  private readonly factor: Float64Array;

  constructor(private readonly n: number, private readonly p: number, private readonly centre: Float64Array, covariance: Float64Array) {
    this.columns = new Float64Array(p * n);
    this.deviate = new Float64Array(p);
    this.factor = covariance.slice();
    cholesky(this.factor, p);
  }

  draw(random: Random, lost: 0 | 1, into: GroupSample): void {
    const { n, p, columns, deviate, factor, centre } = this;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) deviate[j] = random.normal();
      for (let j = 0; j < p; j++) columns[j * n + i] = dot(factor, j * p, deviate, 0, j + 1);
    }
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += columns[j * n + i];
      const mean = sum / n;
      for (let i = 0; i < n; i++) columns[j * n + i] -= mean;
      into.mean[j] = centre[j] + mean;
    }
    const scale = 1 / (n - lost);
    for (let j = 0; j < p; j++) {
      for (let k = 0; k <= j; k++) {
        const value = dot(columns, j * n, columns, k * n, n) * scale;
        into.covariance[j * p + k] = value;
        into.covariance[k * p + j] = value;
      }
    }
  }
}
