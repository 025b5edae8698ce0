import { secureRecords } from './biffRecords.js';

/** Sector numbers from here up mean "end", "free" and so on. @see [MS-CFB] 2.1 */
const LAST_SECTOR = 0xfffffffa;
const HEADER_ENTRIES = 109;
const ENTRY_BYTES = 128;

/** First character of the names of property streams (title, author, …). */
const PROPERTY_MARK = 5;
const HIDDEN_MARK = 120;

/**
 * What is wrong with the frame of an old .xls file (a compound file), or
 * undefined: chains of sectors must end inside the file, and no stream may
 * claim more bytes than there are. Readers that trust these run forever.
 *
 * Records of the workbook that hold no cells are made harmless, see
 * `secureRecords`. Streams of document properties are renamed in place, so that nobody reads
 * them: they hold no cells, and their counts are believed by readers too.
 *
 * @param bytes a copy that may be changed
 * @see [MS-CFB] Compound File Binary File Format
 */
export function secureCompoundFile(bytes: Uint8Array): string | undefined {
  if (bytes.length < 512) return 'it is shorter than its header';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return `its sector shift is ${shift}`;
  const size = 1 << shift;
  const sectors = Math.ceil(bytes.length / size) - 1;
  const at = (sector: number): number => (sector + 1) * size;
  const inside = (sector: number): boolean => sector < sectors && at(sector) + size <= bytes.length;
  // The table of chains lies in sectors that the header lists, and in a chain of further lists.
  const table: number[] = [];
  for (let i = 0; i < HEADER_ENTRIES; i++) {
    const sector = view.getUint32(76 + 4 * i, true);
    if (sector >= LAST_SECTOR) break;
    if (!inside(sector)) return `its sector table lies outside`;
    table.push(sector);
  }
  const seenLists = new Set<number>();
  for (let list = view.getUint32(68, true); list < LAST_SECTOR; list = view.getUint32(at(list) + size - 4, true)) {
    if (!inside(list) || seenLists.has(list)) return 'its list of sector tables runs in a circle or outside';
    seenLists.add(list);
    for (let i = 0; i < size / 4 - 1; i++) {
      const sector = view.getUint32(at(list) + 4 * i, true);
      if (sector >= LAST_SECTOR) break;
      if (!inside(sector)) return 'its sector table lies outside';
      table.push(sector);
    }
  }
  const next = (sector: number): number => {
    const part = table[Math.floor(sector / (size / 4))];
    return part === undefined ? LAST_SECTOR : view.getUint32(at(part) + 4 * (sector % (size / 4)), true);
  };
  const chain = (first: number): readonly number[] | undefined => {
    const list: number[] = [];
    const seen = new Set<number>();
    for (let sector = first; sector < LAST_SECTOR; sector = next(sector)) {
      if (sector >= sectors || seen.has(sector)) return undefined;
      seen.add(sector);
      list.push(sector);
    }
    return list;
  };
  const directory = chain(view.getUint32(48, true));
  if (!directory) return 'its directory runs in a circle or outside';
  const entries = directory.flatMap((sector) => Array.from({ length: Math.max(0, Math.floor((Math.min(at(sector) + size, bytes.length) - at(sector)) / ENTRY_BYTES)) }, (_, i) => at(sector) + i * ENTRY_BYTES));
  if (!isTree(view, entries)) return 'the entries of its directory name each other in a circle or do not exist';
  const smallLimit = view.getUint32(56, true);
  const small = chain(view.getUint32(60, true));
  if (!small) return 'its table of small streams runs in a circle or outside';
  const smallNext = (sector: number): number => {
    const part = small[Math.floor(sector / (size / 4))];
    return part === undefined || at(part) + size > bytes.length ? LAST_SECTOR : view.getUint32(at(part) + 4 * (sector % (size / 4)), true);
  };
  /** Sectors of the stream that holds the small streams. */
  const container = directory.length > 0 && inside(directory[0]) ? (chain(view.getUint32(at(directory[0]) + 116, true)) ?? []) : [];
  for (const sector of directory) {
    for (let entry = at(sector); entry + ENTRY_BYTES <= Math.min(at(sector) + size, bytes.length); entry += ENTRY_BYTES) {
      const kind = bytes[entry + 66];
      if (kind !== 2 && kind !== 5) continue;
      if (bytes[entry] === PROPERTY_MARK) bytes[entry] = HIDDEN_MARK;
      const length = view.getUint32(entry + 120, true);
      const first = view.getUint32(entry + 116, true);
      if (length > bytes.length) return `a stream claims ${length} bytes`;
      if (length === 0) continue;
      if (kind === 5 || length >= smallLimit) {
        const parts = chain(first);
        if (!parts) return 'a stream runs in a circle or outside';
        const fault = kind === 2 && isWorkbook(view, entry) ? secured(bytes, parts.map(at), size, length) : undefined;
        if (fault !== undefined) return fault;
        continue;
      }
      const seen = new Set<number>();
      for (let part = first; part < LAST_SECTOR; part = smallNext(part)) {
        if (seen.has(part)) return 'a small stream runs in a circle';
        seen.add(part);
      }
      const offsets = Array.from(seen, (part) => at(container[Math.floor((part * SMALL_SECTOR) / size)] ?? sectors) + ((part * SMALL_SECTOR) % size));
      const fault = isWorkbook(view, entry) ? secured(bytes, offsets, SMALL_SECTOR, length) : undefined;
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

/** Places of an entry's links to its left and right neighbour and to its first child. */
const LINKS = [68, 72, 76] as const;
const NO_ENTRY = 0xffffffff;

/** Whether the links of the entries make a tree from the first; entries outside it lose their links, as they lead nowhere. */
function isTree(view: DataView, entries: readonly number[]): boolean {
  const reached = new Set<number>([0]);
  const open = entries.length > 0 ? [0] : [];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    for (const link of LINKS) {
      const next = view.getUint32(entries[entry] + link, true);
      if (next === NO_ENTRY) continue;
      if (next >= entries.length || reached.has(next)) return false;
      reached.add(next);
      open.push(next);
    }
  }
  entries.forEach((offset, entry) => {
    if (!reached.has(entry)) for (const link of LINKS) view.setUint32(offset + link, NO_ENTRY, true);
  });
  return true;
}

const SMALL_SECTOR = 64;
/** Names of the stream with the cells, since Excel 97 and before. */
const WORKBOOK: readonly string[] = ['workbook', 'book'];

function isWorkbook(view: DataView, entry: number): boolean {
  const letters = Math.max(0, Math.min(32, view.getUint16(entry + 64, true) / 2 - 1));
  const name = Array.from({ length: Math.floor(letters) }, (_, i) => String.fromCharCode(view.getUint16(entry + 2 * i, true))).join('');
  return WORKBOOK.includes(name.toLowerCase());
}

/** Secures the records of a stream that lies in pieces at these offsets, in place. */
function secured(bytes: Uint8Array, offsets: readonly number[], pieceBytes: number, length: number): string | undefined {
  const stream = new Uint8Array(Math.min(length, offsets.length * pieceBytes));
  // A stream may be shorter than the chain of its pieces.
  const used = offsets.slice(0, Math.ceil(stream.length / pieceBytes));
  const pieces = used.map((offset, i) => bytes.subarray(offset, offset + Math.min(pieceBytes, Math.max(0, stream.length - i * pieceBytes))));
  pieces.forEach((piece, i) => stream.set(piece, i * pieceBytes));
  const fault = secureRecords(stream);
  pieces.forEach((piece, i) => piece.set(stream.subarray(i * pieceBytes, i * pieceBytes + piece.length)));
  return fault;
}
