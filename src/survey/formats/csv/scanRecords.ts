import { fail } from '../../../shared/diagnostic.js';
import { NUMERIC, SKIP, TEXT, type Cells, type ScanPlan } from './cells.js';
import { NEWLINE, RETURN } from './dialect.js';
import { toNumber } from './toNumber.js';

/** Exact in double precision up to here: mantissa below 2^53 over a power of ten up to 1e22 rounds once. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const EXACT_DIGITS = 15;

/** Where a scan stands. */
export interface Place {
  readonly byte: number;
  readonly line: number;
}

/**
 * Up to `most` records from `place` into `cells`, byte by byte: numbers of up to
 * 15 digits are parsed in place and correctly rounded, all others go through
 * `Number`. Empty fields and missing tokens become NaN or null.
 *
 * @throws SurveyError `csv-open-quote`, `csv-extra-field` with line and column
 */
export function scanRecords(plan: ScanPlan, cells: Cells, place: Place, most: number): Place {
  const { bytes, dialect, kinds, missing } = plan;
  const { numbers, texts, strays, reader } = cells;
  const { delimiter, decimal } = dialect;
  const end = bytes.length;
  const columnCount = kinds.length;
  const last = cells.rowCount + most;
  let line = place.line;
  let row = cells.rowCount;
  let p = place.byte;
  while (p < end && row < last) {
    let c = bytes[p];
    if (c === NEWLINE || c === RETURN) {
      if (c === RETURN && bytes[p + 1] === NEWLINE) p++;
      p++;
      line++;
      continue;
    }
    const recordStart = p;
    const recordLine = line;
    let column = 0;
    for (;;) {
      const kind = column < columnCount ? kinds[column] : SKIP;
      if (kind === NUMERIC) {
        let q = p;
        c = bytes[q];
        // Most answers are one digit.
        if (bytes[q + 1] === delimiter && c >= 48 && c <= 57) {
          (numbers[column] as Float64Array)[row] = c - 48;
          p = q + 2;
          column++;
          continue;
        }
        const negative = c === 45;
        if (negative) c = bytes[++q];
        let mantissa = 0;
        const firstDigit = q;
        while (c >= 48 && c <= 57) {
          mantissa = mantissa * 10 + (c - 48);
          c = bytes[++q];
        }
        let digits = q - firstDigit;
        let fraction = 0;
        if (c === decimal && c !== delimiter) {
          c = bytes[++q];
          const firstFraction = q;
          while (c >= 48 && c <= 57) {
            mantissa = mantissa * 10 + (c - 48);
            c = bytes[++q];
          }
          fraction = q - firstFraction;
          digits += fraction;
        }
        if ((c === delimiter || c === NEWLINE || c === RETURN) && digits > 0 && digits <= EXACT_DIGITS) {
          const value = fraction === 0 ? mantissa : mantissa / POWERS[fraction];
          (numbers[column] as Float64Array)[row] = negative ? -value : value;
          p = q;
        } else if (q === p && (c === delimiter || c === NEWLINE || c === RETURN)) {
          (numbers[column] as Float64Array)[row] = NaN;
        } else {
          const text = reader.read(p, line);
          p = reader.at;
          line = reader.line;
          const value = toNumber(text.trim(), decimal, missing);
          if (value === undefined) {
            kinds[column] = SKIP;
            strays.set(column, { line: recordLine, text });
          } else (numbers[column] as Float64Array)[row] = value;
        }
      } else if (kind === TEXT) {
        const text = reader.read(p, line);
        p = reader.at;
        line = reader.line;
        (texts[column] as (string | null)[])[row] = missing.has(text) ? null : text;
      } else {
        const start = p;
        reader.skip(p, line);
        p = reader.at;
        line = reader.line;
        if (column >= columnCount && p > start) {
          fail('csv-extra-field', `line ${recordLine} has a field number ${column + 1} at byte ${start - recordStart + 1} of the record, the header has ${columnCount} fields`, {
            help: 'quote fields that hold the delimiter, or name another delimiter'
          });
        }
      }
      column++;
      c = bytes[p];
      if (c === delimiter) {
        p++;
        continue;
      }
      if (c === RETURN && bytes[p + 1] === NEWLINE) p++;
      p++;
      line++;
      break;
    }
    if (column < columnCount) {
      cells.short(recordLine);
      for (; column < columnCount; column++) {
        if (kinds[column] === NUMERIC) (numbers[column] as Float64Array)[row] = NaN;
        else if (kinds[column] === TEXT) (texts[column] as (string | null)[])[row] = null;
      }
    }
    row++;
  }
  cells.rowCount = row;
  return { byte: p, line };
}
