/** Records that hold no cells and whose counts and references readers believe: cells of Excel 2, which no compound file has; names, links, comments, drawings, conditions. @see [MS-XLS] 2.3 */
const HIDDEN: ReadonlySet<number> = new Set([
  0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0007, 0x0008, 0x0043, 0x0044, 0x0017, 0x0018, 0x001c, 0x0023, 0x005d, 0x007f, 0x00eb, 0x00ec, 0x00ed, 0x01ae, 0x01b0, 0x01b1, 0x01b2, 0x01b6, 0x01b8, 0x01be, 0x0021, 0x0221, 0x04bc, 0x0800, 0x0894
]);
/** A record that readers pass over. */
const PASSED_OVER = 0x0059;
const FORMULA = 0x0006;
/** Place of the length of a formula's tokens; the value is what says "none that can be read". */
const TOKENS_AT = 20;
const NO_TOKENS = 0xffff;
const CONTINUE = 0x003c;
/** Opens each part of the stream and tells its version; compound files came with Excel 5. */
const OPENING = 0x0809;
const VERSIONS: readonly number[] = [0x0500, 0x0600];
const CLOSING = 0x000a;
const OLDER_OPENINGS: readonly number[] = [0x0009, 0x0209, 0x0409];

/**
 * Makes the records of an old workbook harmless, in place: those that hold no
 * cells are passed over, with their continuations, and formulas keep their
 * results and lose their tokens. Returns what is wrong, or undefined.
 */
export function secureRecords(stream: Uint8Array): string | undefined {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let hiding = false;
  let last = -1;
  let p = 0;
  while (p + 4 <= stream.length) {
    const id = view.getUint16(p, true);
    const length = view.getUint16(p + 2, true);
    // Behind the last record the stream is padded.
    if (id === 0 && last === CLOSING) return undefined;
    // Readers take nothing of a closing record, whatever length it claims.
    if (id === CLOSING && length > 0) return `the part that closes at byte ${p} goes on behind its end`;
    last = id;
    if (p + 4 + length > stream.length) return `a record of ${length} bytes at byte ${p} runs past the end of its stream`;
    if (OLDER_OPENINGS.includes(id) || (id === OPENING && (length < 2 || !VERSIONS.includes(view.getUint16(p + 4, true))))) return `the part that opens at byte ${p} is of no version that such a file can hold`;
    hiding = HIDDEN.has(id) || (hiding && id === CONTINUE);
    if (hiding) view.setUint16(p, PASSED_OVER, true);
    if (id === FORMULA && length >= TOKENS_AT + 2) view.setUint16(p + 4 + TOKENS_AT, NO_TOKENS, true);
    p += 4 + length;
  }
  return undefined;
}
