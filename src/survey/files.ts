import { fail, SurveyError } from '../shared/diagnostic.js';
import type { Arrival } from './arrival.js';
import { readArriving, type ReadOptions } from './readSurvey.js';
import type { Survey } from './survey.js';
import { runningSha256, type RunningHash } from './text/sha256.js';

/** The little of Node's file system that is used, so that nothing of Node is imported here. */
interface FileSystem {
  readFile(path: string): Promise<Uint8Array>;
  open(path: string): Promise<FileHandle>;
}

interface FileHandle {
  stat(): Promise<{ readonly size: number; isFile(): boolean }>;
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/** Larger files are read piece by piece, and worked on while the next piece comes. */
const PIECE_BYTES = 1 << 22;

/** Node's file system, or undefined in a browser. */
function fileSystem(): FileSystem | undefined {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return host.process?.getBuiltinModule?.('node:fs/promises') as FileSystem | undefined;
}

/**
 * Reads a survey file: CSV, SPSS, Stata, Excel, JSON, Qualtrics, Wenjuanxing.
 *
 * @param path relative to the working folder
 * @throws SurveyError `missing-file`, `no-file-system` (in a browser: use `readSurvey` with the file's bytes), and all of `readSurvey`
 * @example const wom = await loadSurvey('wom.sav', { codebook });
 */
export async function loadSurvey(path: string, options: ReadOptions = {}): Promise<Survey> {
  const files = fileSystem();
  if (!files) fail('no-file-system', `\`${path}\` cannot be read here`, { help: 'give the bytes of the file to `readSurvey`' });
  let file: Awaited<ReturnType<typeof readFile>>;
  try {
    file = await readFile(files, path);
  } catch (cause) {
    unreadable(path, cause);
  }
  const { bytes, arrival } = file;
  try {
    return await readArriving(bytes, { name: path.replace(/^.*[\\/]/, ''), ...options }, arrival);
  } catch (cause) {
    if (cause instanceof SurveyError) throw cause;
    return unreadable(path, cause);
  } finally {
    await arrival?.close();
  }
}

function unreadable(path: string, cause: unknown): never {
  const code = (cause as { code?: unknown }).code;
  if (typeof code !== 'string') throw cause;
  const reason = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : code === 'ETRUNCATED' ? 'became shorter while it was read' : `cannot be read (${code})`;
  fail('missing-file', `file \`${path}\` ${reason}`);
}

/** The whole file, or its first piece with the rest to come. */
async function readFile(files: FileSystem, path: string): Promise<{ readonly bytes: Uint8Array; readonly arrival?: FileArrival }> {
  const handle = await files.open(path);
  const stat = await handle.stat();
  if (!stat.isFile() || stat.size <= PIECE_BYTES || !runningSha256()) {
    await handle.close();
    return { bytes: await files.readFile(path) };
  }
  const arrival = new FileArrival(handle, stat.size);
  await arrival.start();
  return { bytes: arrival.first, arrival };
}

class FileArrival implements Arrival {
  readonly size: number;
  readonly first: Uint8Array;
  readonly #handle: FileHandle;
  /** Of the bytes up to `#hashed`: the first pass over the file is hashed. */
  #hash: RunningHash = runningSha256()!;
  #hashed = 0;
  #next = 0;
  /** The latest reading, which may fill a buffer that nobody waits for any more. */
  #reading: Promise<unknown> = Promise.resolve();

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
    this.first = new Uint8Array(Math.min(size, PIECE_BYTES));
  }

  /** Reads the first bytes. */
  async start(): Promise<void> {
    for (let there = 0; there < this.first.length; ) there += await this.#fromFile(this.first.subarray(there), there);
  }

  async read(target: Uint8Array): Promise<number> {
    const at = this.#next;
    const wanted = Math.min(target.length, this.size - at);
    if (wanted === 0) return 0;
    let count: number;
    if (at < this.first.length) {
      const known = this.first.subarray(at, at + wanted);
      target.set(known);
      count = known.length;
    } else count = await this.#fromFile(target.subarray(0, wanted), at);
    this.#next = at + count;
    return count;
  }

  rewind(): void {
    this.#next = 0;
  }

  async whole(): Promise<Uint8Array> {
    await this.#reading.catch(() => undefined);
    // One byte more, for the line end that the last record of a text may lack.
    const bytes = new Uint8Array(new ArrayBuffer(this.size + 1), 0, this.size);
    this.#hash = runningSha256()!;
    this.#hashed = 0;
    bytes.set(this.first);
    let there = this.first.length;
    let known = this.first;
    while (there < this.size) {
      const reading = this.#piece(bytes.subarray(there, there + PIECE_BYTES), there);
      this.#hashUpTo(known, there - known.length);
      known = bytes.subarray(there, there + (await reading));
      there += known.length;
    }
    this.#hashUpTo(known, there - known.length);
    return bytes;
  }

  hash(): string {
    return this.#hash.done();
  }

  async close(): Promise<void> {
    await this.#reading.catch(() => undefined);
    await this.#handle.close();
  }

  async #fromFile(target: Uint8Array, at: number): Promise<number> {
    const count = await this.#piece(target, at);
    this.#hashUpTo(target.subarray(0, count), at);
    return count;
  }

  async #piece(target: Uint8Array, at: number): Promise<number> {
    const reading = this.#handle.read(target, 0, target.length, at);
    this.#reading = reading;
    const { bytesRead } = await reading;
    if (bytesRead === 0) throw Object.assign(new Error('the file became shorter while it was read'), { code: 'ETRUNCATED' });
    return bytesRead;
  }

  #hashUpTo(bytes: Uint8Array, at: number): void {
    if (at !== this.#hashed) return;
    this.#hash.update(bytes);
    this.#hashed += bytes.length;
  }
}
