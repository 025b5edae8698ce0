import { logGamma } from '../../numerics/distributions/index.js';
import { createRandom } from '../../numerics/random.js';

export interface FisherExact {
  /** Two-sided: all tables with the same margins that are no more probable; null where neither listing nor drawing is feasible. */
  readonly pValue: number | null;
  /** `exact`; `simulated` where the tables are too many to list; `none` for samples so large that χ² says the same. */
  readonly method: 'exact' | 'simulated' | 'none';
  /** Tables visited, or draws made. */
  readonly tables: number;
}

/** Beyond this many tables the p value is simulated. */
const MOST_TABLES = 300_000;
const DRAWS = 10_000;
/** Rows beyond which drawing tables takes too long. */
const MOST_ROWS = 20_000;
/** Tables within this relative distance count as equally probable, as in R. */
const RELATIVE = 1e-7;

/**
 * Fisher's exact test of an r × c table: P(table) = Π rᵢ! Π cⱼ! / (n! Π nᵢⱼ!).
 * @param counts whole numbers, row-major, no empty row or column
 * @see Freeman & Halton (1951), Biometrika 38, 141-149
 */
export function fisherExact(counts: Float64Array, r: number, c: number, seed = 1): FisherExact {
  const rows = new Float64Array(r);
  const columns = new Float64Array(c);
  let n = 0;
  for (let at = 0; at < r * c; at++) {
    rows[Math.floor(at / c)] += counts[at];
    columns[at % c] += counts[at];
    n += counts[at];
  }
  const logFactorial = Float64Array.from({ length: n + 1 }, (_, k) => logGamma(k + 1));
  let constant = -logFactorial[n];
  for (const total of rows) constant += logFactorial[total];
  for (const total of columns) constant += logFactorial[total];
  let observed = constant;
  for (const count of counts) observed -= logFactorial[count];
  const limit = observed + Math.log1p(RELATIVE);
  return enumerate(rows, columns, constant, limit, logFactorial) ?? (n > MOST_ROWS ? { pValue: null, method: 'none', tables: 0 } : simulate(rows, columns, constant, limit, logFactorial, n, seed));
}

/** Walks every table cell by cell; null when there are too many. */
function enumerate(rows: Float64Array, columns: Float64Array, constant: number, limit: number, logFactorial: Float64Array): FisherExact | null {
  const r = rows.length;
  const c = columns.length;
  const left = rows.slice();
  let tables = 0;
  let sum = 0;
  let aborted = false;
  // fills column `j` from row `i` on, `rest` still to place; the last row and the last column follow from the margins
  const fill = (j: number, i: number, rest: number, log: number): void => {
    if (aborted) return;
    if (j === c - 1) {
      let final = log;
      for (let k = 0; k < r; k++) final -= logFactorial[left[k]];
      if (++tables > MOST_TABLES) aborted = true;
      if (final <= limit) sum += Math.exp(final);
      return;
    }
    if (i === r - 1) {
      if (rest > left[i]) return;
      left[i] -= rest;
      fill(j + 1, 0, columns[j + 1], log - logFactorial[rest]);
      left[i] += rest;
      return;
    }
    let room = 0;
    for (let k = i + 1; k < r; k++) room += left[k];
    const most = Math.min(rest, left[i]);
    for (let count = Math.max(0, rest - room); count <= most; count++) {
      left[i] -= count;
      fill(j, i + 1, rest - count, log - logFactorial[count]);
      left[i] += count;
      if (aborted) return;
    }
  };
  fill(0, 0, columns[0], constant);
  return aborted ? null : { pValue: Math.min(1, sum), method: 'exact', tables };
}

/** Share of tables drawn by shuffling that are no more probable, (1 + hits)/(1 + draws). */
function simulate(rows: Float64Array, columns: Float64Array, constant: number, limit: number, logFactorial: Float64Array, n: number, seed: number): FisherExact {
  const random = createRandom(seed);
  const c = columns.length;
  const rowOf: number[] = [];
  rows.forEach((total, i) => {
    for (let k = 0; k < total; k++) rowOf.push(i);
  });
  const columnOf: number[] = [];
  columns.forEach((total, j) => {
    for (let k = 0; k < total; k++) columnOf.push(j);
  });
  let hits = 0;
  const counts = new Float64Array(rows.length * c);
  for (let draw = 0; draw < DRAWS; draw++) {
    counts.fill(0);
    for (let k = n - 1; k >= 0; k--) {
      const pick = random.integer(k + 1);
      const chosen = columnOf[pick];
      columnOf[pick] = columnOf[k];
      columnOf[k] = chosen;
      counts[rowOf[k] * c + chosen]++;
    }
    let log = constant;
    for (const count of counts) log -= logFactorial[count];
    if (log <= limit) hits++;
  }
  return { pValue: (hits + 1) / (DRAWS + 1), method: 'simulated', tables: DRAWS };
}
