import { inspect as inspectNode } from 'node:util';
import type ts from 'typescript';
import type { CompletionItem, Magic, MagicContext } from '../../../src/magics/magic.js';
import type { TypeScript } from '../language/typescript.js';
import type { CellExecutor } from '../runtime/executor.js';
import { printQuickInfo } from '../../vendor/tslab/src/printQuickInfo.js';
import { cellMagic, lineMagics, type FoundMagic } from '../magics/magicSource.js';
import { completeHeader } from '../magics/completeHeader.js';
import { inspectHeader } from '../magics/inspectHeader.js';
import { parseHeader } from '../magics/parseHeader.js';
import { toCodePoints, toUtf16 } from './codePoints.js';
import type { CompleteReply, InspectReply } from './messages.js';

interface AssistantParts {
  readonly typescript: TypeScript;
  readonly executor: CellExecutor;
  magics(): ReadonlyMap<string, Magic>;
  context(): MagicContext;
}

/** One completion, as UTF-16 offsets of the cell. */
interface Match {
  readonly text: string;
  readonly type: string;
  readonly detail?: string;
}

const MOST_MATCHES = 3000;
/** What the language calls things, in Jupyter's words. */
const TYPES: Readonly<Record<string, string>> = { method: 'function', 'local function': 'function', 'local class': 'class', const: 'instance', let: 'instance', var: 'instance', 'local var': 'instance', parameter: 'param', getter: 'property', setter: 'property', property: 'property', alias: 'module', 'external module name': 'module', string: 'value' };

/** Completion and inspection of cells: TypeScript, magic headers and magic bodies alike. */
export class Assistant {
  readonly #parts: AssistantParts;

  constructor(parts: AssistantParts) {
    this.#parts = parts;
  }

