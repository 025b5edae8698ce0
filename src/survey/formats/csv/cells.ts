import { fail } from '../../../shared/diagnostic.js';
import { widened, type ColumnNumbers } from '../../narrowNumbers.js';
import type { Dialect } from './dialect.js';
import { FieldReader } from './fieldReader.js';

/** What the scan does with a column. */
export const SKIP = 0;
export const NUMERIC = 1;
export const TEXT = 2;

export interface ScanPlan {
  /** The text, or its first records when the rest comes piece by piece. */
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

/** Cells a file of so many bytes may spread over; more means that most records are short. */
const cellLimit = (bytes: number): number => 8 * bytes + (1 << 23);

/** Unused rows behind a column that are not worth a copy of it. */
const SPARE_SHARE = 0.1;
const GROWTH = 1.3;

/** The columns that a scan fills; allocated once when the capacity was well guessed. */
export class Cells {
  readonly numbers: (ColumnNumbers | undefined)[];
  readonly texts: readonly ((string | null)[] | undefined)[];
  readonly strays: Map<number, Stray> = new Map();
  /** Reads fields that are no plain number: an object of its own, so that the loops' variables stay in registers. */
  readonly reader: FieldReader;
  rowCount = 0;
  shortCount = 0;
  shortLine = 0;
  readonly #plan: ScanPlan;
  readonly #size: number;
  #capacity = 0;

  /**
   * @param capacity about how many records there are
   * @param narrow numbers begin as a byte each
   * @param size bytes of the whole text
   */
  constructor(plan: ScanPlan, capacity: number, narrow = false, size: number = plan.bytes.length) {
    const { bytes, kinds, dialect } = plan;
    this.#plan = plan;
    this.#size = size;
    this.#allow(capacity);
    this.numbers = Array.from(kinds, (kind) => (kind === NUMERIC ? (narrow ? new Int8Array(capacity) : new Float64Array(capacity)) : undefined));
    this.texts = Array.from(kinds, (kind) => (kind === TEXT ? new Array<string | null>(capacity) : undefined));
    this.reader = new FieldReader(bytes, dialect.delimiter);
  }

  /** Makes room for so many rows more. */
  reserve(rows: number): void {
    if (this.rowCount + rows <= this.#capacity) return;
    this.#allow(Math.ceil(GROWTH * (this.rowCount + rows)));
    this.numbers.forEach((values, j) => {
      if (!values) return;
      const longer = values instanceof Int8Array ? new Int8Array(this.#capacity) : new Float64Array(this.#capacity);
      longer.set(values.subarray(0, this.rowCount));
      this.numbers[j] = longer;
    });
  }

  /** A column of numbers as doubles from now on. */
  widen(column: number): Float64Array {
    const values = this.numbers[column];
    if (!(values instanceof Int8Array)) return values!;
    const wide = widened(values.subarray(0, this.rowCount), new Float64Array(this.#capacity));
    this.numbers[column] = wide;
    return wide;
  }

  #allow(capacity: number): void {
    const { kinds } = this.#plan;
    let stored = 0;
    for (const kind of kinds) if (kind !== SKIP) stored++;
    if (capacity * stored > cellLimit(this.#size)) {
      fail('csv-ragged', `the header has ${kinds.length} fields but most of the ${capacity} records are far shorter`, { help: 'check the delimiter and the header line' });
    }
    this.#capacity = capacity;
  }

  /** Records with fewer fields than the header are counted, the first with its line. */
  short(line: number, count = 1): void {
    if (count > 0) this.shortLine = this.shortCount === 0 ? line : Math.min(line, this.shortLine);
    this.shortCount += count;
  }

  /** The columns cut to the rows that there are. */
  finish(): void {
    const { rowCount } = this;
    for (const words of this.texts) if (words) words.length = rowCount;
    if (rowCount === this.#capacity) return;
    const fewSpare = this.#capacity - rowCount <= SPARE_SHARE * rowCount;
    this.numbers.forEach((values, j) => {
      if (values) this.numbers[j] = fewSpare ? values.subarray(0, rowCount) : values.slice(0, rowCount);
    });
  }
}
