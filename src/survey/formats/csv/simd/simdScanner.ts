import { NUMERIC, SKIP, TEXT, type Cells, type ScanPlan } from '../cells.js';
import { NEWLINE, RETURN } from '../dialect.js';
import { scanRecords } from '../scanRecords.js';
import { toNumber } from '../toNumber.js';
import { RECORDS_WASM } from './records.js';

/** Bytes of the file that the kernel has at a time, and the zeros behind them; both stay in the processor's cache. */
const CHUNK_BYTES = 1 << 18;
const PADDING = 64;
/** Rows of the tile, fewer when there are many columns. */
const TILE_ROWS = 1024;
const TILE_CELLS = 1 << 18;
const FEWEST_TILE_ROWS = 8;
const LATERS = 4096;
const LATER_WORDS = 4;
const PAGE_BYTES = 65536;
/** Chunks from which the number of records is guessed, and by how much the guess is raised. */
const SAMPLES = 16;
const SPARE = 0.01;
/** As in records.c. */
const KEY_BYTES = 32;
const SLOTS = 1 << 13;
const TOKEN_BYTES = 16;
const MOST_TOKENS = 32;
const MISSING_TEXT = 0xfffffffe;
const LATER = 0xffffffff;
const TILE_FULL = 1;
const ODD_RECORD = 2;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly plan: WebAssembly.Global;
  readonly tokens: WebAssembly.Global;
  readonly keys: WebAssembly.Global;
  readonly lengths: WebAssembly.Global;
  readonly taken: WebAssembly.Global;
  readonly reason: WebAssembly.Global;
  readonly __heap_base: WebAssembly.Global;
  prepare(): void;
  lineEnds(bytes: number, length: number, mark: number): number;
  records(base: number, from: number, end: number): number;
}

/** Places of the fields of `Plan` in records.c. */
const FIELD = { columns: 0, stride: 1, tileRows: 2, kinds: 3, runs: 4, tile: 5, laters: 6, laterCapacity: 7, delimiter: 8, decimal: 9, tokenCount: 10, row: 11, line: 12, laterCount: 13, shortCount: 14, shortLine: 15, slotCount: 16 } as const;

/** The scan of one file with records.c. */
export interface SimdScanner {
  /** About how many records there are: the line ends of samples, which lie all over a large file. */
  likelyRecords(there: number): number;
  /** Reads all records, waiting for bytes that are still to come. Throws as `scanRecords` does. */
  fill(cells: Cells, ready: (from: number) => Promise<number>): Promise<void>;
}

/** The kernel with room for the file's columns; undefined where WebAssembly or its SIMD instructions are missing or forbidden. */
export function simdScanner(plan: ScanPlan): SimdScanner | undefined {
  let exports: Exports;
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(RECORDS_WASM), (character) => character.charCodeAt(0)));
    exports = new WebAssembly.Instance(module).exports as unknown as Exports;
    return new Scanner(exports, plan);
  } catch {
    return undefined;
  }
}

class Scanner implements SimdScanner {
  readonly #kernel: Exports;
  readonly #plan: ScanPlan;
  readonly #columns: number;
  readonly #stride: number;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #doubles: Float64Array;
  /** Byte offsets in the kernel's memory. */
  readonly #kinds: number;
  readonly #runs: number;
  readonly #laters: number;
  readonly #tile: number;
  readonly #input: number;
  /** Words of the text in each slot; null for a missing one. */
  readonly #slotTexts: (string | null)[] = new Array<string | null>(SLOTS).fill(null);
  #slotsKnown = 0;

