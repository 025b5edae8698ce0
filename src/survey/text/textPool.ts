import { decoderOf, type Decoder } from './decoder.js';

const SLOTS = 1 << 12;
/** Longer texts are rarely repeated. */
const LONGEST_POOLED = 48;

/** Decodes bytes and gives equal bytes the same string: survey answers repeat, so this saves time and memory. */
export class TextPool {
  readonly #decoder: Decoder;
  readonly #keys: Uint8Array = new Uint8Array(SLOTS * LONGEST_POOLED);
  readonly #lengths: Int8Array = new Int8Array(SLOTS).fill(-1);
  readonly #texts: string[] = new Array<string>(SLOTS).fill('');

  constructor(encoding = 'utf-8') {
    this.#decoder = decoderOf(encoding);
  }

  /** Text of the bytes [start, end). */
  text(bytes: Uint8Array, start: number, end: number): string {
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]) | 0;
    return this.hashed(bytes, start, end, hash);
  }

  /** The same when the caller has a hash (any function of the bytes) already. */
  hashed(bytes: Uint8Array, start: number, end: number, hash: number): string {
    const length = end - start;
    if (length === 0) return '';
    if (length > LONGEST_POOLED) return this.#decoder.decode(bytes.subarray(start, end));
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const key = slot * LONGEST_POOLED;
    if (this.#lengths[slot] === length) {
      let i = 0;
      while (i < length && this.#keys[key + i] === bytes[start + i]) i++;
      if (i === length) return this.#texts[slot];
    }
    const text = this.#decoder.decode(bytes.subarray(start, end));
    for (let i = 0; i < length; i++) this.#keys[key + i] = bytes[start + i];
    this.#lengths[slot] = length;
    this.#texts[slot] = text;
    return text;
  }
}
