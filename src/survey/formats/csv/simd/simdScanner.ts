import { NUMERIC, SKIP, TEXT, type Cells, type ScanPlan } from '../cells.js';
import { FieldReader } from '../fieldReader.js';
import { NEWLINE, RETURN } from '../dialect.js';
import { scanRecords } from '../scanRecords.js';
import { checkLines, WholeTextNeeded, type TextStream } from '../textStream.js';
import { toNumber } from '../toNumber.js';
import { RECORDS_WASM } from './records.js';

/** Bytes of the file that the kernel has at a time, and the zeros behind them; both stay in the processor's cache. */
const CHUNK_BYTES = 1 << 18;
const PADDING = 80;
/** Bytes of a stream at a time, and the longest record at the end of one that is carried over to the next. */
const PIECE_BYTES = 1 << 19;
const LONGEST_CARRY = 1 << 18;
/** Rows of the tile, fewer when there are many columns. */
const TILE_ROWS = 1024;
const TILE_CELLS = 1 << 18;
const FEWEST_TILE_ROWS = 8;
const LATERS = 1 << 14;
/** Records indexed at a time, fewer when there are many columns; as in columns.h. */
const MOST_INDEXED = 128;
const INDEXED_FIELDS = 1 << 16;
/** Ends written past the last one. */
const SPARE_ENDS = 72;
/** `sizeof(Octet)` of octets.h, and more columns than this have none. */
const OCTET = 8;
const OCTET_BYTES = 12 + MOST_INDEXED + MOST_INDEXED * OCTET;
const MOST_OCTETS = 512;
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
const FIELD = { columns: 0, stride: 1, tileRows: 2, mostIndexed: 3, mostOctets: 4, kinds: 5, wides: 6, tiers: 7, octets: 8, ends: 9, tile: 10, laters: 11, laterCapacity: 12, delimiter: 13, decimal: 14, tokenCount: 15, row: 16, line: 17, laterCount: 18, shortCount: 19, shortLine: 20, slotCount: 21 } as const;

/** The scan of one file with records.c. */
export interface SimdScanner {
  /** About how many records a text of `size` bytes holds: the line ends of samples, which lie all over what is there. */
  likelyRecords(size: number): number;
  /** Reads all records of the plan's bytes. Throws as `scanRecords` does. */
  fill(cells: Cells): void;
  /** Reads all records of a text that comes piece by piece. Throws `WholeTextNeeded` when it is not UTF-8, or holds an odd or a very long record. */
  stream(cells: Cells, text: TextStream): Promise<void>;
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
  readonly #smalls: Int8Array;
  readonly #words: Uint32Array;
  readonly #doubles: Float64Array;
  /** Byte offsets in the kernel's memory. */
  readonly #kinds: number;
  readonly #wides: number;
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
    const mostIndexed = Math.min(MOST_INDEXED, Math.max(1, Math.floor(INDEXED_FIELDS / columns)));
    const laterCapacity = Math.max(LATERS, 2 * mostIndexed * columns);
    let free = kernel.__heap_base.value as number;
    const room = (bytes: number): number => {
      const at = (free + 15) & ~15;
      free = at + bytes;
      return at;
    };
    this.#kinds = room(columns);
    this.#wides = room(columns);
    const tiers = room(columns);
    const mostOctets = Math.min(MOST_OCTETS, Math.floor(columns / OCTET));
    const octets = room(OCTET_BYTES * mostOctets);
    const ends = room(4 * (1 + mostIndexed * columns + columns + SPARE_ENDS));
    this.#laters = room(4 * LATER_WORDS * laterCapacity);
    this.#tile = room(8 * stride * columns);
    this.#input = room(2 * (LONGEST_CARRY + PIECE_BYTES + PADDING));
    const missingPages = Math.ceil((free - kernel.memory.buffer.byteLength) / PAGE_BYTES);
    if (missingPages > 0) kernel.memory.grow(missingPages);
    const { buffer } = kernel.memory;
    this.#columns = columns;
    this.#stride = stride;
    this.#bytes = new Uint8Array(buffer);
    this.#smalls = new Int8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    kernel.prepare();
    const { delimiter, decimal } = plan.dialect;
    const given = { columns, stride, tileRows, mostIndexed, mostOctets, kinds: this.#kinds, wides: this.#wides, tiers, octets, ends, tile: this.#tile, laters: this.#laters, laterCapacity, delimiter, decimal, tokenCount: this.#writeTokens(), line: plan.line };
    for (const [name, value] of Object.entries(given)) this.#set(name as keyof typeof FIELD, value);
    this.#writeKinds();
  }

  likelyRecords(size: number): number {
    const { bytes, start } = this.#plan;
    const length = bytes.length - start;
    const samples = Math.ceil(length / CHUNK_BYTES) <= SAMPLES ? Math.ceil(length / CHUNK_BYTES) : SAMPLES;
    const step = samples < SAMPLES ? CHUNK_BYTES : (length - CHUNK_BYTES) / (SAMPLES - 1);
    for (const mark of [NEWLINE, RETURN]) {
      let ends = 0;
      let looked = 0;
      for (let i = 0; i < samples; i++) {
        const at = start + Math.floor(i * step);
        const chunk = bytes.subarray(at, at + CHUNK_BYTES);
        this.#bytes.set(chunk, this.#input);
        ends += this.#kernel.lineEnds(this.#input, chunk.length, mark);
        looked += chunk.length;
      }
      if (ends > 0) return looked >= size - start ? ends : Math.ceil((1 + SPARE) * ends * ((size - start) / looked));
    }
    return 0;
  }

