/**
 * Framing of ZMTP 3.0, the wire protocol of ZeroMQ.
 * @see https://rfc.zeromq.org/spec/23/
 */

const MORE = 1;
const LONG = 2;
const COMMAND = 4;

/** Greeting: signature, version 3.0, mechanism NULL, as-server, filler: 64 bytes. */
export function greeting(): Buffer {
  const bytes = Buffer.alloc(64);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.write('NULL', 12, 'latin1');
  return bytes;
}

export const GREETING_LENGTH = 64;

/** Why a greeting is not one of ZMTP 3 with the NULL mechanism, or undefined. */
export function greetingProblem(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0xff || (bytes[9] & 1) === 0) return 'not a ZMTP greeting';
  if (bytes[10] < 3) return `ZMTP version ${bytes[10]} is older than 3`;
  const mechanism = bytes.subarray(12, 32).toString('latin1').replace(/\0+$/, '');
  return mechanism === 'NULL' ? undefined : `mechanism ${mechanism} is not NULL`;
}

function header(flags: number, length: number): Buffer {
  if (length < 256) return Buffer.from([flags, length]);
  const bytes = Buffer.alloc(9);
  bytes[0] = flags | LONG;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** A message of several parts as it goes over the wire. */
export function encodeMessage(parts: readonly Uint8Array[]): Buffer {
  const pieces: Uint8Array[] = [];
  parts.forEach((part, index) => pieces.push(header(index < parts.length - 1 ? MORE : 0, part.length), part));
  return Buffer.concat(pieces);
}

/** A command such as READY; properties are name and value. */
export function encodeCommand(name: string, body: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'latin1'), body]);
  return Buffer.concat([header(COMMAND, content.length), content]);
}

export function encodeProperties(properties: Readonly<Record<string, Uint8Array>>): Buffer {
  return Buffer.concat(
    Object.entries(properties).flatMap(([name, value]) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(value.length);
      return [Buffer.from([name.length]), Buffer.from(name, 'latin1'), length, value];
    })
  );
}

export function decodeProperties(body: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 0; at < body.length; ) {
    const nameEnd = at + 1 + body[at];
    if (nameEnd + 4 > body.length) throw new Error('truncated property');
    const end = nameEnd + 4 + body.readUInt32BE(nameEnd);
    if (end > body.length) throw new Error('truncated property');
    found.set(body.subarray(at + 1, nameEnd).toString('latin1').toLowerCase(), Buffer.from(body.subarray(nameEnd + 4, end)));
    at = end;
  }
  return found;
}

export interface Frame {
  readonly body: Buffer;
  readonly more: boolean;
  readonly command: boolean;
}

/** Frames longer than this are refused: nobody sends a kernel half a gigabyte. */
const LONGEST_FRAME = 512 * 1024 * 1024;

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The first `count` bytes, taken out, or undefined when they have not come yet. */
  take(count: number): Buffer | undefined {
    if (this.#length < count) return undefined;
    const all = this.#joined();
    this.#keep(all, count);
    return all.subarray(0, count);
  }

  /** The next whole frame. @throws for frames that no peer sends */
  next(): Frame | undefined {
    if (this.#length < 2) return undefined;
    if (this.#chunks[0].length < 9 && this.#chunks.length > 1) this.#joined();
    const first = this.#chunks[0];
    const flags = first[0];
    if (flags & 0xf8) throw new Error(`bad frame flags ${flags}`);
    const long = (flags & LONG) !== 0;
    const headLength = long ? 9 : 2;
    if (this.#length < headLength) return undefined;
    const length = long ? Number(first.readBigUInt64BE(1)) : first[1];
    if (length > LONGEST_FRAME) throw new Error(`frame of ${length} bytes`);
    if (this.#length < headLength + length) return undefined;
    const all = this.#joined();
    this.#keep(all, headLength + length);
    return { body: all.subarray(headLength, headLength + length), more: (flags & MORE) !== 0, command: (flags & COMMAND) !== 0 };
  }

  #joined(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks, this.#length)];
    return this.#chunks[0];
  }

  #keep(all: Buffer, from: number): void {
    this.#length -= from;
    this.#chunks = this.#length > 0 ? [all.subarray(from)] : [];
  }
}
