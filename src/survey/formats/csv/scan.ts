import { Cells, type ScanPlan, type Stray } from './cells.js';
import { NEWLINE, RETURN } from './dialect.js';
import { scanRecords } from './scanRecords.js';
import type { ColumnNumbers } from '../../narrowNumbers.js';
import { simdScanner } from './simd/simdScanner.js';
import { WholeTextNeeded, type TextStream } from './textStream.js';

export interface Scanned {
  readonly rowCount: number;
  readonly numbers: readonly (ColumnNumbers | undefined)[];
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
  /** Reads the text piece by piece; only its first lines are in the plan. */
  readonly stream?: TextStream | undefined;
}

/**
 * The data records as typed columns. A column of numbers that meets a word is
 * given up and reported as a stray. The last byte of `bytes` must end a record.
 *
 * @throws SurveyError `csv-open-quote`, `csv-extra-field`, `csv-ragged` with line and column
 * @throws WholeTextNeeded when a stream cannot be read piece by piece
 */
export async function scan(plan: ScanPlan, options: ScanOptions = {}): Promise<Scanned> {
  const { bytes, start, line } = plan;
  const { simd = bytes.length - start > WORTH_SIMD_BYTES, stream } = options;
  const scanner = simd ? simdScanner(plan) : undefined;
  if (!scanner && stream) throw new WholeTextNeeded();
  const size = stream?.size ?? bytes.length;
  const cells = new Cells(plan, scanner ? scanner.likelyRecords(size) : lineEnds(plan), scanner !== undefined, size);
  if (scanner && stream) await scanner.stream(cells, stream);
  else if (scanner) scanner.fill(cells);
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