  fill(cells: Cells): void {
    const { bytes } = this.#plan;
    let at = this.#plan.start;
    while (at < bytes.length) {
      const size = Math.min(CHUNK_BYTES, bytes.length - at);
      this.#bytes.set(bytes.subarray(at, at + size), this.#input);
      this.#bytes.fill(0, this.#input + size, this.#input + size + PADDING);
      const read = this.#chunk(cells, at, size);
      // A record longer than a chunk, or a quote that is never closed.
      at = read === 0 ? this.#oddRecord(cells, at) : at + read;
    }
    cells.short(this.#get('shortLine'), this.#get('shortCount'));
  }

  async stream(cells: Cells, text: TextStream): Promise<void> {
    const reader = new FieldReader(this.#bytes, this.#plan.dialect.delimiter);
    // Of two places one is read while the other is filled; in front of each is room for what the last piece left over.
    const places = [0, 1].map((i) => this.#input + LONGEST_CARRY + i * (LONGEST_CARRY + PIECE_BYTES + PADDING));
    const filled = (place: number): Promise<number> => {
      const reading = text.read(this.#bytes.subarray(place, place + PIECE_BYTES));
      // A failure is told when it is waited for.
      reading.catch(() => undefined);
      return reading;
    };
    await text.from(this.#plan.start);
    let reading = filled(places[0]);
    let carryEnd = 0;
    let carry = 0;
    for (let i = 0; ; i = 1 - i) {
      const come = await reading;
      const start = places[i] - carry;
      this.#bytes.copyWithin(start, carryEnd - carry, carryEnd);
      let end = places[i] + come;
      if (come > 0) reading = filled(places[1 - i]);
      else if (carry === 0) break;
      else if (this.#bytes[end - 1] !== NEWLINE && this.#bytes[end - 1] !== RETURN) this.#bytes[end++] = NEWLINE;
      this.#bytes.fill(0, end, end + PADDING);
      checkLines(this.#bytes.subarray(start, end));
      const read = this.#records(cells, start, end, reader, 0);
      carry = end - start - read;
      carryEnd = end;
      const isOdd = this.#reason() === ODD_RECORD;
      if (isOdd || carry > LONGEST_CARRY || (come === 0 && carry > 0)) throw new WholeTextNeeded();
      if (come === 0) break;
    }
    cells.short(this.#get('shortLine'), this.#get('shortCount'));
  }

  /** All records that lie whole in the chunk, a copy of the bytes at `at` of the file; gives the bytes used up. */
  #chunk(cells: Cells, at: number, size: number): number {
    let from = 0;
    for (;;) {
      from += this.#records(cells, this.#input + from, this.#input + size, cells.reader, at - this.#input);
      if (this.#reason() !== ODD_RECORD) return from;
      const next = this.#oddRecord(cells, at + from) - at;
      if (next >= size) return next;
      from = next;
    }
  }

  /** Records of the kernel's bytes [start, end) up to one that is odd or not whole; gives the bytes used up. `reader` reads the same bytes further by `shift`. */
  #records(cells: Cells, start: number, end: number, reader: FieldReader, shift: number): number {
    let from = 0;
    do {
      from = this.#kernel.records(start, from, end - start);
      this.#emptyTile(cells, reader, start + shift);
    } while (this.#reason() === TILE_FULL);
    return from;
  }

  #reason(): number {
    return this.#words[(this.#kernel.reason.value as number) >> 2];
  }

  #oddRecord(cells: Cells, byte: number): number {
    cells.reserve(1);
    this.#plan.kinds.forEach((kind, j) => {
      if (kind === NUMERIC) cells.widen(j);
    });
    this.#bytes.fill(1, this.#wides, this.#wides + this.#columns);
    const place = scanRecords(this.#plan, cells, { byte, line: this.#get('line') }, 1);
    this.#set('line', place.line);
    this.#writeKinds();
    return place.byte;
  }

  /** Copies the tile to the columns, then reads what the kernel left for later; offsets count from byte `at` of the reader. */
  #emptyTile(cells: Cells, reader: FieldReader, at: number): void {
    const rows = this.#get('row');
    const { kinds } = this.#plan;
    this.#learnSlots();
    cells.reserve(rows);
    const start = cells.rowCount;
    for (let j = 0; j < this.#columns; j++) {
      const cell = (this.#tile >> 3) + j * this.#stride;
      if (kinds[j] === NUMERIC) {
        if (this.#bytes[this.#wides + j] === 1) cells.widen(j).set(this.#doubles.subarray(cell, cell + rows), start);
        else cells.numbers[j]!.set(this.#smalls.subarray(8 * cell, 8 * cell + rows), start);
      } else if (kinds[j] === TEXT) this.#copyTexts(cells.texts[j] as (string | null)[], start, cell, rows);
    }
    this.#readLaters(cells, reader, at);
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

  #readLaters(cells: Cells, reader: FieldReader, at: number): void {
    const count = this.#get('laterCount');
    const { kinds, missing, dialect } = this.#plan;
    const { strays } = cells;
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

  #writeKinds(): void {
    this.#bytes.set(this.#plan.kinds, this.#kinds);
  }

  #get(field: keyof typeof FIELD): number {
    return this.#words[((this.#kernel.plan.value as number) >> 2) + FIELD[field]];
  }

  #set(field: keyof typeof FIELD, value: number): void {
    this.#words[((this.#kernel.plan.value as number) >> 2) + FIELD[field]] = value;
  }
}
