import type ts from 'typescript';
import type { TypeScript } from '../language/typescript.js';

/** One magic found in a cell. */
export interface FoundMagic {
  readonly name: string;
  readonly form: 'cell' | 'line';
  /** The line that holds `%name …`, without its line break. */
  readonly header: string;
  /** UTF-16 offset of the header in the cell. */
  readonly start: number;
  /** Offset behind the name in the header. */
  readonly wordsFrom: number;
  readonly body: string;
  /** Offset of the body in the cell. */
  readonly bodyStart: number;
}

const CELL_MAGIC = /^(?:[ \t]*\r?\n)*[ \t]*%%([A-Za-z_][\w-]*)?/;
const LINE_MAGIC = /^[ \t]*%([A-Za-z_][\w-]*)/;

/** The magic that a whole cell is, when its first line that is not blank starts with `%%`. */
export function cellMagic(source: string): FoundMagic | undefined {
  const match = CELL_MAGIC.exec(source);
  if (!match) return undefined;
  const start = source.indexOf('%%');
  const newline = source.indexOf('\n', start);
  const end = newline < 0 ? source.length : newline;
  return {
    name: match[1] ?? '',
    form: 'cell',
    header: source.slice(start, end).replace(/\r$/, ''),
    start,
    wordsFrom: 2 + (match[1]?.length ?? 0),
    body: newline < 0 ? '' : source.slice(newline + 1),
    bodyStart: newline < 0 ? source.length : newline + 1
  };
}

/** Lines that start with `%name` where a statement may start: not inside a template, a comment or an expression. */
export function lineMagics(typescript: TypeScript, source: string): FoundMagic[] {
  if (!/^[ \t]*%[A-Za-z_]/m.test(source)) return [];
  const found: FoundMagic[] = [];
  const lines = source.split('\n');
  let offset = 0;
  let code = '';
  for (const line of lines) {
    const match = LINE_MAGIC.exec(line);
    if (match && startsStatement(typescript, code)) {
      const indent = line.indexOf('%');
      found.push({ name: match[1], form: 'line', header: line.slice(indent).replace(/\r$/, ''), start: offset + indent, wordsFrom: match[0].length - indent, body: '', bodyStart: offset + line.length });
      code += ';\n';
    } else code += `${line}\n`;
    offset += line.length + 1;
  }
  return found;
}

/** Whether the text so far is a sequence of whole statements, so that `%` cannot be a remainder. */
function startsStatement(typescript: TypeScript, code: string): boolean {
  if (code.trim() === '') return true;
  const file = typescript.createSourceFile('before.ts', code, typescript.ScriptTarget.Latest, true);
  const errors = (file as ts.SourceFile & { parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
  if (errors.some((error) => (error.start ?? 0) + (error.length ?? 0) >= code.trimEnd().length)) return false;
  // An open comment ends at the end of the text.
  const comments = typescript.getTrailingCommentRanges(code, file.endOfFileToken.getFullStart()) ?? [];
  const last = [...comments, ...(typescript.getLeadingCommentRanges(code, file.endOfFileToken.getFullStart()) ?? [])].pop();
  if (last && last.kind === typescript.SyntaxKind.MultiLineCommentTrivia && !code.slice(last.pos, last.end).endsWith('*/')) return false;
  return true;
}
