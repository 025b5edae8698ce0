import { fail, type SourceText } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import type { SampleReport } from '../../fit.js';
import type { Survey } from '../../../survey/survey.js';

/** Rows of the valid part of the survey that an analysis uses. */
export interface UsedRows {
  /** Indices into the valid rows; undefined when all are used. */
  readonly indices: Uint32Array | undefined;
  readonly count: number;
  readonly report: SampleReport;
  /** Missing values per column, only columns that have some. */
  readonly missing: readonly { readonly name: string; readonly count: number }[];
}

/** A column by name, or an error that points into the formula. */
export function checkColumn(survey: Survey, name: string, source: SourceText, span?: { start: number; end: number }): void {
  if (survey.has(name)) return;
  const help = didYouMean(name, survey.names());
  fail('unknown-variable', `\`${name}\` is not a column of survey \`${survey.name}\``, { ...(span ? { span } : {}), ...(help ? { help } : {}) }, source);
}

/** 1 where a value is missing, or undefined when the column is complete. */
function missingMask(survey: Survey, name: string): Uint8Array | undefined {
  const column = survey.column(name);
  const values = column.type === 'string' ? survey.labels(name) : survey.numeric(name);
  let mask: Uint8Array | undefined;
  if (column.type === 'string') {
    for (let i = 0; i < values.length; i++) if (values[i] === null) (mask ??= new Uint8Array(values.length))[i] = 1;
  } else {
    if (column.complete) return undefined;
    const numbers = values as Float64Array;
    if (!mayHoldMissing(numbers)) return undefined;
    for (let i = 0; i < numbers.length; i++) if (numbers[i] !== numbers[i]) (mask ??= new Uint8Array(numbers.length))[i] = 1;
  }
  return mask;
}

/** Missing values make the sum NaN: one pass without a branch per value tells most columns complete. */
function mayHoldMissing(values: Float64Array): boolean {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < values.length; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (; i < values.length; i++) a += values[i];
  return Number.isNaN(a + b + (c + d));
}

/**
 * Listwise deletion over the named columns.
 * @param refused rows that are to be left out for a further reason, per reason
 */
export function completeRows(survey: Survey, names: readonly string[], refused: readonly { readonly reason: string; readonly mask: Uint8Array }[] = []): UsedRows {
  const total = survey.validCount;
  const dropped: { reason: string; count: number }[] = [];
  if (survey.rowCount > total) dropped.push({ reason: 'excluded by screening', count: survey.rowCount - total });
  const missing: { name: string; count: number }[] = [];
  let out: Uint8Array | undefined;
  const join = (mask: Uint8Array): number => {
    let fresh = 0;
    out ??= new Uint8Array(total);
    for (let i = 0; i < total; i++) {
      if (mask[i] && !out[i]) fresh++;
      out[i] |= mask[i];
    }
    return fresh;
  };
  let listwise = 0;
  for (const name of names) {
    const mask = missingMask(survey, name);
    if (!mask) continue;
    missing.push({ name, count: mask.reduce((sum, bit) => sum + bit, 0) });
    listwise += join(mask);
  }
  if (listwise > 0) dropped.push({ reason: 'missing values (listwise)', count: listwise });
  for (const { reason, mask } of refused) {
    const count = join(mask);
    if (count > 0) dropped.push({ reason, count });
  }
  let indices: Uint32Array | undefined;
  let count = total;
  if (out) {
    const gone = out;
    count = total - gone.reduce((sum, bit) => sum + bit, 0);
    if (count < total) {
      indices = new Uint32Array(count);
      for (let i = 0, next = 0; i < total; i++) if (!gone[i]) indices[next++] = i;
    }
  }
  return { indices, count, missing, report: { used: count, total: survey.rowCount, dropped } };
}

/** The rows in use of a column of valid rows. */
export function pick(values: Float64Array, rows: UsedRows): Float64Array {
  if (!rows.indices) return values;
  const picked = new Float64Array(rows.count);
  for (let i = 0; i < rows.count; i++) picked[i] = values[rows.indices[i]];
  return picked;
}
