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

/** Larger files are hashed, and tables among them scanned, while they are read. */
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
    if (arrival && !arrival.whole) await arrival.close();
    if (cause instanceof SurveyError) throw cause;
    unreadable(path, cause);
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
  const hash = runningSha256();
  if (!hash || !stat.isFile() || stat.size <= PIECE_BYTES) {
    await handle.close();
    return { bytes: await files.readFile(path) };
  }
  // One byte more, for the line end that the last record of a text may lack.
  const bytes = new Uint8Array(new ArrayBuffer(stat.size + 1), 0, stat.size);
  const arrival = new FileArrival(handle, bytes, hash);
  await arrival.more();
  return { bytes, arrival };
}

/** Reads the next piece while the caller works on the last. */
class FileArrival implements Arrival {
  there = 0;
  readonly #handle: FileHandle;
  readonly #bytes: Uint8Array;
  readonly #hash: RunningHash;
  #reading: Promise<{ readonly bytesRead: number }>;

  constructor(handle: FileHandle, bytes: Uint8Array, hash: RunningHash) {
    this.#handle = handle;
    this.#bytes = bytes;
    this.#hash = hash;
    this.#reading = this.#piece(0);
  }

  get whole(): boolean {
    return this.there === this.#bytes.length;
  }

  async more(): Promise<void> {
    if (this.whole) return;
    const start = this.there;
    const { bytesRead } = await this.#reading;
    if (bytesRead === 0) {
      await this.close();
      throw Object.assign(new Error('the file became shorter while it was read'), { code: 'ETRUNCATED' });
    }
    if (start + bytesRead < this.#bytes.length) this.#reading = this.#piece(start + bytesRead);
    else await this.#handle.close();
    this.#hash.update(this.#bytes.subarray(start, start + bytesRead));
    this.there = start + bytesRead;
  }

  hash(): string {
    return this.#hash.done();
  }

  /** Gives up on the rest. */
  async close(): Promise<void> {
    await this.#reading.catch(() => undefined);
    await this.#handle.close();
  }

  #piece(at: number): Promise<{ readonly bytesRead: number }> {
    const reading = this.#handle.read(this.#bytes, at, Math.min(PIECE_BYTES, this.#bytes.length - at), at);
    // Told when it is waited for.
    reading.catch(() => undefined);
    return reading;
  }
}
