import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { SurveyError, warning } from '../../../src/shared/diagnostic.js';
import type { MimeBundle } from '../../../src/shared/mimeBundle.js';
import { nearest } from '../../../src/shared/suggest.js';
import type { Magic, MagicContext, WorkerPool } from '../../../src/magics/magic.js';

/** At most this often is a shown bundle replaced. */
const UPDATE_INTERVAL_MS = 250;

export interface ContextSources {
  readonly scope: Readonly<Record<string, unknown>>;
  readonly folder: string;
  readonly magics: readonly Magic[];
  readonly signal: AbortSignal;
  readonly workers?: WorkerPool;
  readonly rasterize?: (svg: string) => Promise<Uint8Array>;
  /** Shows a bundle and returns the id under which it can be replaced. */
  show(bundle: MimeBundle): string;
  replace(id: string, bundle: MimeBundle): void;
  print(text: string): void;
}

/** What a running magic is lent, and `settle` for the last update of each thing it showed. */
export function magicContext(sources: ContextSources): { context: MagicContext; settle(): void } {
  const pending = new Set<() => void>();
  const at = (path: string): string => resolve(sources.folder, path);
  const context: MagicContext = {
    lookup: (name) => (Object.hasOwn(sources.scope, name) ? sources.scope[name] : undefined),
    names: () => Object.keys(sources.scope),
    async readFile(path) {
      try {
        return new Uint8Array(await readFile(at(path)));
      } catch (error) {
        throw await fileError(path, at(path), error);
      }
    },
    async writeFile(path, bytes) {
      try {
        await writeFile(at(path), bytes);
      } catch (error) {
        throw new SurveyError({ ...warning('unwritable-file', `\`${path}\` cannot be written: ${(error as Error).message}`), severity: 'error' });
      }
    },
    async listFiles(prefix) {
      const folder = prefix.endsWith('/') ? prefix : dirname(prefix) === '.' && !prefix.startsWith('./') ? '' : `${dirname(prefix)}/`;
      const start = prefix.slice(folder.length);
      try {
        const entries = await readdir(at(folder === '' ? '.' : folder), { withFileTypes: true });
        return entries
          .filter((entry) => entry.name.startsWith(start) && (!entry.name.startsWith('.') || start.startsWith('.')))
          .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
          .sort();
      } catch {
        return [];
      }
    },
    display(bundle) {
      const id = sources.show(bundle);
      let last = performance.now();
      let waiting: MimeBundle | undefined;
      let timer: NodeJS.Timeout | undefined;
      const flush = (): void => {
        clearTimeout(timer);
        timer = undefined;
        pending.delete(flush);
        if (waiting === undefined) return;
        last = performance.now();
        sources.replace(id, waiting);
        waiting = undefined;
      };
      return (next) => {
        waiting = next;
        const rest = last + UPDATE_INTERVAL_MS - performance.now();
        if (rest <= 0) return flush();
        pending.add(flush);
        timer ??= setTimeout(flush, rest);
      };
    },
    print: sources.print,
    signal: sources.signal,
    now: () => performance.now(),
    magics: sources.magics,
    ...(sources.workers ? { workers: sources.workers } : {}),
    ...(sources.rasterize ? { rasterize: sources.rasterize } : {})
  };
  return { context, settle: () => [...pending].forEach((flush) => flush()) };
}

async function fileError(path: string, full: string, error: unknown): Promise<SurveyError> {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const folder = dirname(full);
    const neighbours = await readdir(folder).catch(() => [] as string[]);
    const close = nearest(basename(full), neighbours);
    const help = close ? `did you mean \`${join(dirname(path), close).replace(/\\/g, '/')}\`?` : `it was looked for in ${folder}`;
    return new SurveyError({ ...warning('missing-file', `there is no file \`${path}\``, { help }), severity: 'error' });
  }
  if (code === 'EISDIR') return new SurveyError({ ...warning('missing-file', `\`${path}\` is a folder, not a file`), severity: 'error' });
  return new SurveyError({ ...warning('unreadable-file', `\`${path}\` cannot be read: ${(error as Error).message}`), severity: 'error' });
}
