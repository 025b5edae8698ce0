import type { ByteWriter } from '../byteWriter.js';
import type { OutlinedVariable } from './outline.js';
import { alloc, segmentsOf } from './segments.js';

const BIAS = 100;
const LITERAL = 253;
const BLANKS = 254;
const SYSTEM_MISSING = 255;
const SYSMIS = -Number.MAX_VALUE;

/** All cases, plain or in bytecode. */
export function writeCases(writer: ByteWriter, variables: readonly OutlinedVariable[], rowCount: number, excluded: Uint16Array | undefined, compressed: boolean): void {
  const out: Elements = compressed ? new CodedElements(writer) : new PlainElements(writer);
  const texts = variables.map(({ width }) => (width === 0 ? undefined : new TextElements(width)));
  for (let row = 0; row < rowCount; row++) {
    if (excluded && excluded[row] !== 0) continue;
    for (let j = 0; j < variables.length; j++) {
      const { numbers, words } = variables[j];
      if (numbers) out.number(numbers[row]);
      else texts[j]?.write(words?.[row], out);
    }
  }
  out.end();
}

interface Elements {
  number(value: number): void;
  /** Eight bytes of text from `start`. */
  text(bytes: Uint8Array, start: number): void;
  end(): void;
}

class PlainElements implements Elements {
  readonly #writer: ByteWriter;

  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  number(value: number): void {
    this.#writer.float64(Number.isNaN(value) ? SYSMIS : value);
  }

  text(bytes: Uint8Array, start: number): void {
    this.#writer.bytes(bytes, start, start + 8);
  }

  end(): void {}
}

/** Commands are gathered by eight; their literals follow. */
class CodedElements implements Elements {
  readonly #writer: ByteWriter;
  readonly #commands: Uint8Array = new Uint8Array(8);
  readonly #literals: Uint8Array = new Uint8Array(64);
  readonly #view: DataView = new DataView(this.#literals.buffer);
  #used = 0;
  #literalBytes = 0;

  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  number(value: number): void {
    if (Number.isNaN(value)) this.#command(SYSTEM_MISSING);
    else if (value > -BIAS && value <= 151 && Number.isInteger(value)) this.#command(value + BIAS);
    else {
      this.#view.setFloat64(this.#literalBytes, value, true);
      this.#literalBytes += 8;
      this.#command(LITERAL);
    }
  }

  text(bytes: Uint8Array, start: number): void {
    let blank = true;
    for (let i = 0; i < 8; i++) {
      const byte = bytes[start + i];
      this.#literals[this.#literalBytes + i] = byte;
      if (byte !== 32) blank = false;
    }
    if (!blank) this.#literalBytes += 8;
    this.#command(blank ? BLANKS : LITERAL);
  }

  end(): void {
    if (this.#used > 0) this.#flush();
  }

  #command(code: number): void {
    this.#commands[this.#used++] = code;
    if (this.#used === 8) this.#flush();
  }

  #flush(): void {
    this.#commands.fill(0, this.#used);
    this.#writer.bytes(this.#commands);
    this.#writer.bytes(this.#literals, 0, this.#literalBytes);
    this.#used = 0;
    this.#literalBytes = 0;
  }
}

/** Lays a text out in the segments of its variable, each filled up to whole elements. */
class TextElements {
  readonly #buffer: Uint8Array;
  readonly #segments: readonly { readonly at: number; readonly bytes: number }[];

  constructor(width: number) {
    const segments: { at: number; bytes: number }[] = [];
    let at = 0;
    for (let k = 0; k < segmentsOf(width); k++) {
      segments.push({ at, bytes: width > 255 ? Math.max(0, Math.min(255, width - 255 * k)) : width });
      at += Math.ceil(alloc(width, k) / 8) * 8;
    }
    this.#buffer = new Uint8Array(at);
    this.#segments = segments;
  }

  write(word: Uint8Array | undefined, out: Elements): void {
    const buffer = this.#buffer.fill(32);
    if (word) {
      let taken = 0;
      for (const { at, bytes } of this.#segments) {
        buffer.set(word.subarray(taken, taken + bytes), at);
        taken += bytes;
      }
    }
    for (let start = 0; start < buffer.length; start += 8) out.text(buffer, start);
  }
}
