import { CELL, SCOPE } from '../language/scopeNames.js';
import type { TopLevelName } from '../language/topLevelNames.js';
import { typeText, type RewrittenCell } from './rewriteMagics.js';

/** A cell that needs no compiler. */
export interface ReadyCode {
  readonly code: string;
  /** What it declares, as in a declaration file. */
  readonly declarations: string;
  readonly names: readonly TopLevelName[];
}

/** Code and declarations of a cell that holds magics and nothing else; undefined for other cells. */
export function magicCode(cell: RewrittenCell): ReadyCode | undefined {
  if (cell.magics.length === 0) return undefined;
  let between = '';
  let at = 0;
  for (const piece of cell.pieces) {
    between += cell.source.slice(at, piece.generatedStart);
    at = piece.generatedEnd;
  }
  if ((between + cell.source.slice(at)).trim() !== '') return undefined;
  const names = cell.magics.flatMap(({ binds }, statement) => Object.keys(binds).map((name): TopLevelName => ({ name, statement, hoisted: false, isType: false, exported: false })));
  const run = cell.magics.map(({ binds }, index) => `({ ${Object.keys(binds).map((name) => `${name}: ${SCOPE}.${name}`).join(', ')} } = await ${CELL}.magic(${index})); ${CELL}.at = ${index};`);
  return {
    code: `${CELL}.main = async () => { ${run.join(' ')} };`,
    declarations: cell.magics.flatMap(({ binds }) => Object.entries(binds).map(([name, type]) => `declare var ${name}: ${typeText(type)};`)).join('\n'),
    names
  };
}
