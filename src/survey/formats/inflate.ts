import { unzipSync, unzlibSync, zipSync } from 'fflate';
import { fail } from '../../shared/diagnostic.js';
import { xmlFault } from './xmlFault.js';

/** Packed files may unfold to at most this many bytes, unless the caller allows more: a small file must not fill the memory. */
export const MOST_UNPACKED_BYTES: number = 2 ** 30;

/** Refuses a packed file that says it unfolds past the limit. */
export function checkUnpacked(format: string, bytes: number, limit: number = MOST_UNPACKED_BYTES): void {
  if (bytes > limit) {
    fail('too-large', `the ${format} file unpacks to ${bytes} bytes, more than the limit of ${limit}`, { help: 'if you trust the file, raise `maxUnpackedBytes`' });
  }
}

/** Unpacks one zlib stream into exactly `out`; false when it is damaged or of another length, which its checksum tells. */
export function inflateInto(packed: Uint8Array, out: Uint8Array): boolean {
  if (packed.length < 6) return false;
  try {
    if (unzlibSync(packed, { out }).length !== out.length) return false;
  } catch {
    return false;
  }
  const declared = new DataView(packed.buffer, packed.byteOffset + packed.length - 4, 4).getUint32(0);
  return adler32(out) === declared;
}

const ADLER_MODULUS = 65_521;
/** Sums stay below 2^32 for this many bytes. */
const ADLER_RUN = 3_800;

/** @see RFC 1950, 8.2 */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += ADLER_RUN) {
    const end = Math.min(start + ADLER_RUN, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i];
      b += a;
    }
    a %= ADLER_MODULUS;
    b %= ADLER_MODULUS;
  }
  return b * 65_536 + a;
}

/**
 * The same zip archive with its parts unpacked, so that whoever reads it next
 * unfolds nothing. Each part is unpacked into the room it declares; the sum of
 * the rooms is checked first.
 */
export function repackStored(zip: Uint8Array, format: string, limit?: number): Uint8Array {
  let total = 0;
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(zip, {
      filter: ({ originalSize }) => {
        total += originalSize;
        checkUnpacked(format, total, limit);
        return true;
      }
    });
  } catch (cause) {
    if ((cause as Error).name === 'SurveyError') throw cause;
    return fail('damaged-file', `the ${format} file is no whole zip archive: ${(cause as Error).message}`, { help: 'fetch or export it again' });
  }
  for (const [name, part] of Object.entries(parts)) {
    const fault = /\.(?:xml|rels)$/i.test(name) ? xmlFault(part) : undefined;
    if (fault !== undefined) fail('damaged-file', `the ${format} file is damaged: part \`${name.slice(0, 80)}\` is broken at byte ${fault}`, { help: 'open it in a spreadsheet program and save it again, or fetch it again' });
  }
  if (parts['content.xml']) checkUnpacked(format, CELL_BYTES * repeatedCells(parts['content.xml']), limit);
  for (const [name, part] of Object.entries(parts)) if (/worksheets\/[^/]*\.xml$/i.test(name)) hideLinks(part);
  return zipSync(parts, { level: 0 });
}

const LINK = Array.from('hyperlink', (letter) => letter.charCodeAt(0));
const [H] = LINK;
const OPENING = 60;
const COLON = 58;

/** A link may claim to lie on all 17 billion cells of a sheet, which readers then make; nothing here asks for links, so their tags are renamed in place. */
function hideLinks(sheet: Uint8Array): void {
  for (let p = sheet.indexOf(H); p >= 0; p = sheet.indexOf(H, p + 1)) {
    if (sheet[p - 1] !== OPENING && sheet[p - 1] !== COLON) continue;
    if (LINK.every((byte, i) => sheet[p + i] === byte)) sheet[p] = H - 1;
  }
}

/** What a cell that is only said to be repeated takes once it is there. */
const CELL_BYTES = 100;
/** Rows and cells of an OpenDocument sheet, whatever their prefix. */
const SHEET_TAG = /<(?:[^\s?><!/:]*:)?(table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>/g;
const REPEATED = /number-(?:rows|columns)-repeated\s*=\s*["']\s*(\d+)/;

/** Cells of OpenDocument sheets: a row and a cell may each say that they stand many times, and a few bytes fill the memory. */
function repeatedCells(content: Uint8Array): number {
  const text = new TextDecoder().decode(content);
  let rows = 1;
  let cells = 0;
  for (const [, tag, rest] of text.matchAll(SHEET_TAG)) {
    const times = Number(REPEATED.exec(rest)?.[1] ?? 1);
    if (tag === 'table-row') rows = times;
    else if (tag === 'covered-table-cell') cells += times;
    else if (!rest.endsWith('/')) cells += rows * times;
  }
  return cells;
}

/** A zip archive of these parts; its entries carry no time, so that the same parts give the same bytes. */
export function packedArchive(parts: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(parts), { level: 6, mtime: new Date(1980, 0, 1) });
}
