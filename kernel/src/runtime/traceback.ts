import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import { kernelHome } from '../home.js';
import { cellPosition, tidyMessage, type RunCell } from './cellBook.js';
import { cleanCall } from './cellWords.js';

/** Where cells are looked up by the name of their script. */
export interface CellLookup {
  get(name: string): RunCell | undefined;
  /** Whether an error's stack tells places in cells already. */
  isMapped?(error: object): boolean;
}

export interface ErrorReport {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Frames of one traceback that are shown. */
const MOST_FRAMES = 12;

interface Frame {
  readonly call: string;
  readonly cell?: RunCell;
  readonly place: string;
  readonly line: number;
  readonly column: number;
}

/** The error as Jupyter wants it: name, message, and lines that show where in the cells it happened. */
export function reportError(error: unknown, cells: CellLookup): ErrorReport {
  if (isSurveyError(error)) return { ename: 'SurveyError', evalue: firstLine(error.message), traceback: [error.message, ...frameLines(framesOf(error, cells), false)] };
  if (!isError(error)) {
    const text = typeof error === 'string' ? error : inspect(error);
    return { ename: 'Thrown', evalue: text, traceback: [`Thrown: ${text}`] };
  }
  tidyMessage(error);
  const ename = String(error.name || error.constructor?.name || 'Error');
  const evalue = String(error.message);
  const frames = framesOf(error, cells);
  const lines = [`${ename}: ${evalue}`, ...frameLines(frames, true)];
  const details = extraFields(error);
  if (details) lines.push(details);
  for (let cause = error.cause, depth = 0; cause !== undefined && depth < 4; cause = isError(cause) ? cause.cause : undefined, depth++) {
    lines.push(`caused by ${isError(cause) ? `${cause.name}: ${cause.message}` : inspect(cause)}`);
    if (isError(cause)) lines.push(...frameLines(framesOf(cause, cells), false));
  }
  if (error instanceof AggregateError) for (const one of error.errors.slice(0, 5)) lines.push(`  - ${isError(one) ? `${one.name}: ${one.message}` : inspect(one)}`);
  return { ename, evalue, traceback: lines };
}

function isError(value: unknown): value is Error {
  return value instanceof Error || (typeof value === 'object' && value !== null && typeof (value as Error).message === 'string' && typeof (value as Error).name === 'string');
}

function isSurveyError(value: unknown): value is SurveyError {
  return value instanceof SurveyError || (isError(value) && value.name === 'SurveyError' && Array.isArray((value as SurveyError).diagnostics));
}

const firstLine = (text: string): string => text.split('\n', 1)[0];

/** Own fields of an error, such as `code` of a file error. */
function extraFields(error: Error): string | undefined {
  const fields = Object.entries(error).filter(([key]) => !['name', 'message', 'stack', 'cause', 'errors'].includes(key));
  return fields.length === 0 ? undefined : inspect(Object.fromEntries(fields), { depth: 1, breakLength: 100 });
}

function framesOf(error: Error, cells: CellLookup): Frame[] {
  const frames: Frame[] = [];
  const home = kernelHome();
  const stack = String(error.stack ?? '');
  const isMapped = cells.isMapped?.(error) === true;
  for (const line of stack.split('\n')) {
    const match = /^\s+at (?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/.exec(line);
    if (!match) continue;
    const [, call = '', place] = match;
    const cell = cells.get(place);
    if (cell) {
      const found = isMapped ? { line: Number(match[3]) - 1, column: Number(match[4]) - 1 } : cellPosition(cell, Number(match[3]), Number(match[4]));
      if (found) frames.push({ call: cleanCall(call), cell, place, line: found.line, column: found.column });
    } else if (!isOwnFrame(place, home)) {
      frames.push({ call: cleanCall(call), place, line: Number(match[3]) - 1, column: Number(match[4]) - 1 });
    }
  }
  return frames.slice(0, MOST_FRAMES);
}

/** Code of Node or of the kernel, in a clone or wherever the kernel is installed (`home`): it says nothing to the reader. */
export function isOwnFrame(place: string, home: string): boolean {
  return place.startsWith(pathToFileURL(home + sep).href) || place.startsWith(home + sep) || /^node:|[\\/]kernelspec[\\/]|[\\/]kernel[\\/](src|dist)[\\/]/.test(place);
}

function frameLines(frames: readonly Frame[], withCode: boolean): string[] {
  const lines: string[] = [];
  let repeated = 0;
  frames.forEach((frame, index) => {
    const before = frames[index - 1];
    repeated = before !== undefined && before.place === frame.place && before.line === frame.line && before.column === frame.column ? repeated + 1 : 0;
    if (repeated > 1) {
      if (frames[index + 1]?.place !== frame.place || frames[index + 1]?.line !== frame.line) lines.push(`  … ${repeated - 1} more like it`);
      return;
    }
    const where = `${frame.place}:${frame.line + 1}:${frame.column + 1}`;
    lines.push(`  at ${frame.call === '' ? where : `${frame.call} (${where})`}`);
    if (withCode && index === 0 && frame.cell) lines.push(codeFrame(frame.cell.source, frame.line, frame.column));
  });
  return lines;
}

/** The line, one before and one after, with a caret under the column. */
export function codeFrame(source: string, line: number, column: number, length: number = 1): string {
  const lines = source.split('\n');
  const width = String(Math.min(lines.length, line + 2)).length;
  const out: string[] = [];
  for (let i = Math.max(0, line - 1); i <= Math.min(lines.length - 1, line + 1); i++) {
    out.push(`${i === line ? '>' : ' '} ${String(i + 1).padStart(width)} | ${lines[i].replace(/\t/g, ' ')}`);
    if (i === line) out.push(`  ${' '.repeat(width)} | ${' '.repeat(column)}${'^'.repeat(Math.max(1, length))}`);
  }
  return out.join('\n');
}
