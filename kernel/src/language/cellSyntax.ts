import type ts from 'typescript';
import type { TypeScript } from './typescript.js';

/** A cell as it will be compiled. */
export interface CellSyntax {
  readonly file: ts.SourceFile;
  /** The cell, or the cell in brackets. */
  readonly text: string;
  /** Characters before the cell in `text`. */
  readonly shift: number;
  /** JSX is read where TypeScript alone cannot be; `<T>value` stays a cast. */
  readonly jsx: boolean;
}

const errorCount = (file: ts.SourceFile): number => (file as ts.SourceFile & { parseDiagnostics: readonly unknown[] }).parseDiagnostics.length;

/** Whether a cell is JSX: its elements close, and TypeScript without them has more to complain about. */
export function isJsx(typescript: TypeScript, source: string): boolean {
  if (!/<\/|\/>/.test(source)) return false;
  const errors = (kind: ts.ScriptKind): number => errorCount(typescript.createSourceFile('cell', source, typescript.ScriptTarget.Latest, false, kind));
  const plain = errors(typescript.ScriptKind.TS);
  return plain > 0 && errors(typescript.ScriptKind.TSX) < plain;
}

/** Reads a cell. One that begins with `{` is an object, as in other consoles, when it can be one. */
export function parseCell(typescript: TypeScript, source: string): CellSyntax {
  const jsx = isJsx(typescript, source);
  const parse = (text: string): ts.SourceFile => typescript.createSourceFile('cell', text, typescript.ScriptTarget.Latest, false, jsx ? typescript.ScriptKind.TSX : typescript.ScriptKind.TS);
  if (/^\s*\{[^]*\}\s*$/.test(source)) {
    const text = `(${source})`;
    const file = parse(text);
    if (errorCount(file) === 0 && file.statements.length === 1) return { file, text, shift: 1, jsx };
  }
  return { file: parse(source), text: source, shift: 0, jsx };
}
