import { accurateMean } from '../accurateSums.js';

/** A column less its mean over the answered rows; missing stays `NaN`. */
export function centred(column: Float64Array): Float64Array {
  const mean = accurateMean(column.filter((value) => !Number.isNaN(value)));
  return column.map((value) => value - mean.high - mean.low);
}

export interface PairMoments {
  /** NaN when one variable is constant over the common rows. */
  readonly r: number;
  /** Rows that answer both. */
  readonly n: number;
}

/**
 * r = Sxy / √(Sxx Syy), S about the means of the rows that answer both. The
 * columns come centred on their own means, so that the correction for the
 * common rows costs no digits.
 */
export function pearsonOfCentred(x: Float64Array, y: Float64Array): PairMoments {
  let n = 0;
  let sx = 0;
  let sy = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i];
    const dy = y[i];
    const product = dx * dy;
    if (product !== product) continue;
    n++;
    sx += dx;
    sy += dy;
    xx += dx * dx;
    yy += dy * dy;
    xy += product;
  }
  const sxx = xx - (sx * sx) / n;
  const syy = yy - (sy * sy) / n;
  const constant = !(sxx > xx * 1e-14) || !(syy > yy * 1e-14);
  return { r: constant ? NaN : Math.max(-1, Math.min(1, (xy - (sx * sy) / n) / Math.sqrt(sxx * syy))), n };
}

/** Product-moment correlation over the rows that answer both; NaN when one is constant. */
export function pearson(x: Float64Array, y: Float64Array): number {
  return pearsonOfCentred(centred(x), centred(y)).r;
}
