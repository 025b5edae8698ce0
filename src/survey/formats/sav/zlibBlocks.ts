import { ByteCursor } from '../byteCursor.js';
import { checkUnpacked, inflateInto } from '../inflate.js';

/** zlib cannot pack a byte into less than about a thousandth. @see RFC 1951 */
const BEST_RATIO = 1040;

/**
 * The bytecode inside a .zsav file: a header that points at a trailer, which
 * lists blocks, each a zlib stream. All are unpacked, one after another.
 * @see PSPP Developers Guide, ZLIB Data Header, Block and Trailer
 */
export function unpackBlocks(cursor: ByteCursor, limit?: number): ByteCursor {
  const what = 'the index of zlib blocks';
  const headerAt = cursor.offset;
  const headerOffset = cursor.int64(what);
  const trailerOffset = cursor.int64(what);
  cursor.int64(what);
  if (headerOffset !== headerAt) cursor.damaged(`the zlib header says it stands at byte ${headerOffset}`, headerAt);
  if (trailerOffset < cursor.offset || trailerOffset > cursor.bytes.length) {
    cursor.offset = cursor.bytes.length;
    cursor.take(Math.max(1, trailerOffset - cursor.bytes.length), what);
  }
  cursor.offset = trailerOffset;
  cursor.int64(what);
  cursor.int64(what);
  cursor.int32(what);
  const count = cursor.int32(what);
  cursor.count(count, 24, what);
  const blocks = Array.from({ length: count }, () => {
    cursor.int64(what);
    return { offset: cursor.int64(what), unpacked: cursor.int32(what), packed: cursor.int32(what) };
  });
  let total = 0;
  for (const [i, block] of blocks.entries()) {
    const { offset, unpacked, packed } = block;
    if (offset < headerAt + 24 || packed < 0 || offset + packed > trailerOffset || unpacked < 0 || unpacked > (packed + 8) * BEST_RATIO) cursor.damaged(`zlib block ${i + 1} claims impossible sizes`, trailerOffset);
    total += unpacked;
  }
  checkUnpacked('.zsav', total, limit);
  const plain = new Uint8Array(total);
  let at = 0;
  for (const [i, { offset, unpacked, packed }] of blocks.entries()) {
    if (!inflateInto(cursor.bytes.subarray(offset, offset + packed), plain.subarray(at, at + unpacked))) cursor.damaged(`zlib block ${i + 1} does not unpack`, offset);
    at += unpacked;
  }
  const data = new ByteCursor(plain, 'SPSS');
  data.littleEndian = cursor.littleEndian;
  return data;
}
