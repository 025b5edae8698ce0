import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Node's declarations, read as far as they are used: files of globals at every
 * start, a module's file when something imports the module. They name modules
 * that are no files (`declare module "fs"`), so nothing is looked for on the disk.
 */
export class NodeDeclarations {
  /** Files that declare globals. */
  readonly globals: readonly string[];
  readonly #modules: ReadonlyMap<string, string>;
  readonly #process: string;

  /** @param modules the `node_modules` that the kernel brings */
  constructor(modules: string) {
    const folder = join(modules, '@types', 'node');
    const { globals, modules: names } = JSON.parse(readFileSync(join(modules, '..', 'node.json'), 'utf8')) as { globals: readonly string[]; modules: Readonly<Record<string, string>> };
    const path = (name: string): string => join(folder, name).replace(/\\/g, '/');
    this.globals = globals.map(path);
    this.#modules = new Map(Object.entries(names).map(([module, file]) => [module, path(file)]));
    this.#process = path('process.d.ts');
  }

  /** Names of all modules. */
  names(): readonly string[] {
    return [...this.#modules.keys()];
  }

  /**
   * The file that declares a module of Node; `null` when it is one that the importing
   * file can do without; `undefined` for other modules.
   */
  fileOf(module: string, importer: string): string | null | undefined {
    const file = this.#modules.get(module);
    // For the type of `process.getBuiltinModule`, `process.d.ts` mentions every module.
    return file !== undefined && importer === this.#process && !/^node:(tty|worker_threads)$/.test(module) ? null : file;
  }
}