  constructor(kernel: Exports, plan: ScanPlan) {
    this.#kernel = kernel;
    this.#plan = plan;
    const columns = plan.kinds.length;
    const tileRows = Math.min(TILE_ROWS, Math.max(FEWEST_TILE_ROWS, Math.floor(TILE_CELLS / columns)));
    // One more line of cache, so that the columns of a row do not compete for one place in it.
    const stride = tileRows + 8;
    const laterCapacity = Math.max(LATERS, 2 * columns);
    let free = kernel.__heap_base.value as number;
    const room = (bytes: number): number => {
      const at = (free + 15) & ~15;
      free = at + bytes;
      return at;
    };
    this.#kinds = room(columns);
    this.#runs = room(columns + 1);
    this.#laters = room(4 * LATER_WORDS * laterCapacity);
    this.#tile = room(8 * stride * columns);
    this.#input = room(CHUNK_BYTES + PADDING);
    const missingPages = Math.ceil((free - kernel.memory.buffer.byteLength) / PAGE_BYTES);
    if (missingPages > 0) kernel.memory.grow(missingPages);
    const { buffer } = kernel.memory;
    this.#columns = columns;
    this.#stride = stride;
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    kernel.prepare();
    const { delimiter, decimal } = plan.dialect;
    const given = { columns, stride, tileRows, kinds: this.#kinds, runs: this.#runs, tile: this.#tile, laters: this.#laters, laterCapacity, delimiter, decimal, tokenCount: this.#writeTokens(), line: plan.line };
    for (const [name, value] of Object.entries(given)) this.#set(name as keyof typeof FIELD, value);
    this.#writeKinds();
  }

  likelyRecords(there: number): number {
    const { bytes, start } = this.#plan;
    const length = there - start;
    const samples = Math.ceil(length / CHUNK_BYTES) <= SAMPLES ? Math.ceil(length / CHUNK_BYTES) : SAMPLES;
    const step = samples < SAMPLES ? CHUNK_BYTES : (length - CHUNK_BYTES) / (SAMPLES - 1);
    for (const mark of [NEWLINE, RETURN]) {
      let ends = 0;
      let looked = 0;
      for (let i = 0; i < samples; i++) {
        const at = start + Math.floor(i * step);
        const chunk = bytes.subarray(at, Math.min(there, at + CHUNK_BYTES));
        this.#bytes.set(chunk, this.#input);
        ends += this.#kernel.lineEnds(this.#input, chunk.length, mark);
        looked += chunk.length;
      }
      if (ends > 0) return looked >= bytes.length - start ? ends : Math.ceil((1 + SPARE) * ends * ((bytes.length - start) / looked));
    }
    return 0;
  }

  async fill(cells: Cells, ready: (from: number) => Promise<number>): Promise<void> {
    const { bytes } = this.#plan;
    let at = this.#plan.start;
    let there = at;
    let read = 1;
    while (at < bytes.length) {
      if (there < bytes.length && (read === 0 || there - at < CHUNK_BYTES)) there = await ready(there);
      const size = Math.min(CHUNK_BYTES, there - at);
      this.#bytes.set(bytes.subarray(at, at + size), this.#input);
      this.#bytes.fill(0, this.#input + size, this.#input + size + PADDING);
      read = this.#chunk(cells, at, size, there === bytes.length);
      // A record longer than a chunk, or a quote that is never closed.
      if (read === 0 && there === bytes.length) read = this.#oddRecord(cells, at) - at;
      at += read;
    }
    cells.short(this.#get('shortLine'), this.#get('shortCount'));
  }

  /** All records that lie whole in the chunk at byte `at` of the file; gives the bytes used up. */
  #chunk(cells: Cells, at: number, size: number, whole: boolean): number {
    let from = 0;
    for (;;) {
      from = this.#kernel.records(this.#input, from, size);
      this.#emptyTile(cells, at);
      const reason = this.#words[(this.#kernel.reason.value as number) >> 2];
      if (reason === ODD_RECORD) {
        if (!whole) return from;
        const next = this.#oddRecord(cells, at + from) - at;
        if (next >= size) return next;
        from = next;
      } else if (reason !== TILE_FULL) return from;
    }
  }

  #oddRecord(cells: Cells, byte: number): number {
    cells.reserve(1);
    const place = scanRecords(this.#plan, cells, { byte, line: this.#get('line') }, 1);
    this.#set('line', place.line);
    this.#writeKinds();
    return place.byte;
  }

  /** Copies the tile to the columns, then reads what the kernel left for later; offsets count from byte `at` of the file. */
  #emptyTile(cells: Cells, at: number): void {
    const rows = this.#get('row');
    const { kinds } = this.#plan;
    this.#learnSlots();
    cells.reserve(rows);
    const start = cells.rowCount;
    for (let j = 0; j < this.#columns; j++) {
      const cell = (this.#tile >> 3) + j * this.#stride;
      if (kinds[j] === NUMERIC) (cells.numbers[j] as Float64Array).set(this.#doubles.subarray(cell, cell + rows), start);
      else if (kinds[j] === TEXT) this.#copyTexts(cells.texts[j] as (string | null)[], start, cell, rows);
    }
    this.#readLaters(cells, at);
    cells.rowCount += rows;
    this.#set('row', 0);
  }

  #copyTexts(target: (string | null)[], start: number, cell: number, rows: number): void {
    const words = this.#words;
    const texts = this.#slotTexts;
    for (let i = 0, w = 2 * cell; i < rows; i++, w += 2) {
      const slot = words[w];
      target[start + i] = slot === MISSING_TEXT || slot === LATER ? null : texts[slot];
    }
  }

  /** Slots taken since the last time get their text. */
  #learnSlots(): void {
    const { taken, lengths, keys } = this.#kernel;
    const count = this.#get('slotCount');
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for (; this.#slotsKnown < count; this.#slotsKnown++) {
      const slot = this.#words[((taken.value as number) >> 2) + this.#slotsKnown];
      const key = (keys.value as number) + KEY_BYTES * slot;
      const text = decoder.decode(this.#bytes.subarray(key, key + this.#words[((lengths.value as number) >> 2) + slot]));
      this.#slotTexts[slot] = this.#plan.missing.has(text) ? null : text;
    }
  }

  #readLaters(cells: Cells, at: number): void {
    const count = this.#get('laterCount');
    const { kinds, missing, dialect } = this.#plan;
    const { reader, strays } = cells;
    for (let i = 0, w = this.#laters >> 2; i < count; i++, w += LATER_WORDS) {
      const [row, column, start, line] = this.#words.subarray(w, w + LATER_WORDS);
      if (kinds[column] === SKIP) continue;
      const text = reader.read(at + start, line);
      if (kinds[column] === TEXT) (cells.texts[column] as (string | null)[])[cells.rowCount + row] = missing.has(text) ? null : text;
      else {
        const value = toNumber(text.trim(), dialect.decimal, missing);
        if (value === undefined) {
          kinds[column] = SKIP;
          strays.set(column, { line, text });
        } else (cells.numbers[column] as Float64Array)[cells.rowCount + row] = value;
      }
    }
    this.#set('laterCount', 0);
    if (count > 0) this.#writeKinds();
  }

  #writeTokens(): number {
    const encoder = new TextEncoder();
    const words = [...this.#plan.missing].map((word) => encoder.encode(word)).filter(({ length }) => length > 0 && length <= TOKEN_BYTES);
    const at = this.#kernel.tokens.value as number;
    const known = words.slice(0, MOST_TOKENS);
    known.forEach((word, i) => this.#bytes.set(word, at + TOKEN_BYTES * i));
    return known.length;
  }

  /** The kinds of the columns, and from each how many of numbers follow before the record's last. */
  #writeKinds(): void {
    const { kinds } = this.#plan;
    this.#bytes.set(kinds, this.#kinds);
    let run = 0;
    for (let j = this.#columns - 1; j >= 0; j--) {
      run = kinds[j] === NUMERIC && j < this.#columns - 1 ? Math.min(run + 1, 255) : 0;
      this.#bytes[this.#runs + j] = run;
    }
  }

  #get(field: keyof typeof FIELD): number {
    return this.#words[((this.#kernel.plan.value as number) >> 2) + FIELD[field]];
  }

  #set(field: keyof typeof FIELD, value: number): void {
    this.#words[((this.#kernel.plan.value as number) >> 2) + FIELD[field]] = value;
  }
}
