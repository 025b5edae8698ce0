import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import type { TypeScript } from '../language/typescript.js';
import type { CellBook } from './cellBook.js';
import { runFile, type Namespace } from './fileModules.js';

/** Endings that an import may leave out, in the order in which they are tried. */
const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'];
const TYPESCRIPT = new Set(['.ts', '.tsx', '.mts', '.cts']);

interface LoadedFile {
  readonly exports: Namespace;
  readonly modified: number;
  /** Files of the folder that it imports, which may have changed too. */
  readonly imports: readonly string[];
  /** Settles when its code has run. */
  readonly done: Promise<void>;
}

/** Loads what cells import: packages as Node does (ES modules included), TypeScript and JSON files of the folder, and what the kernel brings. */
export class ModuleLoader {
  readonly #typescript: TypeScript;
  readonly #folder: string;
  readonly #builtIn: ReadonlyMap<string, () => Promise<Namespace>>;
  readonly #cells: CellBook;
  readonly #files = new Map<string, LoadedFile>();
  #require: NodeJS.Require | undefined;
  readonly #native = new Map<string, (specifier: string) => Promise<Namespace>>();
  /** Files that cells defined, by path; they come before those of the disk. */
  readonly #defined = new Map<string, { readonly text: string; readonly version: number }>();

  constructor(typescript: TypeScript, folder: string, builtIn: ReadonlyMap<string, () => Promise<Namespace>>, cells: CellBook) {
    this.#cells = cells;
    this.#typescript = typescript;
    this.#folder = folder;
    this.#builtIn = builtIn;
  }

  /** A TypeScript file of the notebook's folder that exists only here. */
  define(name: string, text: string): void {
    const path = join(this.#folder, name);
    this.#defined.set(path, { text, version: (this.#defined.get(path)?.version ?? 0) + 1 });
  }

  async import(specifier: string, from: string = this.#folder, importers: readonly string[] = []): Promise<Namespace> {
    const brought = this.#builtIn.get(specifier);
    if (brought) return brought();
    const path = this.#localPath(specifier, from);
    if (path !== undefined) {
      if (this.#isCompiled(path)) return this.#file(path, importers);
      if (extname(path) === '.json') {
        const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
        return { ...(typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as object) : {}), default: value };
      }
      // A changed file is a new module.
      return this.#nativeImport(from)(`${pathToFileURL(path).href}?modified=${statSync(path).mtimeMs}`);
    }
    return this.#nativeImport(from)(specifier);
  }

  /** Node's `require`, resolving from the notebook's folder. */
  get requireHere(): NodeJS.Require {
    return (this.#require ??= createRequire(join(this.#folder, 'cell.js')));
  }

  /** Node's own `import()`, resolving from a folder. */
  #nativeImport(folder: string): (specifier: string) => Promise<Namespace> {
    let load = this.#native.get(folder);
    if (!load) {
      load = new Script('(specifier) => import(specifier)', { filename: join(folder, 'cell.js'), importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }).runInThisContext() as (specifier: string) => Promise<Namespace>;
      this.#native.set(folder, load);
    }
    return load;
  }

  /** @param importers files that wait for this one: in a circle, each sees what the others have exported so far */
  async #file(path: string, importers: readonly string[]): Promise<Namespace> {
    const known = this.#files.get(path);
    if (known && this.#isFresh(path, new Set())) {
      if (!importers.includes(path)) await known.done;
      return known.exports;
    }
    const text = this.#textOf(path);
    const folder = dirname(path);
    const imports = this.#typescript.preProcessFile(text, true, true).importedFiles.map((file) => this.#localPath(file.fileName, folder)).filter((file): file is string => file !== undefined && this.#isCompiled(file));
    const exports: Record<string, unknown> = {};
    // It starts when the line below has been done, so that files in a circle find one another.
    const done = Promise.resolve().then(() => runFile(this.#typescript, { path, text }, exports, (specifier) => this.import(specifier, folder, [...importers, path]), this.#cells));
    this.#files.set(path, { exports, modified: this.#modified(path), imports, done });
    try {
      await done;
    } catch (error) {
      this.#files.delete(path);
      throw error;
    }
    return exports;
  }

  #textOf(path: string): string {
    return this.#defined.get(path)?.text ?? readFileSync(path, 'utf8');
  }

  /** TypeScript, and the folder's own ES modules: Node would go on giving what it loaded once. */
  #isCompiled(path: string): boolean {
    const ending = extname(path);
    if (TYPESCRIPT.has(ending)) return true;
    return (ending === '.js' || ending === '.mjs') && !/[\\/]node_modules[\\/]/.test(path) && this.#typescript.isExternalModule(this.#typescript.createSourceFile(path, this.#textOf(path), this.#typescript.ScriptTarget.Latest));
  }

  #localPath(specifier: string, from: string): string | undefined {
    const path = specifier.startsWith('file:') ? fileURLToPath(specifier) : /^\.{1,2}(\/|$)/.test(specifier) ? resolve(from, specifier) : isAbsolute(specifier) ? specifier : undefined;
    return path === undefined ? undefined : [...ENDINGS.map((ending) => path + ending), path.replace(/\.js$/, '.ts')].find((candidate) => this.#isThere(candidate));
  }

  #isThere(path: string): boolean {
    return this.#defined.has(path) || (existsSync(path) && statSync(path).isFile());
  }

  #modified(path: string): number {
    return this.#defined.get(path)?.version ?? statSync(path).mtimeMs;
  }

  #isFresh(path: string, seen: Set<string>): boolean {
    if (seen.has(path)) return true;
    seen.add(path);
    const loaded = this.#files.get(path);
    return loaded !== undefined && this.#isThere(path) && this.#modified(path) === loaded.modified && loaded.imports.every((file) => this.#isFresh(file, seen));
  }
}

/** One imported name; CommonJS packages whose names Node cannot see give them through their default. */
export function pickExport(namespace: Namespace, name: string): unknown {
  const fallback = namespace.default as Namespace | undefined;
  if (name === '*') return namespace;
  if (name === 'default') {
    const isCompiledModule = typeof fallback === 'object' && fallback !== null && fallback.__esModule === true && 'default' in fallback;
    return isCompiledModule ? fallback.default : 'default' in namespace ? fallback : namespace;
  }
  if (name in namespace) return namespace[name];
  return (typeof fallback === 'object' || typeof fallback === 'function') && fallback !== null ? fallback[name] : undefined;
}
