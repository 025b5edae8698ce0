/** Bytes that grow as they are written; little-endian. */
export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(1 << 16);
  #view: DataView = new DataView(this.#bytes.buffer);
  length = 0;

  /** Makes room for `count` more bytes and gives where they start. */
  #grow(count: number): number {
    const start = this.length;
    this.length += count;
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }

  uint8(value: number): void {
    const at = this.#grow(1);
    this.#bytes[at] = value;
  }

  int32(...values: readonly number[]): void {
    for (const value of values) {
      const at = this.#grow(4);
      this.#view.setInt32(at, value, true);
    }
  }

  int64(value: number): void {
    const at = this.#grow(8);
    this.#view.setBigInt64(at, BigInt(value), true);
  }

  float64(...values: readonly number[]): void {
    for (const value of values) {
      const at = this.#grow(8);
      this.#view.setFloat64(at, value, true);
    }
  }

  bytes(bytes: Uint8Array, start = 0, end: number = bytes.length): void {
    const at = this.#grow(end - start);
    this.#bytes.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), at);
  }

  /** ASCII or UTF-8 text, cut or filled up with blanks to `width` bytes. */
  padded(text: string, width: number, fill = 32): void {
    const bytes = utf8Within(text, width);
    this.bytes(bytes);
    const at = this.#grow(width - bytes.length);
    this.#bytes.fill(fill, at, this.length);
  }

  /** What was written, without copying. */
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

/** UTF-8 of as many whole characters as fit into `width` bytes. */
export function utf8Within(text: string, width: number): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= width) return bytes;
  let end = width;
  while (end > 0 && (bytes[end] & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}
