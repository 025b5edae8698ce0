import { dot } from '../../../numerics/dense/dot.js';
import type { Random } from '../../../numerics/random.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';

/** How the data of a draw come about. */
export type DrawSource =
  | { readonly kind: 'rows'; readonly n: number; /** n × p, centred at `centre`. */ readonly centred: Float64Array; readonly centre: Float64Array }
  | { readonly kind: 'normal'; readonly n: number; readonly mean: Float64Array; /** Lower Cholesky factor of Σ̂, p × p. */ readonly factor: Float64Array };

/** Memory of one group's draws. */
export class MomentDrawer {
  private readonly columns: Float64Array;
  private readonly deviate: Float64Array;

  constructor(private readonly source: DrawSource, private readonly p: number) {
    this.columns = new Float64Array(p * source.n);
    this.deviate = new Float64Array(p);
  }

  /**
   * Overwrites the moments with those of a fresh sample: rows drawn with
   * replacement, or normal deviates with the model's moments.
   * @param lost 0 for divisor n, 1 for n − 1
   */
  draw(random: Random, lost: 0 | 1, into: GroupSample): void {
    const { p, source, columns } = this;
    const { n } = source;
    if (source.kind === 'rows') {
      for (let i = 0; i < n; i++) {
        const row = random.integer(n) * p;
        for (let j = 0; j < p; j++) columns[j * n + i] = source.centred[row + j];
      }
    } else {
      const { deviate } = this;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < p; j++) deviate[j] = random.normal();
        for (let j = 0; j < p; j++) columns[j * n + i] = dot(source.factor, j * p, deviate, 0, j + 1);
      }
    }
    const centre = source.kind === 'rows' ? source.centre : source.mean;
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
