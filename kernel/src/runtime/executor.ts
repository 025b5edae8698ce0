/**
 * Runs cells one after another over one scope: tslab's `Executor` (Yu Watanabe,
 * Apache-2.0, see kernel/vendor/tslab). As there, it keeps the declarations
 * (`prevDecl`) that the converter hands from cell to cell, races a running cell
 * against its interrupt, and tells its console the value or what went wrong.
 */
import type ts from 'typescript';
import type { CodeMetadata, CompletionInfo, ConsoleInterface, Diagnostic, Executor } from '../../vendor/tslab/src/interfaces.js';
import { getCodeMetadata } from '../../vendor/tslab/src/metadata.js';
import type { CellConverter, CellConvertResult } from '../language/converter.js';
import type { TopLevelName } from '../language/topLevelNames.js';
import type { ReadyCode } from '../magics/magicCode.js';
import type { TypeScript } from '../language/typescript.js';
import { InterruptedError, startCell } from './cellRunner.js';
import type { ModuleLoader } from './modules.js';

/** Where the outcome of a cell goes. */
export interface CellConsole extends ConsoleInterface {
  /** The raw value of the last expression, unless it is `undefined`. */
  log(value: unknown): void;
  /** The raw thrown value, or a diagnostic as tslab prints it: `format, file, line, column, message`. */
  error(thrown: unknown, ...more: unknown[]): void;
  /** In place of `error` for each: all diagnostics of a cell. `stopped`: it did not run. */
  diagnose?(diagnostics: readonly Diagnostic[], stopped: boolean): void;
}

/** How one cell is run; all of it can be left out, as tslab does. */
export interface ExecuteOptions {
  /** Name of the script in stack traces. */
  readonly name?: string;
  /** Run in spite of type errors. */
  readonly force?: boolean;
  readonly console?: CellConsole;
  /** Told before the cell runs. */
  readonly converted?: (result: CellConvertResult) => void;
  /** The cell's code, when it needs no compiler. */
  readonly ready?: ReadyCode;
  /** Runs the magic with this number. */
  readonly magic?: (index: number, signal: AbortSignal) => Promise<unknown>;
}

/** tslab's executor, whose `execute` takes options; code in a cell may execute more code. */
export interface CellExecutor extends Executor {
  execute(src: string, options?: ExecuteOptions): Promise<boolean>;
  /** The variables of the notebook. */
  readonly locals: Record<string, unknown>;
  /** Aborted when the running cell is interrupted or fails; absent between cells. */
  readonly signal: AbortSignal | undefined;
}

export interface ExecutorParts {
  readonly typescript: TypeScript;
  readonly converter: CellConverter;
  readonly modules: ModuleLoader;
  readonly console: CellConsole;
}

/** @param rootDir folder that relative imports start from */
export function createExecutor(rootDir: string, parts: ExecutorParts): CellExecutor {
  return new ScopeExecutor(rootDir, parts);
}

class ScopeExecutor implements CellExecutor {
  readonly locals: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  readonly #rootDir: string;
  readonly #parts: ExecutorParts;
  #prevDecl = '';
  #running: { readonly abort: AbortController; readonly stop: (error: Error) => void } | undefined;

  constructor(rootDir: string, parts: ExecutorParts) {
    this.#rootDir = rootDir;
    this.#parts = parts;
  }

  get signal(): AbortSignal | undefined {
    return this.#running?.abort.signal;
  }

  async execute(src: string, { name = 'cell.ts', force = false, console = this.#parts.console, converted, ready, magic }: ExecuteOptions = {}): Promise<boolean> {
    const { typescript, converter, modules } = this.#parts;
    const meta = getCodeMetadata(typescript, src);
    if (meta.module) return this.#addModule(meta.module, src, meta, console);
    const result = ready ? converter.declare(ready.code, ready.declarations, ready.names) : converter.convert(this.#prevDecl, src, { force });
    if (result.diagnostics.length > 0) report(console, result.diagnostics, result.output === undefined);
    if (result.output === undefined) {
      if (result.diagnostics.length === 0) throw new Error('the compiler made no code');
      return false;
    }
    converted?.(result);
    const abort = new AbortController();
    let stop!: (error: Error) => void;
    const stopped = new Promise<never>((_, reject) => (stop = reject));
    stopped.catch(() => {});
    const outer = this.#running;
    this.#running = { abort, stop };
    const run = startCell(result.output, name, this.locals, this.#rootDir, modules, (index) => {
      if (!magic) throw new Error('there are no magics here');
      return magic(index, abort.signal);
    });
    let thrown: { readonly value: unknown } | undefined;
    try {
      await Promise.race([run.finished, stopped]);
    } catch (value) {
      abort.abort();
      thrown = { value };
    } finally {
      this.#running = outer;
    }
    const at = run.at();
    const isThere = (one: TopLevelName): boolean => thrown === undefined || (one.hoisted ? one.isType || Object.hasOwn(this.locals, one.name) : one.statement <= at);
    this.#prevDecl = result.declared(this.#prevDecl, isThere);
    if (thrown) {
      console.error(thrown.value);
      return false;
    }
    const value = result.lastExpressionVar === undefined ? undefined : run.value();
    if (value !== undefined) console.log(value);
    return true;
  }

  inspect(src: string, position: number): ts.QuickInfo | undefined {
    return this.#parts.converter.inspect(this.#prevDecl, src, position);
  }

  complete(src: string, position: number): CompletionInfo {
    return this.#parts.converter.complete(this.#prevDecl, src, position);
  }

  reset(): void {
    this.#prevDecl = '';
    for (const name of Object.keys(this.locals)) delete this.locals[name];
  }

  interrupt(): void {
    this.#running?.abort.abort(new InterruptedError());
    this.#running?.stop(new InterruptedError());
  }

  close(): void {
    this.#parts.converter.close();
  }

  /** A cell that starts with `/** @module name *\/` becomes the file `./name` that later cells import. */
  #addModule(name: string, src: string, meta: CodeMetadata, console: CellConsole): boolean {
    const { converter, modules } = this.#parts;
    const diagnostics = converter.addModule(name, src, meta);
    modules.define(`${name}.${meta.jsx ? 'tsx' : 'ts'}`, src);
    if (diagnostics.length > 0) report(console, diagnostics, false);
    return true;
  }
}

function report(console: CellConsole, diagnostics: readonly Diagnostic[], stopped: boolean): void {
  if (console.diagnose) console.diagnose(diagnostics, stopped);
  else for (const one of diagnostics) console.error('%s%d:%d - %s', one.fileName ? `${one.fileName} ` : '', one.start.line + 1, one.start.character + 1, one.messageText);
}
