import { renderDiagnostic, type Diagnostic } from '../../../src/shared/diagnostic.js';
import type { Diagnostic as CellDiagnostic } from '../../vendor/tslab/src/interfaces.js';
import { FIRST_SEMANTIC_CODE } from '../language/converter.js';
import { cellOffset, type RewrittenCell } from '../magics/rewriteMagics.js';
import type { ErrorReport } from '../runtime/traceback.js';

/** Diagnostics of one cell that are printed. */
const MOST_DIAGNOSTICS = 5;

/**
 * What the compiler says of a cell, in the words and places of the cell as it was written.
 * @param diagnostics at least one
 */
export function diagnosticReport(diagnostics: readonly CellDiagnostic[], rewritten: RewrittenCell, code: string, name: string): ErrorReport {
  const source = { name: name.replace(/\.ts$/, ''), text: code };
  const list = oneForEachMistake(diagnostics).map((one): Diagnostic => {
    const [message, help] = splitHelp(one.messageText);
    return { severity: 'error', code: `TS${one.code}`, message, span: { start: cellOffset(rewritten, one.start.offset), end: cellOffset(rewritten, one.end.offset) }, ...(help ? { help } : {}) };
  });
  const shown = list.slice(0, MOST_DIAGNOSTICS).map((one) => renderDiagnostic(one, source));
  if (list.length > MOST_DIAGNOSTICS) shown.push(`… and ${list.length - MOST_DIAGNOSTICS} more`);
  return { ename: diagnostics[0].code < FIRST_SEMANTIC_CODE ? 'SyntaxError' : 'TypeScriptError', evalue: diagnostics[0].messageText.split('\n')[0], traceback: shown.join('\n\n').split('\n') };
}

/** The first word on a mistake is the best one, and a line that cannot be read has many. */
function oneForEachMistake(diagnostics: readonly CellDiagnostic[]): CellDiagnostic[] {
  const [starts, lines] = [new Set<number>(), new Set<number>()];
  return diagnostics.filter(({ start, code }) => {
    if (starts.has(start.offset) || (code < FIRST_SEMANTIC_CODE && lines.has(start.line))) return false;
    starts.add(start.offset);
    lines.add(start.line);
    return true;
  });
}

/** `… Did you mean 'x'?` of the compiler becomes the help line. */
function splitHelp(message: string): readonly [string, string | undefined] {
  const match = /^([^]*?)\.? Did you mean ([^]*?)\?$/.exec(message);
  return match && !match[1].includes('\n') ? [match[1], `did you mean ${match[2].replace(/^'|'$/g, '`')}?`] : [message, undefined];
}
