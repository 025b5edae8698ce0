import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { cacheFolder } from '../folders.js';
import { kernelHome } from '../home.js';

export type TypeScript = typeof import('typescript');

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

export interface LoadedTypeScript {
  readonly typescript: TypeScript;
  /** Keeps the machine code of what has run, for the next start; does nothing when it is kept already. */
  keepCode(): void;
}

/** The stock TypeScript compiler that lies beside the kernel, with V8's code of an earlier start when there is one. */
export function loadTypeScript(home: string = kernelHome()): LoadedTypeScript {
  const file = join(home, 'typescript', 'typescript.cjs');
  const source = readFileSync(file, 'utf8');
  const cache = join(cacheFolder(), `typescript-${source.length}-node${process.version}-${process.arch}.bin`);
  const cachedData = readIfThere(cache);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, { filename: file, ...(cachedData ? { cachedData } : {}) });
  const module = { exports: {} };
  (script.runInThisContext() as (...parts: unknown[]) => void)(module.exports, createRequire(file), module, file, dirname(file));
  return {
    typescript: module.exports as TypeScript,
    keepCode() {
      if (cachedData && !script.cachedDataRejected) return;
      try {
        mkdirSync(dirname(cache), { recursive: true });
        const fresh = `${cache}.${process.pid}`;
        writeFileSync(fresh, script.createCachedData());
        renameSync(fresh, cache);
      } catch {
        // A home that cannot be written to starts a little slower.
      }
    }
  };
}
