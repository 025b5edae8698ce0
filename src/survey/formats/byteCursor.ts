import { fail } from '../../shared/diagnostic.js';

/** Reads fixed-size pieces one after another; running off the end is an error that says where. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #format: string;
  littleEndian = true;
  offset = 0;

  constructor(bytes: Uint8Array, format: string) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#format = format;
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  /** Steps over `count` bytes and gives where they start. */
  take(count: number, what: string): number {
    if (!(count >= 0) || count > this.remaining) {
      fail('truncated-file', `the ${this.#format} file ends at byte ${this.bytes.length}, inside ${what} that starts at byte ${this.offset}`, { help: 'the file was cut off or damaged: fetch or export it again' });
    }
    const start = this.offset;
    this.offset += count;
    return start;
  }

  slice(count: number, what: string): Uint8Array {
    const start = this.take(count, what);
    return this.bytes.subarray(start, start + count);
  }

  uint8(what: string): number {
    return this.bytes[this.take(1, what)];
  }

  uint16(what: string): number {
    return this.#view.getUint16(this.take(2, what), this.littleEndian);
  }

  int32(what: string): number {
    return this.#view.getInt32(this.take(4, what), this.littleEndian);
  }

  uint32(what: string): number {
    return this.#view.getUint32(this.take(4, what), this.littleEndian);
  }

  /** A 64-bit integer as a double; larger than 2^53 is damage. */
  int64(what: string): number {
    const start = this.offset;
    const value = Number(this.#view.getBigInt64(this.take(8, what), this.littleEndian));
    if (!Number.isSafeInteger(value)) this.damaged(`${what} is ${value}`, start);
    return value;
  }

  float64(what: string): number {
    return this.#view.getFloat64(this.take(8, what), this.littleEndian);
  }

  /** A count that must fit into what is left, at `size` bytes each. */
  count(value: number, size: number, what: string): number {
    if (value < 0 || value * size > this.remaining) this.damaged(`${what} says ${value}, more than is left of the file: it is damaged, or was cut off`, this.offset - 4);
    return value;
  }

  damaged(message: string, at: number = this.offset): never {
    fail('damaged-file', `the ${this.#format} file is damaged: ${message} (byte ${at})`);
  }
}
