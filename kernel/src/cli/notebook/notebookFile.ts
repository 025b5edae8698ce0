import { readFileSync, writeFileSync } from 'node:fs';

type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type CellOutput =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string }
  | { output_type: 'display_data'; data: Record<string, JsonValue>; metadata: Record<string, JsonValue> }
  | { output_type: 'execute_result'; execution_count: number | null; data: Record<string, JsonValue>; metadata: Record<string, JsonValue> }
  | { output_type: 'error'; ename: string; evalue: string; traceback: string[] };

export interface NotebookCell {
  cell_type: string;
  source: string;
  outputs?: CellOutput[];
  execution_count?: number | null;
  metadata: { tags?: readonly string[]; [key: string]: unknown };
  [key: string]: unknown;
}

export interface Notebook {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

const joined = (text: unknown): string => (Array.isArray(text) ? text.join('') : String(text ?? ''));

const isText = (type: string): boolean => !/json/.test(type);

/** Text as the file format keeps it: a list of lines with their breaks. */
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function mapData(data: Record<string, unknown>, change: (text: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([type, value]) => [type, isText(type) && (typeof value === 'string' || Array.isArray(value)) ? change(value) : value]));
}

/** Reads a notebook; texts become single strings. @throws Error that says what is wrong with the file */
export function readNotebook(path: string): Notebook {
  let raw: Notebook;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
  } catch (error) {
    throw new Error((error as NodeJS.ErrnoException).code === 'ENOENT' ? `there is no file ${path}` : `${path} is not a notebook: ${(error as Error).message}`);
  }
  if (!Array.isArray(raw.cells) || raw.nbformat < 4) throw new Error(`${path} is not a notebook of format 4`);
  return {
    ...raw,
    cells: raw.cells.map((cell) => ({
      ...cell,
      source: joined(cell.source),
      ...(cell.outputs ? { outputs: cell.outputs.map((output) => ('data' in output ? { ...output, data: mapData(output.data, joined) } : 'text' in output ? { ...output, text: joined(output.text) } : output) as CellOutput) } : {})
    }))
  };
}

/** Writes a notebook as Jupyter does: indent 1, lists of lines, keys of a cell in order. */
export function writeNotebook(path: string, notebook: Notebook): void {
  const cells = notebook.cells.map((cell) => ({
    ...Object.fromEntries(Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1))),
    source: lines(cell.source),
    ...(cell.outputs ? { outputs: cell.outputs.map((output) => ('data' in output ? { ...output, data: mapData(output.data, (text) => (isBase64(text) ? text : lines(joined(text)))) } : 'text' in output ? { ...output, text: lines(output.text) } : output)) } : {})
  }));
  writeFileSync(path, `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`);
}

/** Pictures stay one string. */
function isBase64(text: unknown): boolean {
  return typeof text === 'string' && text.length > 100 && !text.includes(' ') && /^[A-Za-z0-9+/=\n]+$/.test(text);
}
