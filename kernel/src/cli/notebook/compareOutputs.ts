import type { CellOutput } from './notebookFile.js';

/** One place where the rerun differs from what was stored. */
export interface Drift {
  /** Position of the cell among all cells, from 1. */
  readonly cell: number;
  /** Output number and path inside it: `output 1 · rows[3].estimate`. */
  readonly place: string;
  readonly stored: string;
  readonly now: string;
  /** |now − stored| / |stored|; null where one is not a number. */
  readonly relative: number | null;
}

export interface CompareResult {
  readonly drifts: readonly Drift[];
  /** Numbers that were compared. */
  readonly compared: number;
}

export interface Tolerance {
  readonly relative: number;
  /** Below this size a difference is rounding: a residual of 1e-17 has no digits. */
  readonly absolute: number;
}

/** Fields that tell how long something took. */
const CLOCK_FIELDS = /^(seconds|milliseconds|duration|elapsed|startedAt|finishedAt)$/;
/** Text that tells how long something took. */
const CLOCK_TEXT = /\b\d[\d.,]*\s*(?:ms|µs|s|seconds?|minutes?)\b|\d+\s*\/\s*s\b/g;
const NUMBER = /[-+\u2212]?(?:\d+(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)(?:[eE][-+]?\d+)?/g;

type Leaf = { readonly path: string; readonly value: unknown };

function* leaves(value: unknown, path: string): Generator<Leaf> {
  if (Array.isArray(value)) for (const [index, inner] of value.entries()) yield* leaves(inner, `${path}[${index}]`);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) if (!CLOCK_FIELDS.test(key)) yield* leaves(inner, path === '' ? key : `${path}.${key}`);
  } else yield { path, value };
}

/** Numbers of a text in order, times left out. */
function numbersOf(text: string): number[] {
  return (text.replace(CLOCK_TEXT, ' ').match(NUMBER) ?? []).map((match) => Number(match.replace(/,/g, '').replace('\u2212', '-'))).filter(Number.isFinite);
}

function differs(stored: number, now: number, { relative, absolute }: Tolerance): boolean {
  const gap = Math.abs(now - stored);
  return gap > absolute && gap > relative * Math.max(Math.abs(stored), Math.abs(now));
}

/** The richest form that both outputs have: our own JSON, other JSON, plain text. */
function commonType(stored: object, now: object): string | undefined {
  const rank = (type: string): number => (/^application\/vnd\.semlab\..*json$/.test(type) ? 0 : /json$/.test(type) ? 1 : type === 'text/plain' ? 2 : /^text\//.test(type) ? 3 : 9);
  return Object.keys(stored).filter((type) => type in now && rank(type) < 9).sort((a, b) => rank(a) - rank(b))[0];
}

const show = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')).replace(/\s+/g, ' ').slice(0, 40);

/** Compares the outputs of one cell, number by number. */
export function compareOutputs(cell: number, stored: readonly CellOutput[], now: readonly CellOutput[], tolerance: Tolerance): CompareResult {
  const drifts: Drift[] = [];
  let compared = 0;
  const add = (place: string, before: unknown, after: unknown, relative: number | null = null): void => {
    drifts.push({ cell, place, stored: show(before), now: show(after), relative });
  };
  const numbers = (place: string, before: number, after: number): void => {
    compared++;
    if (differs(before, after, tolerance)) add(place, before, after, before === 0 ? null : Math.abs(after - before) / Math.abs(before));
  };
  const texts = (place: string, before: string, after: string): void => {
    const left = numbersOf(before);
    const right = numbersOf(after);
    if (left.length !== right.length) return add(place, `${left.length} numbers`, `${right.length} numbers`);
    left.forEach((value, index) => numbers(`${place} · number ${index + 1}`, value, right[index]));
  };
  const kept = (outputs: readonly CellOutput[]): CellOutput[] => outputs.filter((output) => !(output.output_type === 'stream' && output.name === 'stderr'));
  const before = kept(stored);
  const after = kept(now);
  if (before.length !== after.length) add('outputs', `${before.length} outputs`, `${after.length} outputs`);
  before.slice(0, after.length).forEach((left, index) => {
    const right = after[index];
    const place = `output ${index + 1}`;
    if (left.output_type !== right.output_type) return add(place, left.output_type, right.output_type);
    if (left.output_type === 'stream' && right.output_type === 'stream') return texts(place, left.text, right.text);
    if (left.output_type === 'error' && right.output_type === 'error') {
      if (left.ename !== right.ename) add(place, left.ename, right.ename);
      return;
    }
    if (!('data' in left) || !('data' in right)) return;
    const type = commonType(left.data, right.data);
    if (type === undefined) {
      if (Object.keys(left.data).join() !== Object.keys(right.data).join()) add(place, Object.keys(left.data).join(' '), Object.keys(right.data).join(' '));
      return;
    }
    const [a, b] = [left.data[type], right.data[type]];
    if (typeof a === 'string' && typeof b === 'string') return texts(place, a, b);
    const others = new Map([...leaves(b, '')].map((leaf) => [leaf.path, leaf.value]));
    for (const leaf of leaves(a, '')) {
      const where = `${place} · ${leaf.path}`;
      const other = others.get(leaf.path);
      others.delete(leaf.path);
      if (typeof leaf.value === 'number' && typeof other === 'number') numbers(where, leaf.value, other);
      else if (typeof leaf.value === 'number' || typeof other === 'number') add(where, leaf.value, other);
      else if (typeof leaf.value === 'string' && typeof other === 'string') texts(where, leaf.value, other);
      else if ((leaf.value === null) !== (other === null)) add(where, leaf.value, other);
    }
    for (const [path, value] of others) if (typeof value === 'number') add(`${place} · ${path}`, undefined, value);
  });
  return { drifts, compared };
}

/** The drift table as text: cell, place, stored, now, relative difference. */
export function driftTable(drifts: readonly Drift[]): string {
  const rows = [['cell', 'place', 'stored', 'now', 'relative'], ...drifts.map((drift) => [String(drift.cell), drift.place, drift.stored, drift.now, drift.relative === null ? '' : drift.relative.toExponential(1)])];
  const widths = rows[0].map((_, column) => Math.min(60, Math.max(...rows.map((row) => row[column].length))));
  return rows.map((row) => row.map((text, column) => (column === 0 || column === 4 ? text.padStart(widths[column]) : text.padEnd(widths[column]))).join('  ').trimEnd()).join('\n');
}
