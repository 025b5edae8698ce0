import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

interface HistoryEntry {
  readonly session: number;
  readonly line: number;
  readonly input: string;
  output?: string;
}

/** A file longer than this is cut to its newer half when a session starts. */
const LONGEST_FILE = 8_000_000;

/** A row as `history_reply` wants it: `[session, line, input]` or `[session, line, [input, output]]`. */
export type HistoryRow = readonly [session: number, line: number, input: string | readonly [string, string | null]];

export interface HistoryRequest {
  readonly hist_access_type?: 'range' | 'tail' | 'search';
  readonly output?: boolean;
  readonly raw?: boolean;
  readonly session?: number;
  readonly start?: number;
  readonly stop?: number | null;
  readonly n?: number;
  readonly pattern?: string;
  readonly unique?: boolean;
}

/** Inputs of this and earlier sessions, kept as JSON lines in one file. */
export class History {
  readonly #path: string | undefined;
  #entries: HistoryEntry[] | undefined;
  #session = 0;

  constructor(path: string | undefined) {
    this.#path = path;
  }

  get session(): number {
    this.#load();
    return this.#session;
  }

  add(line: number, input: string): void {
    this.#load();
    const entry = { session: this.#session, line, input };
    this.#entries!.push(entry);
    this.#append(entry);
  }

  /** The text of the result belongs to the last input. */
  setOutput(text: string): void {
    const last = this.#entries?.[this.#entries.length - 1];
    if (last) last.output = text.slice(0, 10_000);
  }

  query(request: HistoryRequest): HistoryRow[] {
    this.#load();
    const all = this.#entries!;
    let found: readonly HistoryEntry[];
    if (request.hist_access_type === 'range') {
      const session = (request.session ?? 0) <= 0 ? this.#session + (request.session ?? 0) : request.session!;
      const start = request.start ?? 1;
      const stop = request.stop ?? Infinity;
      found = all.filter((entry) => entry.session === session && entry.line >= start && entry.line < stop);
    } else if (request.hist_access_type === 'search') {
      const pattern = globPattern(request.pattern ?? '*');
      found = all.filter((entry) => pattern.test(entry.input));
      if (request.unique) found = [...new Map(found.map((entry) => [entry.input, entry])).values()].sort((a, b) => a.session - b.session || a.line - b.line);
      if (request.n !== undefined && request.n > 0) found = found.slice(-request.n);
    } else {
      found = all.slice(-(request.n ?? 1000) || all.length);
    }
    return found.map((entry) => [entry.session, entry.line, request.output ? [entry.input, entry.output ?? null] : entry.input]);
  }

  #load(): void {
    if (this.#entries) return;
    this.#entries = [];
    if (this.#path === undefined) {
      this.#session = 1;
      return;
    }
    try {
      let text = readFileSync(this.#path, 'utf8');
      if (statSync(this.#path).size > LONGEST_FILE) {
        text = text.slice(text.indexOf('\n', text.length / 2) + 1);
        writeFileSync(this.#path, text);
      }
      for (const line of text.split('\n')) {
        if (line === '') continue;
        try {
          const entry = JSON.parse(line) as HistoryEntry;
          if (typeof entry.session === 'number' && typeof entry.input === 'string') this.#entries.push(entry);
        } catch {
          // A line that another kernel was cut off in.
        }
      }
    } catch {
      // No history yet.
    }
    this.#session = this.#entries.reduce((largest, entry) => Math.max(largest, entry.session), 0) + 1;
  }

  #append(entry: HistoryEntry): void {
    if (this.#path === undefined) return;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      appendFileSync(this.#path, `${JSON.stringify(entry)}\n`);
    } catch {
      // A read-only home must not keep cells from running.
    }
  }
}

/** `*` and `?` as in file names. */
function globPattern(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^]*').replace(/\?/g, '[^]')}$`);
}
