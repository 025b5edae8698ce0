const SLOTS = 1 << 12;
/** Longer fields are rarely repeated. */
const LONGEST_POOLED = 48;

/** Gives equal fields the same string: survey answers repeat, decoding and storing them once saves time and memory. */
export class TextPool {
  readonly #bytes: Uint8Array;
  readonly #decoder: TextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #starts: Int32Array = new Int32Array(SLOTS).fill(-1);
  readonly #lengths: Int32Array = new Int32Array(SLOTS);
  readonly #texts: string[] = new Array<string>(SLOTS).fill('');

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Text of the bytes [start, end); `hash` is any function of them. */
  text(start: number, end: number, hash: number): string {
    const length = end - start;
    if (length === 0) return '';
    const bytes = this.#bytes;
    if (length > LONGEST_POOLED) return this.#decode(start, end);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#starts[slot];
    if (known >= 0 && this.#lengths[slot] === length) {
      let i = 0;
      while (i < length && bytes[known + i] === bytes[start + i]) i++;
      if (i === length) return this.#texts[slot];
    }
    const text = this.#decode(start, end);
    this.#starts[slot] = start;
    this.#lengths[slot] = length;
    this.#texts[slot] = text;
    return text;
  }

  #decode(start: number, end: number): string {
    return this.#decoder.decode(this.#bytes.subarray(start, end));
  }
}
