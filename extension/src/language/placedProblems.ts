import { displayWidth } from '../../../src/shared/displayWidth.js';

/** A problem of a traceback that points into the cell's own text. */
export interface PlacedProblem {
  /** UTF-16 offsets into the cell's source. */
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
}

/* eslint-disable-next-line no-control-regex -- colours of a terminal */
const ANSI = /\u001b\[[0-9;]*m/g;

/** As `renderDiagnostic` prints it: severity, place, the line, carets, and perhaps a help line below. */
const DIAGNOSTIC = /^(error|warning|note)\[([^\]\n]+)\]: ([^\n]*)\n *--> [^\n]*:(\d+):(\d+)\n *\d+ \| ([^\n]*)\n *\| ( *)(\^+)((?:\n(?:note|help): [^\n]*)*)/gm;

/** UTF-16 length of the text's start that takes this many display columns. */
function unitsOf(text: string, columns: number): number {
  let width = 0;
  let units = 0;
  for (const character of text) {
    if (width >= columns) break;
    width += displayWidth(character);
    units += character.length;
  }
  return units;
}

/**
 * Problems of a traceback in the text of the cell that printed it. A place is taken
 * only when the quoted line is the cell's line of that number, so that errors in other
 * cells, or in a text that has been edited since, mark nothing.
 */
export function placedProblems(traceback: string, source: string): readonly PlacedProblem[] {
  const lines = source.split('\n');
  const found: PlacedProblem[] = [];
  for (const [, severity, , message, line, , quoted, indent, carets, advice] of traceback.replace(ANSI, '').matchAll(DIAGNOSTIC)) {
    const at = Number(line) - 1;
    const own = lines[at]?.replace(/\r$/, '');
    if (own === undefined || own.replace(/\t/g, ' ').trimEnd() !== quoted.trimEnd()) continue;
    const start = lines.slice(0, at).reduce((sum, before) => sum + before.length + 1, 0) + unitsOf(own, indent.length);
    const rest = own.slice(unitsOf(own, indent.length));
    found.push({ from: start, to: start + Math.max(1, unitsOf(rest, carets.length)), severity: severity as PlacedProblem['severity'], message: `${message}${advice}` });
  }
  return found;
}
