import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { SurveyError, type Diagnostic, type SourceText, type Span } from '../../shared/diagnostic.js';

/** A YAML or JSON text as plain values that know where they stand. */
export type Tree =
  | { readonly kind: 'map'; readonly entries: readonly TreeEntry[]; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly span: Span }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null; readonly span: Span };

export interface TreeEntry {
  readonly key: string | number;
  readonly keySpan: Span;
  readonly value: Tree;
}

/** Deeper nesting than this is no codebook. */
const DEEPEST = 20;

/**
 * Parses YAML 1.2 (of which JSON is a part).
 *
 * @throws SurveyError `codebook-syntax` with the place of each problem; aliases are refused, as they can blow up
 */
export function parseTree(source: SourceText): Tree {
  const { text } = source;
  const document = parseDocument(text, { lineCounter: new LineCounter(), strict: true, uniqueKeys: true, prettyErrors: false });
  const problems = document.errors.map(
    (error): Diagnostic => ({ severity: 'error', code: 'codebook-syntax', message: lowerFirst(error.message.split('\n')[0]), span: { start: error.pos[0], end: Math.max(error.pos[0] + 1, Math.min(error.pos[1], text.length)) } })
  );
  if (problems.length > 0) throw new SurveyError(problems, source);
  return document.contents === null ? { kind: 'map', entries: [], span: { start: 0, end: 0 } } : convert(document.contents as Node, source, 0);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function convert(node: Node | null, source: SourceText, depth: number, fallback: Span = { start: 0, end: 0 }): Tree {
  const span = node?.range ? trimmed(source.text, node.range[0], node.range[1]) : fallback;
  const refuse = (message: string): never => {
    throw new SurveyError({ severity: 'error', code: 'codebook-syntax', message, span }, source);
  };
  if (depth > DEEPEST) refuse(`nested more than ${DEEPEST} levels deep`);
  if (node === null) return { kind: 'value', value: null, span };
  if (isAlias(node)) return refuse('aliases (`*name`) are not allowed in a codebook');
  if (isMap(node)) {
    const entries = node.items.map((pair): TreeEntry => {
      const keyNode = pair.key as Node | null;
      const keySpan = keyNode?.range ? trimmed(source.text, keyNode.range[0], keyNode.range[1]) : span;
      const key = isScalar(keyNode) ? keyNode.value : undefined;
      if (typeof key === 'boolean' || key === null) return { key: String(key), keySpan, value: convert(pair.value as Node | null, source, depth + 1, keySpan) };
      if (typeof key !== 'string' && typeof key !== 'number') throw new SurveyError({ severity: 'error', code: 'codebook-syntax', message: 'a name or a number was expected before the colon', span: keySpan }, source);
      return { key, keySpan, value: convert(pair.value as Node | null, source, depth + 1, keySpan) };
    });
    return { kind: 'map', entries, span };
  }
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item as Node | null, source, depth + 1, span)), span };
  const value = isScalar(node) ? node.value : null;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { kind: 'value', value, span };
  return refuse('a word or a number was expected');
}

/** YAML's ranges of block values run over the following line ends. */
function trimmed(text: string, start: number, end: number): Span {
  let stop = end;
  while (stop > start && /\s/.test(text[stop - 1])) stop--;
  return { start, end: stop };
}
