import { dot } from '../../numerics/dense/dot.js';
import { accurateMean } from '../accurateSums.js';
import { present } from '../variables.js';

/**
 * A column made ready for many correlations: centred on its own mean so that
 * corrections for the common rows cost no digits, zero where missing, so that
 * every sum over common rows is a plain dot product.
 */
export interface CentredColumn {
  readonly n: number;
  readonly complete: boolean;
  /** x − x̄, 0 where missing. */
  readonly values: Float64Array;
  /** (x − x̄)². */
  readonly squares: Float64Array;
  /** 1 where answered, 0 where missing. */
  readonly answered: Float64Array;
  readonly sum: number;
  readonly sumOfSquares: number;
}

export function centred(column: Float64Array): CentredColumn {
  const given = present(column);
  const mean = accurateMean(given);
  const rows = column.length;
  const values = new Float64Array(rows);
  const squares = new Float64Array(rows);
  const answered = new Float64Array(rows);
  let sum = 0;
  let sumOfSquares = 0;
  for (let i = 0; i < rows; i++) {
    const deviation = column[i] - mean.high - mean.low;
    if (deviation !== deviation) continue;
    values[i] = deviation;
    squares[i] = deviation * deviation;
    answered[i] = 1;
    sum += deviation;
    sumOfSquares += squares[i];
  }
  return { n: given.length, complete: given.length === rows, values, squares, answered, sum, sumOfSquares };
}

export interface PairMoments {
  /** NaN when one variable is constant over the common rows. */
  readonly r: number;
  /** Rows that answer both. */
  readonly n: number;
}

/** Share of a sum of squares that must be left about the mean of the common rows; less is rounding, so the variable is constant. */
const CONSTANT = 1e-14;

/** r = Sxy / √(Sxx Syy), S about the means of the rows that answer both. */
export function pearsonOfCentred(x: CentredColumn, y: CentredColumn): PairMoments {
  const rows = x.values.length;
  const xy = dot(x.values, 0, y.values, 0, rows);
  const n = y.complete ? x.n : x.complete ? y.n : dot(x.answered, 0, y.answered, 0, rows);
  const sx = y.complete ? x.sum : dot(x.values, 0, y.answered, 0, rows);
  const sy = x.complete ? y.sum : dot(y.values, 0, x.answered, 0, rows);
  const xx = y.complete ? x.sumOfSquares : dot(x.squares, 0, y.answered, 0, rows);
  const yy = x.complete ? y.sumOfSquares : dot(y.squares, 0, x.answered, 0, rows);
  const sxx = xx - (sx * sx) / n;
  const syy = yy - (sy * sy) / n;
  if (!(sxx > xx * CONSTANT) || !(syy > yy * CONSTANT)) return { r: NaN, n };
  return { r: Math.max(-1, Math.min(1, (xy - (sx * sy) / n) / Math.sqrt(sxx * syy))), n };
}

/** Product-moment correlation over the rows that answer both; NaN when one is constant. */
export function pearson(x: Float64Array, y: Float64Array): number {
  return pearsonOfCentred(centred(x), centred(y)).r;
}
