import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { CELL, SCOPE } from '../language/scopeNames.js';
import { markAsyncStack } from './asyncStack.js';
import { tidyMessage } from './cellBook.js';
import { pickExport, type ModuleLoader } from './modules.js';

/** Where the script finds its scope and cell; a symbol, so that user code does not meet it. */
const HANDOVER = Symbol.for('semlab.cell');

/** What a running cell is given, under the name `$semlab_cell`. */
interface CellObject {
  main(): Promise<void>;
  at: number;
  value: unknown;
  readonly meta: ImportMeta;
  import(specifier: string): Promise<unknown>;
  require(specifier: string): unknown;
  pick: typeof pickExport;
  /** Told what a `catch` of the cell catches. */
  caught: typeof tidyMessage;
  magic(index: number): Promise<unknown>;
}

export interface CellRun {
  /** Resolves when the cell ends; rejects with what it threw. */
  readonly finished: Promise<void>;
  /** Value of the last expression. */
  value(): unknown;
  /** Index of the last statement that was done; -1 before the first. */
  at(): number;
}

/** Raised for the synchronous part of a cell that was stopped. */
export class InterruptedError extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('the cell was interrupted');
  }
}

/** What CommonJS code finds in its scope: `require`, `module`, `exports`, `__filename`, `__dirname`. */
function commonJs(folder: string, name: string, modules: ModuleLoader): unknown[] {
  const module = { exports: {} };
  return [modules.requireHere, module, module.exports, join(folder, name), folder];
}

/** Starts a compiled cell over the scope object. Synchronous code can be stopped by SIGINT. */
export function startCell(code: string, name: string, scope: object, folder: string, modules: ModuleLoader, magic: (index: number) => Promise<unknown>): CellRun {
  const cell: CellObject = {
    main: async () => {},
    at: -1,
    value: undefined,
    meta: { url: pathToFileURL(join(folder, name)).href, dirname: folder, filename: join(folder, name) } as ImportMeta,
    import: (specifier) => modules.import(specifier),
    require: (specifier) => modules.requireHere(specifier) as unknown,
    pick: pickExport,
    caught: tidyMessage,
    magic
  };
  const script = new Script(`(function (${SCOPE}, ${CELL}, require, module, exports, __filename, __dirname) { "use strict";\n${code}\nreturn ${CELL}.main();\n}).apply(undefined, globalThis[Symbol.for("semlab.cell")]());`, { filename: name });
  const holder = globalThis as unknown as Record<symbol, unknown>;
  Object.defineProperty(holder, HANDOVER, { value: () => [scope, cell, ...commonJs(folder, name, modules)], configurable: true, enumerable: false });
  let finished: Promise<void>;
  const unwindAsyncStack = markAsyncStack();
  try {
    finished = script.runInThisContext({ breakOnSigint: process.platform !== 'win32' }) as Promise<void>;
  } catch (error) {
    const interrupted = (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
    if (interrupted) unwindAsyncStack();
    finished = Promise.reject(interrupted ? new InterruptedError() : error);
  } finally {
    delete holder[HANDOVER];
  }
  finished.catch(() => {});
  return { finished, value: () => cell.value, at: () => cell.at };
}
