import type ts from 'typescript';
import type { IsCompleteReply } from '../core/messages.js';
import type { TypeScript } from './typescript.js';

/** Messages of errors that more text may mend: something is missing at the end. */
const UNFINISHED = new Set([1002, 1003, 1005, 1010, 1109, 1126, 1127, 1128, 1134, 1136, 1137, 1138, 1141, 1145, 1146, 1160, 1161, 1472]);

/** Whether a cell can run, needs another line, or cannot become right. */
export function isComplete(typescript: TypeScript, code: string): IsCompleteReply {
  if (/^\s*%%/.test(code)) return /\n\s*\n?$/.test(code) || !code.includes('\n') ? (code.includes('\n') ? { status: 'complete' } : { status: 'incomplete', indent: '' }) : { status: 'incomplete', indent: '' };
  const text = code.replace(/^[ \t]*%[A-Za-z_].*$/gm, '');
  const file = typescript.createSourceFile('cell.ts', text, typescript.ScriptTarget.Latest, false, typescript.ScriptKind.TS);
  const errors = (file as ts.SourceFile & { parseDiagnostics: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics;
  if (errors.length === 0) return { status: 'complete' };
  const end = text.trimEnd().length;
  const first = errors[0];
  const atEnd = first.start >= end || (first.start + first.length >= end && /unterminated|\*\/' expected/i.test(String(first.messageText)));
  if (atEnd && UNFINISHED.has(first.code)) return { status: 'incomplete', indent: nextIndent(text) };
  return { status: 'invalid' };
}

/** The last line's indent, two more after an opening bracket. */
function nextIndent(code: string): string {
  const line = /[^\n]*$/.exec(code.trimEnd())?.[0] ?? '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  return /[{([]\s*(\/\/.*)?$/.test(line) ? `${indent}  ` : indent;
}
