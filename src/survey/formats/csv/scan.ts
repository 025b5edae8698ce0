import { fail } from '../../../shared/diagnostic.js';
import { NEWLINE, RETURN, type Dialect } from './dialect.js';
import { FieldReader } from './fieldReader.js';

/** What the scan does with a column. */
export const SKIP = 0;
export const NUMERIC = 1;
export const TEXT = 2;

export interface ScanPlan {
  readonly bytes: Uint8Array;
  /** Byte at which the first data record starts, and its 1-based line. */
  readonly start: number;
  readonly line: number;
  readonly dialect: Dialect;
  /** Per column SKIP, NUMERIC or TEXT; a NUMERIC column that meets a word is switched to SKIP and reported. */
  readonly kinds: Uint8Array;
  readonly missing: ReadonlySet<string>;
}

/** The first field of a NUMERIC column that is no number. */
export interface Stray {
  readonly line: number;
  readonly text: string;
}

export interface Scanned {
  readonly rowCount: number;
  readonly numbers: readonly (Float64Array | undefined)[];
  readonly texts: readonly ((string | null)[] | undefined)[];
  readonly strays: ReadonlyMap<number, Stray>;
  /** Records with fewer fields than the header: how many, and the line of the first. */
  readonly short: { readonly count: number; readonly firstLine: number };
  /** Quoted fields followed by more text before the delimiter. */
  readonly oddQuotes: { readonly count: number; readonly firstLine: number };
}

/** Exact in double precision up to here: mantissa below 2^53 over a power of ten up to 1e22 rounds once. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const EXACT_DIGITS = 15;

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/** Cells a file of so many bytes may spread over; more means that most records are short. */
const cellLimit = (bytes: number): number => 8 * bytes + (1 << 23);

/**
 * One pass over the bytes of the data records into typed columns.
 *
 * Numbers of up to 15 digits are parsed in place and correctly rounded, all
 * others go through `Number`. Empty fields and missing tokens become NaN or
 * null. The last byte of `bytes` must end a record.
 *
 * @throws SurveyError `csv-open-quote`, `csv-extra-field`, `csv-ragged` with line and column
 */
export function scan(plan: ScanPlan): Scanned {
  const { bytes, dialect, kinds, missing } = plan;
  const { delimiter, decimal } = dialect;
  const end = bytes.length;
  const columnCount = kinds.length;
  const capacity = countRecords(bytes, plan.start);
  let stored = 0;
  for (const kind of kinds) if (kind !== SKIP) stored++;
  if (capacity * stored > cellLimit(end)) {
    fail('csv-ragged', `the header has ${columnCount} fields but most of the ${capacity} records are far shorter`, { help: 'check the delimiter and the header line' });
  }
  const numbers = Array.from(kinds, (kind) => (kind === NUMERIC ? new Float64Array(capacity) : undefined));
  const texts = Array.from(kinds, (kind) => (kind === TEXT ? ([] as (string | null)[]) : undefined));
  const strays = new Map<number, Stray>();
  // Fields that are no plain number are read by an object of their own: the loop's variables stay in registers.
  const reader = new FieldReader(bytes, delimiter);
  let shortCount = 0;
  let shortLine = 0;
  let line = plan.line;
  let row = 0;
  let p = plan.start;
  while (p < end) {
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
        (texts[column] as (string | null)[]).push(missing.has(text) ? null : text);
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
      shortCount++;
      if (shortCount === 1) shortLine = recordLine;
      for (; column < columnCount; column++) {
        if (kinds[column] === NUMERIC) (numbers[column] as Float64Array)[row] = NaN;
        else if (kinds[column] === TEXT) (texts[column] as (string | null)[]).push(null);
      }
    }
    row++;
  }
  const rowCount = row;
  const exact = numbers.map((values, j) => (values === undefined || strays.has(j) ? undefined : rowCount === capacity ? values : values.slice(0, rowCount)));
  return { rowCount, numbers: exact, texts, strays, short: { count: shortCount, firstLine: shortLine }, oddQuotes: reader.oddQuotes };
}

/** Upper bound of the records from `start`: its line ends. */
function countRecords(bytes: Uint8Array, start: number): number {
  for (const mark of [NEWLINE, RETURN]) {
    let count = 0;
    for (let p = bytes.indexOf(mark, start); p >= 0; p = bytes.indexOf(mark, p + 1)) count++;
    if (count > 0) return count;
  }
  return 0;
}

/** NaN for a missing token, undefined for a word; integers past 2^53 are identifiers, not numbers. */
export function toNumber(text: string, decimal: number, missing: ReadonlySet<string>): number | undefined {
  if (text === '' || missing.has(text)) return NaN;
  const pointed = decimal === 44 ? text.replace(',', '.') : text;
  if (!NUMBER.test(pointed) || (decimal === 44 && text.includes('.'))) return undefined;
  const value = Number(pointed);
  if (!Number.isFinite(value)) return undefined;
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && /^[-+]?\d+$/.test(pointed)) return undefined;
  return value;
}
