import { crossProducts } from '../../numerics/dense/product.js';
import { gramOfRows } from '../../numerics/simd/symmetricGram.js';
import { accurateMean } from '../../numerics/exact/accurateSums.js';
import { present } from '../variables.js';

/**
 * A column made ready for many correlations: centred on its own mean, zero
 * where missing, so that sums over common rows are dot products, and with its
 * own sums, from which only the few rows that another column lacks are taken.
 */
export interface CentredColumn {
  /** Rows that are complete in every column. */
  readonly complete: number;
  /** As given, NaN missing. */
  readonly given: Float64Array;
  /** x − x̄, 0 where missing. */
  readonly values: Float64Array;
  /** (x − x̄)². */
  readonly squares: Float64Array;
  /** 1 where answered, 0 where missing. */
  readonly answered: Float64Array;
  /** Rows where it is missing. */
  readonly missing: Uint32Array;
  /** Sums of products with every column that was made ready together with it, and its place among them. */
  readonly products: Float64Array;
  readonly place: number;
  /** Sums over all answered rows. */
  readonly sum: number;
  readonly sumSquares: number;
}

/** From so many rows on, sums of products are worth a kernel in WebAssembly. */
const SIMD_FROM = 20_000;

/** Columns of equal length, `NaN` missing. Only columns made ready in one call can be correlated. */
export function centredColumns(columns: readonly Float64Array[]): readonly CentredColumn[] {
  const rows = columns.length === 0 ? 0 : columns[0].length;
  const lacking = new Uint8Array(rows);
  for (const column of columns) for (let i = 0; i < rows; i++) if (column[i] !== column[i]) lacking[i] = 1;
  let complete = rows;
  for (let i = 0; i < rows; i++) complete -= lacking[i];
  const m = columns.length;
  const centred = new Float64Array(m * rows);
  const prepared = columns.map((column, place) => centredColumn(column, centred.subarray(place * rows, (place + 1) * rows)));
  const products = rows < SIMD_FROM ? new Float64Array(m * m) : gramOfRows(centred, m, rows);
  if (rows < SIMD_FROM) crossProducts(centred, m, rows, 1, products);
  return prepared.map((column, place) => ({ complete, products: products.subarray(place * m, (place + 1) * m), place, ...column }));
}

/** @param values zeros, which become x − x̄ */
function centredColumn(given: Float64Array, values: Float64Array): Omit<CentredColumn, 'complete' | 'products' | 'place'> {
  const answers = present(given);
  const mean = accurateMean(answers);
  const rows = given.length;
  const squares = new Float64Array(rows);
  const answered = new Float64Array(rows);
  const missing = new Uint32Array(rows - answers.length);
  let gaps = 0;
  let sum = 0;
  let sumSquares = 0;
  for (let i = 0; i < rows; i++) {
    const deviation = given[i] - mean.high - mean.low;
    if (deviation !== deviation) {
      missing[gaps++] = i;
      continue;
    }
    values[i] = deviation;
    squares[i] = deviation * deviation;
    answered[i] = 1;
    sum += deviation;
    sumSquares += squares[i];
  }
  return { given, values, squares, answered, missing, sum, sumSquares };
}

export interface PairMoments {
  /** NaN when one variable is constant over the common rows. */
  readonly r: number;
  /** Rows that answer both. */
  readonly n: number;
}

/** Share of a sum of squares that must be left about the mean of the common rows; less is rounding, so the variable is constant. */
const CONSTANT = 1e-14;
/**
 * Share of a column's own sum of squares that must be left over the common
 * rows, and of that about their own mean: below it the subtractions would cost
 * more than two digits, and the pair is done from its rows.
 */
const KEPT = 0.01;

/** r = Sxy / √(Sxx Syy), S about the means of the rows that answer both. */
export function pearsonOfCentred(x: CentredColumn, y: CentredColumn): PairMoments {
  let n = x.values.length - x.missing.length;
  let sx = x.sum;
  let sy = y.sum;
  let xx = x.sumSquares;
  let yy = y.sumSquares;
  for (const i of y.missing) {
    n -= x.answered[i];
    sx -= x.values[i];
    xx -= x.squares[i];
  }
  for (const i of x.missing) {
    sy -= y.values[i];
    yy -= y.squares[i];
  }
  const sxx = xx - (sx * sx) / n;
  const syy = yy - (sy * sy) / n;
  if (!(sxx > KEPT * x.sumSquares && syy > KEPT * y.sumSquares)) return pearsonOfCommonRows(x.given, y.given);
  const sxy = x.products[y.place] - (sx * sy) / n;
  return { r: Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy))), n };
}

/** The same in two passes over the rows that answer both. */
function pearsonOfCommonRows(x: Float64Array, y: Float64Array): PairMoments {
  const a = x.filter((value, i) => value === value && y[i] === y[i]);
  const b = y.filter((value, i) => value === value && x[i] === x[i]);
  const n = a.length;
  const meanA = accurateMean(a);
  const meanB = accurateMean(b);
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  let largestA = 0;
  let largestB = 0;
  for (let i = 0; i < n; i++) {
    const dx = a[i] - meanA.high - meanA.low;
    const dy = b[i] - meanB.high - meanB.low;
    sxx += dx * dx;
    syy += dy * dy;
    sxy += dx * dy;
    largestA = Math.max(largestA, Math.abs(a[i]));
    largestB = Math.max(largestB, Math.abs(b[i]));
  }
  // deviations that are rounding beside the values themselves: a constant
  if (!(sxx > n * (CONSTANT * largestA) ** 2) || !(syy > n * (CONSTANT * largestB) ** 2)) return { r: NaN, n };
  return { r: Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy))), n };
}

/** Product-moment correlation over the rows that answer both; NaN when one is constant. */
export function pearson(x: Float64Array, y: Float64Array): number {
  const [a, b] = centredColumns([x, y]);
  return pearsonOfCentred(a, b).r;
}
