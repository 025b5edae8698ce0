import { decoderOf } from '../text/decoder.js';
import { fail, positionAt } from '../../shared/diagnostic.js';
import type { RawColumn, RawSurvey } from '../rawSurvey.js';
import { mixedColumn } from './mixedColumn.js';
import { jsonErrorOffset } from './jsonErrorOffset.js';
import { detectEncoding } from '../text/encoding.js';

type JsonCell = string | number | boolean | null | undefined;

/**
 * JSON in three shapes: a list of records, an object of columns, or one record
 * per line. Missing keys and null are missing.
 *
 * @throws SurveyError `json-syntax` with line and column, `json-shape`
 */
export function readJson(bytes: Uint8Array, options: { readonly encoding?: string } = {}): RawSurvey & { readonly platform: string } {
  const { encoding, markLength, warnings } = detectEncoding(bytes, options.encoding);
  const text = decoderOf(encoding).decode(bytes.subarray(markLength));
  const columns = columnsOf(text);
  const rowCount = columns.reduce((most, [, cells]) => Math.max(most, cells.length), 0);
  const mixed = columns.flatMap(([name, cells]) => {
    const filled = cells.map((cell, row) => ({ cell, row })).filter(({ cell }) => cell !== null && cell !== undefined && cell !== '');
    return mixedColumn(name, filled.map(({ cell }) => typeof cell !== 'string'), (i) => ({ text: String(filled[i].cell), place: `record ${filled[i].row + 1}` }));
  });
  return { platform: 'json', rowCount, columns: columns.map(([name, cells]) => typed(name, cells, rowCount)), variables: new Map(), notes: [], warnings: [...warnings, ...mixed], encoding };
}

function parse(text: string, lineOffset: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const at = jsonErrorOffset(text);
    const { line, column } = positionAt(text, at);
    const found = at < text.length ? `\`${[...text.slice(at, at + 2)][0]}\`` : 'the end';
    return fail('json-syntax', `line ${line + lineOffset}, column ${column}: ${found} is not expected here`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function columnsOf(text: string): [string, JsonCell[]][] {
  const trimmed = text.trim();
  const lines = trimmed.split(/\r?\n/);
  const isLines = trimmed.startsWith('{') && lines.length > 1 && lines.every((line) => line.trim() === '' || /^\s*\{.*\}\s*$/.test(line));
  const value: unknown = isLines ? lines.flatMap((line, i) => (line.trim() === '' ? [] : [parse(line, i)])) : parse(text, 0);
  if (Array.isArray(value)) return fromRecords(value);
  if (isObject(value)) {
    const entries = Object.entries(value);
    if (entries.length > 0 && entries.every(([, cells]) => Array.isArray(cells))) return entries.map(([name, cells]) => [name, (cells as unknown[]).map((cell, i) => checked(cell, name, i))]);
    if (entries.length > 0 && entries.every(([, cell]) => !Array.isArray(cell) && !isObject(cell))) return fromRecords([value]);
  }
  return fail('json-shape', 'a list of records `[{"x": 1}, …]`, columns `{"x": [1, …]}` or one record per line was expected');
}

function fromRecords(records: readonly unknown[]): [string, JsonCell[]][] {
  const columns = new Map<string, JsonCell[]>();
  records.forEach((record, row) => {
    if (!isObject(record)) fail('json-shape', `record ${row + 1} is ${Array.isArray(record) ? 'a list' : typeof record}, an object was expected`);
    for (const [name, cell] of Object.entries(record)) {
      let cells = columns.get(name);
      if (!cells) columns.set(name, (cells = []));
      cells[row] = checked(cell, name, row);
    }
  });
  return [...columns];
}

function checked(cell: unknown, name: string, row: number): JsonCell {
  if (cell === null || typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return cell;
  return fail('json-shape', `\`${name}\` of record ${row + 1} is ${Array.isArray(cell) ? 'a list' : 'an object'}, a number or a word was expected`);
}

/** Numeric when no cell is a word; else all cells become words. */
function typed(name: string, cells: readonly JsonCell[], rowCount: number): RawColumn {
  const all = Array.from({ length: rowCount }, (_, i) => cells[i] ?? null);
  if (all.some((cell) => typeof cell === 'string')) return { name, type: 'string', values: all.map((cell) => (cell === null || cell === '' ? null : String(cell))) };
  return { name, type: 'numeric', values: Float64Array.from(all, (cell) => (cell === null ? NaN : Number(cell))) };
}
