import { renderDiagnostic, SurveyError, warning, type Diagnostic } from '../../../src/shared/diagnostic.js';
import { nearest } from '../../../src/shared/suggest.js';
import type { Magic } from '../../../src/magics/magic.js';
import type { TypeScript } from '../language/typescript.js';
import { cellMagic, lineMagics, type FoundMagic } from './magicSource.js';
import { parseHeader, type ParsedHeader } from './parseHeader.js';

export interface PlannedMagic extends ParsedHeader {
  readonly magic: Magic;
  readonly found: FoundMagic;
  readonly binds: Readonly<Record<string, string>>;
}

export interface RewrittenCell {
  /** TypeScript with as many lines as the cell has, as far as its TypeScript goes. */
  readonly source: string;
  readonly magics: readonly PlannedMagic[];
  /** Generated pieces, in order: the cell's `[start, end)` became `[generatedStart, generatedEnd)`. */
  readonly pieces: readonly { readonly start: number; readonly end: number; readonly generatedStart: number; readonly generatedEnd: number }[];
}

function unknownMagic(found: FoundMagic, magics: ReadonlyMap<string, Magic>): SurveyError {
  const sign = found.form === 'cell' ? '%%' : '%';
  const fitting = [...magics.values()].filter((magic) => magic.forms.includes(found.form)).map((magic) => magic.name);
  const close = nearest(found.name, fitting);
  const other = magics.get(found.name);
  const help = other ? `\`${found.name}\` is a ${found.form === 'cell' ? 'line' : 'cell'} magic: write \`${found.form === 'cell' ? '%' : '%%'}${found.name}\`` : close ? `did you mean \`${sign}${close}\`?` : '`%magics` lists them all';
  return new SurveyError({ ...warning('unknown-magic', found.name === '' ? 'a magic cell starts with `%%name`' : `there is no magic \`${sign}${found.name}\``, { span: { start: 0, end: found.wordsFrom }, help }), severity: 'error' }, { name: `${sign}${found.name}`, text: found.header });
}

/** The statement that a magic becomes: its bound values get types before it runs. */
function statementOf(index: number, binds: Readonly<Record<string, string>>): string {
  const names = Object.keys(binds);
  if (names.length === 0) return `void (await $semlab_cell.magic(${index}));`;
  const types = names.map((name) => `${name}: ${typeText(binds[name])}`).join('; ');
  return `var { ${names.join(', ')} } = (await $semlab_cell.magic(${index})) as { ${types} };`;
}

const BASIC_TYPES = new Set(['string', 'number', 'boolean', 'unknown', 'any', 'void', 'null', 'undefined', 'readonly', 'Promise', 'Record', 'Map', 'Set', 'Array', 'ReadonlyArray', 'ReadonlyMap', 'ReadonlySet', 'Readonly', 'Partial', 'Float64Array', 'Uint8Array', 'Date', 'typeof', 'keyof']);

/** Names of the library inside a type get their import: `readonly SemFit[]` → `readonly import("semlab").SemFit[]`. */
export function typeText(type: string): string {
  return type.replace(/"[^"]*"|'[^']*'|[A-Za-z_$][\w$]*(?:\s*\??:)?/g, (word) => (/["':]$/.test(word) || BASIC_TYPES.has(word) || !/^[A-Z]/.test(word) ? word : `import("semlab").${word}`));
}

function plan(found: FoundMagic, magics: ReadonlyMap<string, Magic>): PlannedMagic {
  const magic = magics.get(found.name);
  if (!magic || !magic.forms.includes(found.form)) throw unknownMagic(found, magics);
  const parsed = parseHeader(magic, found.form, found.header, found.wordsFrom, found.body);
  if (parsed.diagnostics.length > 0) throw new SurveyError(parsed.diagnostics, { name: `${found.form === 'cell' ? '%%' : '%'}${found.name}`, text: found.header });
  const binds = parsed.help || parsed.code ? {} : (magic.binds?.(parsed.call) ?? {});
  return { ...parsed, magic, found, binds };
}

/**
 * Turns the magics of a cell into TypeScript statements.
 * @throws SurveyError `unknown-magic`, `unknown-option` … with the caret in the header
 */
export function rewriteMagics(typescript: TypeScript, source: string, magics: ReadonlyMap<string, Magic>): RewrittenCell {
  const whole = cellMagic(source);
  const found = whole ? [whole] : lineMagics(typescript, source);
  const planned = found.map((one) => plan(one, magics));
  const pieces: { start: number; end: number; generatedStart: number; generatedEnd: number }[] = [];
  let text = '';
  let at = 0;
  planned.forEach((one, index) => {
    const end = one.found.form === 'cell' ? source.length : one.found.start + one.found.header.length;
    // Text before a cell magic is blank.
    text += source.slice(at, one.found.start);
    const statement = statementOf(index, one.binds);
    pieces.push({ start: one.found.start, end, generatedStart: text.length, generatedEnd: text.length + statement.length });
    text += statement;
    at = end;
  });
  return { source: text + source.slice(at), magics: planned, pieces };
}

/** An offset of the rewritten text in the cell; inside generated text, where the magic starts. */
export function cellOffset(rewritten: RewrittenCell, offset: number): number {
  let shift = 0;
  for (const piece of rewritten.pieces) {
    if (offset < piece.generatedStart) break;
    if (offset < piece.generatedEnd) return piece.start;
    shift = piece.end - piece.generatedEnd;
  }
  return offset + shift;
}

/** An offset of the cell in the rewritten text. */
export function generatedOffset(rewritten: RewrittenCell, offset: number): number {
  let shift = 0;
  for (const piece of rewritten.pieces) {
    if (offset < piece.start) break;
    if (offset < piece.end) return piece.generatedStart;
    shift = piece.generatedEnd - piece.end;
  }
  return offset + shift;
}

export function renderAll(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join('\n\n');
}
