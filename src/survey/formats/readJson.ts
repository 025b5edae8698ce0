import { decoderOf } from '../text/decoder.js';
import { fail, positionAt, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { RawColumn, RawSurvey } from '../rawSurvey.js';
import { distinctNames } from './columnNames.js';
import { mixedColumn } from './mixedColumn.js';
import { jsonErrorOffset } from './jsonErrorOffset.js';
import { detectEncoding } from '../text/encoding.js';

type JsonCell = string | number | boolean | null | undefined;

/**
 * JSON as programs write tables: a list of records, an object of columns, one
 * record per line, a list of rows (the first may hold the names), names and rows
 * apart (`{"columns": …, "data": …}`), or columns keyed by row (pandas). Missing
 * keys and null are missing.
 *
 * @throws SurveyError `json-syntax` with line and column, `json-shape`
 */
export function readJson(bytes: Uint8Array, options: { readonly encoding?: string } = {}): RawSurvey & { readonly platform: string } {
  const { encoding, markLength, warnings } = detectEncoding(bytes, options.encoding);
  const text = decoderOf(encoding).decode(bytes.subarray(markLength));
  const said: Diagnostic[] = [];
  const found = columnsOf(text, said);
  const { names, warnings: renamed } = distinctNames(found.map(([name]) => name));
  said.push(...renamed);
  const columns = found.map(([, cells], j): [string, JsonCell[]] => [names[j], cells]);
  const rowCount = columns.reduce((most, [, cells]) => Math.max(most, cells.length), 0);
  const mixed = columns.flatMap(([name, cells]) => {
    const filled = cells.map((cell, row) => ({ cell, row })).filter(({ cell }) => cell !== null && cell !== undefined && cell !== '');
    return mixedColumn(name, filled.map(({ cell }) => typeof cell !== 'string'), (i) => ({ text: String(filled[i].cell), place: `record ${filled[i].row + 1}` }));
  });
  const short = columns.filter(([, cells]) => cells.length < rowCount);
  if (short.length > 0 && short[0][1].length > 0) said.push(warning('json-short-column', `column \`${short[0][0]}\` has ${short[0][1].length} values, the longest has ${rowCount}; the rest is read as missing`, { zh: `列 \`${short[0][0]}\` 有 ${short[0][1].length} 个值，最长的列有 ${rowCount} 个，其余按缺失读入` }));
  for (const [name, cells] of columns) {
    const large = cells.find((cell) => typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) > Number.MAX_SAFE_INTEGER);
    if (large !== undefined) said.push(warning('lost-digits', `column \`${name}\` holds whole numbers past 2^53 such as ${String(large)}, whose last digits are lost`, { zh: `列 \`${name}\` 含有超过 2^53 的整数（如 ${String(large)}），末位数字已丢失`, help: 'write identifiers as words, in quotes', helpZh: '编号请作为带引号的文本书写' }));
  }
  return { platform: 'json', rowCount, columns: columns.map(([name, cells]) => typed(name, cells, rowCount)), variables: new Map(), notes: [], warnings: [...warnings, ...said, ...mixed], encoding };
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

function columnsOf(text: string, said: Diagnostic[]): [string, JsonCell[]][] {
  const trimmed = text.trim();
  const lines = trimmed.split(/\r?\n/);
  const isLines = trimmed.startsWith('{') && lines.length > 1 && lines.every((line) => line.trim() === '' || /^\s*\{.*\}\s*$/.test(line));
  const value: unknown = isLines ? lines.flatMap((line, i) => (line.trim() === '' ? [] : [parse(line, i)])) : parse(text, 0);
  if (Array.isArray(value)) return value.length > 0 && value.every(Array.isArray) ? fromRows(value as readonly (readonly unknown[])[], said) : fromRecords(value);
  if (isObject(value)) {
    const { columns, data, schema } = value;
    if (Array.isArray(data) && data.length > 0) {
      if (isObject(schema) && data.every(isObject)) return fromRecords(data);
      if (Array.isArray(columns) && columns.every((name) => typeof name === 'string' || typeof name === 'number') && data.every(Array.isArray)) return named(columns.map(String), data as readonly (readonly unknown[])[]);
    }
    const entries = Object.entries(value);
    if (entries.length > 0 && entries.every(([, cells]) => Array.isArray(cells))) return entries.map(([name, cells]) => [name, (cells as unknown[]).map((cell, i) => checked(cell, name, i))]);
    if (entries.length > 0 && entries.every(([, cells]) => isObject(cells) && Object.keys(cells).every((key) => /^\d+$/.test(key)))) return byRow(entries as [string, Record<string, unknown>][]);
    if (entries.length > 0 && entries.every(([, cell]) => !Array.isArray(cell) && !isObject(cell))) return fromRecords([value]);
  }
  return fail('json-shape', 'a list of records `[{"x": 1}, …]`, columns `{"x": [1, …]}`, rows `[["x"], [1], …]` or one record per line was expected');
}

/** Rows whose first holds names when it is all words, none twice; else columns are named by place. */
function fromRows(rows: readonly (readonly unknown[])[], said: Diagnostic[]): [string, JsonCell[]][] {
  const [first] = rows;
  if (first.length > 0 && first.every((name) => typeof name === 'string' && name.trim() !== '') && new Set(first).size === first.length) return named(first as readonly string[], rows.slice(1), 2);
  said.push(warning('no-header', 'the first row holds no names, so it was read as data and columns are named V1, V2, …', { zh: '首行没有列名，已作为数据读入，各列命名为 V1、V2、…', help: 'put a row of names first', helpZh: '请在首行写列名' }));
  return named(Array.from({ length: rows.reduce((most, row) => Math.max(most, row.length), 0) }, (_, j) => `V${j + 1}`), rows);
}

function named(names: readonly string[], rows: readonly (readonly unknown[])[], firstRow = 1): [string, JsonCell[]][] {
  rows.forEach((row, i) => {
    if (row.length > names.length) fail('json-shape', `row ${i + firstRow} has ${row.length} values for ${names.length} names`);
  });
  return names.map((name, j) => [name, rows.map((row, i) => checked(row[j] ?? null, name, i))]);
}

/** Columns whose values are keyed by row. */
function byRow(entries: readonly [string, Record<string, unknown>][]): [string, JsonCell[]][] {
  const keys = [...new Set(entries.flatMap(([, cells]) => Object.keys(cells)))].sort((a, b) => Number(a) - Number(b));
  return entries.map(([name, cells]) => [name, keys.map((key, i) => checked(Object.hasOwn(cells, key) ? cells[key] : null, name, i))]);
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