  async complete(code: string, cursor: number): Promise<CompleteReply> {
    const offset = toUtf16(code, cursor);
    const magic = this.#magicAt(code, offset);
    let start = offset;
    let end = offset;
    let matches: readonly Match[] = [];
    try {
      if (magic) {
        const answer = await this.#completeMagic(magic, offset);
        if (answer) ({ start, end, matches } = answer);
      } else ({ start, end, matches } = this.#completeTypeScript(this.#withoutMagics(code), offset));
    } catch {
      // Completion is an offer; a magic that fails at it must not disturb typing.
    }
    const cursorStart = toCodePoints(code, start);
    const cursorEnd = toCodePoints(code, end);
    return {
      status: 'ok',
      matches: matches.map((match) => match.text),
      cursor_start: cursorStart,
      cursor_end: cursorEnd,
      metadata: { _jupyter_types_experimental: matches.map((match) => ({ text: match.text, type: match.type, start: cursorStart, end: cursorEnd, ...(match.detail ? { signature: match.detail } : {}) })) }
    };
  }

  async inspect(code: string, cursor: number, inDetail: boolean): Promise<InspectReply> {
    const offset = toUtf16(code, cursor);
    const nothing: InspectReply = { status: 'ok', found: false, data: {}, metadata: {} };
    try {
      const magic = this.#magicAt(code, offset);
      const answer = magic ? await this.#inspectMagic(magic, offset) : this.#inspectTypeScript(this.#withoutMagics(code), offset, inDetail);
      return answer ? { status: 'ok', found: true, data: { 'text/plain': answer.text, 'text/markdown': answer.markdown }, metadata: {} } : nothing;
    } catch {
      return nothing;
    }
  }

  /** The magic whose header or body holds the offset. */
  #magicAt(code: string, offset: number): FoundMagic | undefined {
    const whole = cellMagic(code);
    if (whole) return offset >= whole.start ? whole : undefined;
    const lineStart = code.lastIndexOf('\n', offset - 1) + 1;
    const line = /^[^\n]*/.exec(code.slice(lineStart))![0];
    const indent = line.length - line.trimStart().length;
    if (!line.startsWith('%', indent) || offset <= lineStart + indent) return undefined;
    const name = /^%([A-Za-z_][\w-]*)?/.exec(line.slice(indent))!;
    return lineMagics(this.#parts.typescript, code).find((found) => found.start === lineStart + indent) ?? (name[1] === undefined ? { name: '', form: 'line', header: line.slice(indent), start: lineStart + indent, wordsFrom: 1, body: '', bodyStart: lineStart + line.length } : undefined);
  }

  /** The cell with blanks in place of its magic lines, so that offsets stay. */
  #withoutMagics(code: string): string {
    let text = code;
    for (const found of lineMagics(this.#parts.typescript, code)) text = text.slice(0, found.start) + ' '.repeat(found.header.length) + text.slice(found.start + found.header.length);
    return text;
  }

  async #completeMagic(found: FoundMagic, offset: number): Promise<{ start: number; end: number; matches: Match[] } | undefined> {
    const { magics, context, executor } = this.#parts;
    const asMatches = (items: readonly CompletionItem[]): Match[] => items.slice(0, MOST_MATCHES).map((item) => ({ text: item.text, type: item.kind, ...(item.detail ? { detail: item.detail } : {}) }));
    const magic = magics().get(found.name);
    if (found.form === 'cell' && offset >= found.bodyStart && offset > found.start + found.header.length) {
      if (!magic?.completeBody) return undefined;
      const { call } = parseHeader(magic, found.form, found.header, found.wordsFrom, found.body);
      const answer = await magic.completeBody(call, offset - found.bodyStart, context());
      return { start: answer.start + found.bodyStart, end: answer.end + found.bodyStart, matches: asMatches(answer.items) };
    }
    const answer = await completeHeader(found, offset - found.start, magics(), executor.locals, context());
    return answer && { start: answer.start + found.start, end: answer.end + found.start, matches: asMatches(answer.items) };
  }

  async #inspectMagic(found: FoundMagic, offset: number): Promise<{ text: string; markdown: string } | undefined> {
    const magic = this.#parts.magics().get(found.name);
    if (!magic) return undefined;
    if (found.form === 'cell' && offset >= found.bodyStart && offset > found.start + found.header.length) {
      const { call } = parseHeader(magic, found.form, found.header, found.wordsFrom, found.body);
      return magic.inspectBody?.(call, offset - found.bodyStart, this.#parts.context());
    }
    return inspectHeader(found, offset - found.start, magic, this.#parts.executor.locals);
  }

  #completeTypeScript(code: string, offset: number): { start: number; end: number; matches: Match[] } {
    const { executor } = this.#parts;
    const { start, end, candidates, original } = executor.complete(code, offset);
    // Before anything is typed, every global would be too much: the notebook's own names come up.
    const bare = start === offset && original?.isGlobalCompletion === true;
    const kinds = new Map(original?.entries.map((entry) => [entry.name, entry.kind]));
    const matches = bare ? candidates.filter((name) => Object.hasOwn(executor.locals, name)) : candidates;
    return {
      start,
      end,
      matches: matches.slice(0, MOST_MATCHES).map((text) => {
        const kind = kinds.get(text) ?? '';
        return { text, type: TYPES[kind] ?? kind };
      })
    };
  }

  #inspectTypeScript(code: string, offset: number, inDetail: boolean): { text: string; markdown: string } | undefined {
    const { executor } = this.#parts;
    const scope = executor.locals;
    let info: ts.QuickInfo | undefined;
    let at = offset;
    // The cursor may stand behind the word, or in the brackets of a call.
    for (let back = offset; back >= Math.max(0, offset - 2) && !info; back--) {
      info = executor.inspect(code, back);
      at = back;
    }
    if (!info || joined(info.displayParts) === 'any') return undefined;
    const title = withoutPaths(joined(info.displayParts));
    const docs = joined(info.documentation);
    const tags = (info.tags ?? []).map((tag) => `@${tag.name} ${joined(tag.text)}`.trimEnd());
    const name = code.slice(info.textSpan.start, info.textSpan.start + info.textSpan.length);
    const isMember = /\.\s*$/.test(code.slice(0, info.textSpan.start)) || at < info.textSpan.start;
    const value = !isMember && Object.hasOwn(scope, name) ? shownValue(scope[name], inDetail) : undefined;
    return {
      text: [withoutPaths(printQuickInfo(info)), ...(value ? [`value: ${value}`] : [])].join('\n\n'),
      markdown: [`\`\`\`ts\n${title}\n\`\`\``, ...(docs ? [docs] : []), ...tags.map((tag) => `*${tag}*`), ...(value ? [`\`\`\`\n${value}\n\`\`\``] : [])].join('\n\n')
    };
  }
}

function joined(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map((part) => part.text).join('');
}

/** Types of other modules without the module's path. */
function withoutPaths(text: string): string {
  return text.replace(/import\("[^"]*"\)\./g, '');
}

/** A value in a few lines, or all of it; of a function its source, when details are asked for. */
function shownValue(value: unknown, inDetail: boolean): string | undefined {
  if (typeof value === 'function') return inDetail ? Function.prototype.toString.call(value) : undefined;
  const text = inspectNode(value, { depth: inDetail ? 4 : 1, maxArrayLength: inDetail ? 100 : 10, maxStringLength: inDetail ? 10_000 : 200, breakLength: 80 });
  return inDetail ? text : text.split('\n').slice(0, 12).join('\n');
}
