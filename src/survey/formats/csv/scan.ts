import { Cells, type ScanPlan, type Stray } from './cells.js';
import { NEWLINE, RETURN } from './dialect.js';
import { scanRecords } from './scanRecords.js';
import { simdScanner } from './simd/simdScanner.js';

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

/** Below this the scan in JavaScript is done before a WebAssembly module is made. */
const WORTH_SIMD_BYTES = 1 << 16;

export interface ScanOptions {
  /** Use WebAssembly where it is there; by default when there is enough to do. */
  readonly simd?: boolean;
  /** Waits until more of the bytes can be read, and says up to where. */
  readonly ready?: (from: number) => Promise<number>;
}

/**
 * The data records as typed columns. A column of numbers that meets a word is
 * given up and reported as a stray. The last byte of `bytes` must end a record.
 *
 * @throws SurveyError `csv-open-quote`, `csv-extra-field`, `csv-ragged` with line and column
 */
export async function scan(plan: ScanPlan, options: ScanOptions = {}): Promise<Scanned> {
  const { bytes, start, line } = plan;
  const { simd = bytes.length - start > WORTH_SIMD_BYTES, ready = () => Promise.resolve(bytes.length) } = options;
  const there = await ready(start);
  const scanner = simd ? simdScanner(plan) : undefined;
  // Without WebAssembly nothing is gained by a start before all is there.
  if (!scanner) for (let upTo = there; upTo < bytes.length; ) upTo = await ready(upTo);
  const cells = new Cells(plan, scanner ? scanner.likelyRecords(there) : lineEnds(plan));
  if (scanner) await scanner.fill(cells, ready);
  else scanRecords(plan, cells, { byte: start, line }, Infinity);
  cells.finish();
  const { rowCount, numbers, texts, strays, shortCount, shortLine, reader } = cells;
  return {
    rowCount,
    numbers: numbers.map((values, j) => (strays.has(j) ? undefined : values)),
    texts,
    strays,
    short: { count: shortCount, firstLine: shortLine },
    oddQuotes: reader.oddQuotes
  };
}

/** Upper bound of the records: line ends, whichever kind. */
function lineEnds({ bytes, start }: ScanPlan): number {
  let count = 0;
  for (let p = bytes.indexOf(NEWLINE, start); p >= 0; p = bytes.indexOf(NEWLINE, p + 1)) count++;
  for (let p = bytes.indexOf(RETURN, start); p >= 0; p = bytes.indexOf(RETURN, p + 1)) if (bytes[p + 1] !== NEWLINE) count++;
  return count;
}
