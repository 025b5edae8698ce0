/**
 * One problem, said once: the same value becomes a traceback in a notebook,
 * a squiggle in an editor and a JSON error in a job's answer.
 *
 * Wording: lower case, no full stop, names in backticks, says what was found,
 * what was expected and what to do next.
 */
import { displayWidth } from './displayWidth.js';
import type { Bilingual } from './table.js';

/** A half-open range `[start, end)` of UTF-16 offsets in a source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'note';

export interface Diagnostic {
  readonly severity: Severity;
  /** Stable kebab-case code, for example `unknown-variable`. */
  readonly code: string;
  readonly message: string;
  /** The message in Chinese, for readers of Chinese tables; `message` where there is none. */
  readonly zh?: string;
  /** Where, as offsets into the text that was parsed. */
  readonly span?: Span;
  /** How to mend it; printed after `help:`. */
  readonly help?: string;
  readonly helpZh?: string;
  /** Further places or facts, one line each. */
  readonly notes?: readonly string[];
}

/** The text that spans point into, with the name it is shown under. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
  /** Added to printed line numbers: 1 when the text is the body below a magic's header line. */
  readonly lineOffset?: number;
}

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, counted in code points. */
  readonly column: number;
}

/** Line and column (1-based) of a UTF-16 offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)));
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let i = 0; i < lineStart; i++) if (before.charCodeAt(i) === 10) line++;
  return { line, column: [...before.slice(lineStart)].length + 1 };
}

/** Renders a diagnostic with its source line and carets, as rustc does. */
export function renderDiagnostic(diagnostic: Diagnostic, source?: SourceText): string {
  const lines = [`${diagnostic.severity}[${diagnostic.code}]: ${diagnostic.message}`];
  if (source && diagnostic.span) {
    const { text } = source;
    const { start, end } = diagnostic.span;
    const { line, column } = positionAt(text, start);
    const shown = line + (source.lineOffset ?? 0);
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const newline = text.indexOf('\n', start);
    const lineEnd = newline < 0 ? text.length : newline;
    const sourceLine = text.slice(lineStart, lineEnd).replace(/\t/g, ' ').replace(/\r$/, '');
    const gutter = String(shown);
    const blank = ' '.repeat(gutter.length);
    const carets = '^'.repeat(Math.max(1, displayWidth(text.slice(start, Math.min(Math.max(end, start), lineEnd)))));
    lines.push(`${blank}--> ${source.name}:${shown}:${column}`);
    lines.push(`${gutter} | ${sourceLine}`);
    lines.push(`${blank} | ${' '.repeat(displayWidth(text.slice(lineStart, start)))}${carets}`);
  }
  for (const note of diagnostic.notes ?? []) lines.push(`note: ${note}`);
  if (diagnostic.help) lines.push(`help: ${diagnostic.help}`);
  return lines.join('\n');
}

/** At most this many problems of one stage are printed together. */
export const MAX_SHOWN_DIAGNOSTICS = 5;

/** The one error class that public functions throw for input they cannot accept. */
export class SurveyError extends Error {
  override readonly name = 'SurveyError';
  readonly diagnostics: readonly Diagnostic[];
  readonly source?: SourceText;

  constructor(diagnostics: readonly Diagnostic[] | Diagnostic, source?: SourceText) {
    const list = Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [diagnostics as Diagnostic];
    const shown = list.slice(0, MAX_SHOWN_DIAGNOSTICS).map((d) => renderDiagnostic(d, source));
    if (list.length > MAX_SHOWN_DIAGNOSTICS) shown.push(`… and ${list.length - MAX_SHOWN_DIAGNOSTICS} more`);
    super(shown.join('\n\n'));
    this.diagnostics = list;
    if (source) this.source = source;
  }

  /** Code of the first problem. */
  get code(): string {
    return this.diagnostics[0]?.code ?? 'unknown';
  }
}

/** Shorthand for a thrown single-problem error. */
export function fail(code: string, message: string, rest: Omit<Diagnostic, 'severity' | 'code' | 'message'> = {}, source?: SourceText): never {
  throw new SurveyError({ severity: 'error', code, message, ...rest }, source);
}

/** A warning as a note under a table, in both languages where it has both. */
export function warningNote({ message, help, zh, helpZh }: Diagnostic): Bilingual {
  const en = `Warning: ${message}${help === undefined ? '' : ` (${help})`}.`;
  return zh === undefined ? { en } : { en, zh: `警告：${zh}${helpZh === undefined ? '' : `（${helpZh}）`}。` };
}

/** A warning that speaks of one part of a whole: a scale, a group, a level. */
export function warningOf(part: string, one: Diagnostic): Diagnostic {
  return { ...one, message: `${part}: ${one.message}`, ...(one.zh === undefined ? {} : { zh: `${part}：${one.zh}` }) };
}

export function warning(code: string, message: string, rest: Omit<Diagnostic, 'severity' | 'code' | 'message'> = {}): Diagnostic {
  return { severity: 'warning', code, message, ...rest };
}
