import { cleanCall, withoutScopeNames } from './cellWords.js';
import { decodeMappings, originalPosition, type SourcePositions } from './sourceMap.js';

/** A cell that ran, or a TypeScript file that was loaded: kept so that stack frames of its functions can be shown. */
export interface RunCell {
  readonly name: string;
  /** What the reader wrote. */
  readonly source: string;
  readonly sourceMap?: string;
  /** What the source map's lines are of, when a magic line was rewritten before compilation; equal line by line. */
  positions?: SourcePositions;
}

/** Lines above the compiled code in the script that runs. */
export const SCRIPT_LINES_BEFORE_CODE = 1;
/** Cells whose source is kept for stack frames of their functions. */
const MOST_REMEMBERED_CELLS = 5000;

/** Place in a cell's own text, 0-based, of a place in the code that ran, 1-based. */
export function cellPosition(cell: RunCell, line: number, column: number): { readonly line: number; readonly column: number } | undefined {
  cell.positions ??= cell.sourceMap === undefined ? [] : decodeMappings((JSON.parse(cell.sourceMap) as { mappings: string }).mappings);
  return originalPosition(cell.positions, line - 1 - SCRIPT_LINES_BEFORE_CODE, column - 1);
}

/** The cells that ran, by the name of their script; makes stacks of errors speak of what the reader wrote. */
export class CellBook {
  readonly #cells = new Map<string, RunCell>();
  readonly #mapped = new WeakSet<object>();

  get(name: string): RunCell | undefined {
    return this.#cells.get(name);
  }

  remember(cell: RunCell): void {
    this.#cells.delete(cell.name);
    this.#cells.set(cell.name, cell);
    if (this.#cells.size > MOST_REMEMBERED_CELLS) this.#cells.delete(this.#cells.keys().next().value!);
  }

  /** Whether the places in an error's stack are already those of the cells. */
  isMapped(error: object): boolean {
    return this.#mapped.has(error);
  }

  /** From now on `error.stack` shows lines of cells, without the kernel below them, wherever it is printed. */
  mapStacks(): void {
    const { toString } = Error.prototype;
    Error.prepareStackTrace = (error, sites) => {
      tidyMessage(error);
      const lines = sites.map((site) => String(site));
      let last = -1;
      sites.forEach((site, index) => {
        const name = site.getFileName();
        const cell = name === null || name === undefined ? undefined : this.#cells.get(name);
        if (!cell) return;
        last = index;
        const [line, column] = [site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1];
        const found = cellPosition(cell, line, column);
        const [call] = lines[index].split(`${name}:`);
        const where = `${name}:${(found?.line ?? 0) + 1}:${(found?.column ?? 0) + 1}`;
        const cleaned = cleanCall(call.replace(/\($/, ''));
        // The function around a cell has no place in its text.
        lines[index] = !found ? '' : cleaned === '' ? where : `${cleaned} (${where})`;
      });
      this.#mapped.add(error);
      const shown = last < 0 ? lines : lines.slice(0, last + 1).filter((line) => line !== '');
      return [toString.call(error), ...shown.map((line) => `    at ${line}`)].join('\n');
    };
  }
}

/** Messages of the engine speak of the code that ran: `$semlab_scope.f is not a function`. */
export function tidyMessage(error: unknown): void {
  if (!(error instanceof Error)) return;
  const message = Object.getOwnPropertyDescriptor(error, 'message');
  if (typeof message?.value === 'string' && message.writable && message.value.includes('$semlab_')) error.message = withoutScopeNames(message.value);
}
