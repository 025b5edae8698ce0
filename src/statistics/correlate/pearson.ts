import { dot } from '../../numerics/dense/dot.js';
import { accurateMean } from '../../numerics/exact/accurateSums.js';
import { present } from '../variables.js';

/**
 * A column made ready for many correlations: centred on its own mean so that
 * corrections for the common rows cost no digits, zero where missing so that
 * sums over common rows are dot products, and reordered so that rows complete
 * in every column come first: only the rest needs care pair by pair.
 */
export interface CentredColumn {
  /** Rows at the front that are complete in every column. */
  readonly head: number;
  /** x − x̄ in the common order, 0 where missing. */
  readonly values: Float64Array;
  /** (x − x̄)². */
  readonly squares: Float64Array;
  /** 1 where answered, 0 where missing. */
  readonly answered: Float64Array;
  /** Sums over the head. */
  readonly headSum: number;
  readonly headSquares: number;
  /** Sums over all answered rows. */
  readonly sum: number;
  readonly sumSquares: number;
  /** Places, in the common order, where it is missing. */
  readonly missing: Uint32Array;
}

/** Columns of equal length, `NaN` missing. */
export function centredColumns(columns: readonly Float64Array[]): readonly CentredColumn[] {
  const rows = columns.length === 0 ? 0 : columns[0].length;
  const order = new Uint32Array(rows);
  let head = 0;
  let back = rows;
  for (let i = 0; i < rows; i++) {
    let complete = true;
    for (const column of columns) if (column[i] !== column[i]) complete = false;
    if (complete) order[head++] = i;
    else order[--back] = i;
  }
  return columns.map((column) => centredColumn(column, order, head));
}

function centredColumn(column: Float64Array, order: Uint32Array, head: number): CentredColumn {
  const given = present(column);
  const mean = accurateMean(given);
  const rows = column.length;
  const values = new Float64Array(rows);
  const squares = new Float64Array(rows);
  const answered = new Float64Array(rows);
  const missing = new Uint32Array(rows - given.length);
  let gaps = 0;
  let sum = 0;
  let sumSquares = 0;
  let headSum = 0;
  let headSquares = 0;
  for (let k = 0; k < rows; k++) {
    const deviation = column[order[k]] - mean.high - mean.low;
    if (deviation !== deviation) {
      missing[gaps++] = k;
      continue;
    }
    values[k] = deviation;
    squares[k] = deviation * deviation;
    answered[k] = 1;
    sum += deviation;
    sumSquares += squares[k];
    if (k < head) {
      headSum = sum;
      headSquares = sumSquares;
    }
  }
  return { head, values, squares, answered, headSum, headSquares, sum, sumSquares, missing };
}

export interface PairMoments {
  /** NaN when one variable is constant over the common rows. */
  readonly r: number;
  /** Rows that answer both. */
  readonly n: number;
}

/** Share of a sum of squares that must be left about the mean of the common rows; less is rounding, so the variable is constant. */
const CONSTANT = 1e-14;

/** Share of a column's own sum of squares that must be left over the common rows, so that at most two digits go. */
const KEPT = 0.01;

/** r = Sxy / √(Sxx Syy), S about the means of the rows that answer both. */
export function pearsonOfCentred(x: CentredColumn, y: CentredColumn): PairMoments {
  const rows = x.values.length;
  const xy = dot(x.values, 0, y.values, 0, rows);
  // the sums over the common rows are the column's own less the rows that the other one lacks …
  let n = rows - x.missing.length;
  let sx = x.sum;
  let sy = y.sum;
  let xx = x.sumSquares;
  let yy = y.sumSquares;
  for (const k of y.missing) {
    n -= x.answered[k];
    sx -= x.values[k];
    xx -= x.squares[k];
  }
  for (const k of x.missing) {
    sy -= y.values[k];
    yy -= y.squares[k];
  }
  // … unless so little is left that the subtraction costs digits
  if (xx < KEPT * x.sumSquares || yy < KEPT * y.sumSquares) return pearsonOfCommonRows(x, y, xy);
  return fromSums(n, sx, sy, xx, yy, xy);
}

/** The same with every sum taken over the common rows themselves. */
function pearsonOfCommonRows(x: CentredColumn, y: CentredColumn, xy: number): PairMoments {
  const { head } = x;
  const tail = x.values.length - head;
  let n = head;
  let sx = x.headSum;
  let sy = y.headSum;
  let xx = x.headSquares;
  let yy = y.headSquares;
  if (tail > 0) {
    n += dot(x.answered, head, y.answered, head, tail);
    sx += dot(x.values, head, y.answered, head, tail);
    sy += dot(y.values, head, x.answered, head, tail);
    xx += dot(x.squares, head, y.answered, head, tail);
    yy += dot(y.squares, head, x.answered, head, tail);
  }
  return fromSums(n, sx, sy, xx, yy, xy);
}

function fromSums(n: number, sx: number, sy: number, xx: number, yy: number, xy: number): PairMoments {
  const sxx = xx - (sx * sx) / n;
  const syy = yy - (sy * sy) / n;
  if (!(sxx > xx * CONSTANT) || !(syy > yy * CONSTANT)) return { r: NaN, n };
  return { r: Math.max(-1, Math.min(1, (xy - (sx * sy) / n) / Math.sqrt(sxx * syy))), n };
}

/** Product-moment correlation over the rows that answer both; NaN when one is constant. */
export function pearson(x: Float64Array, y: Float64Array): number {
  const [a, b] = centredColumns([x, y]);
  return pearsonOfCentred(a, b).r;
}
