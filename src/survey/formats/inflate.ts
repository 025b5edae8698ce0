import { unzlibSync } from 'fflate';
import { fail } from '../../shared/diagnostic.js';

/** Packed files may unfold to at most this many bytes, unless the caller allows more: a small file must not fill the memory. */
export const MOST_UNPACKED_BYTES: number = 2 ** 30;

/** Refuses a packed file that says it unfolds past the limit. */
export function checkUnpacked(format: string, bytes: number, limit: number = MOST_UNPACKED_BYTES): void {
  if (bytes > limit) {
    fail('too-large', `the ${format} file unpacks to ${bytes} bytes, more than the limit of ${limit}`, { help: 'if you trust the file, raise `maxUnpackedBytes`' });
  }
}

/** Unpacks one zlib stream into exactly `out`; false when it is damaged or of another length. */
export function inflateInto(packed: Uint8Array, out: Uint8Array): boolean {
  try {
    return unzlibSync(packed, { out }).length === out.length;
  } catch {
    return false;
  }
}
