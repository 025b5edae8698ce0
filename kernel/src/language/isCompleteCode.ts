import type ts from 'typescript';
import { indentOnEnter } from '../../vendor/tslab/src/indentOnEnter.js';
import type { IsCompleteResult } from '../../vendor/tslab/src/interfaces.js';
import { parseCell } from './cellSyntax.js';
import type { TypeScript } from './typescript.js';

/** Messages of errors that more text may mend: something is missing at the end. */
const UNFINISHED = new Set([1003, 1005, 1010, 1109, 1126, 1127, 1128, 1134, 1136, 1137, 1138, 1141, 1145, 1146, 1160, 1161, 1472]);

/** tslab's answer, which knows whole and unfinished cells, and a third word for those that no further line can mend. */
export interface CellCompleteness extends IsCompleteResult {
  readonly status: 'complete' | 'incomplete' | 'invalid';
}

/** Whether a cell can run, needs another line, or cannot become right. */
export function isCompleteCode(typescript: TypeScript, content: string): CellCompleteness {
  // The body of a cell magic ends with an empty line.
  if (/^\s*%%/.test(content)) return /\n\s*\n?$/.test(content) ? { completed: true, status: 'complete' } : { completed: false, status: 'incomplete', indent: '' };
  const text = content.replace(/^[ \t]*%[A-Za-z_].*$/gm, '');
  const { file } = parseCell(typescript, text);
  const [first] = (file as ts.SourceFile & { parseDiagnostics: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics;
  if (!first) return { completed: true, status: 'complete' };
  const end = text.trimEnd().length;
  const atEnd = first.start >= end || (first.start + first.length >= end && /unterminated|\*\/' expected/i.test(String(first.messageText)));
  return atEnd && UNFINISHED.has(first.code) ? { completed: false, status: 'incomplete', indent: indentOnEnter(text.trimEnd()) } : { completed: true, status: 'invalid' };
}
