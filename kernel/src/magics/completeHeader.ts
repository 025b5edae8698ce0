import type { CompletionAnswer, CompletionItem, Magic, MagicContext } from '../../../src/magics/magic.js';
import { isFit, isSurvey } from '../../../src/magics/resolve.js';
import { COMMON_OPTIONS, headerWords, type HeaderWord } from './parseHeader.js';
import type { FoundMagic } from './magicSource.js';

/** Items that begin like what is typed, case-insensitively. */
function matching(items: readonly CompletionItem[], prefix: string): CompletionItem[] {
  return items.filter((item) => item.text.toLowerCase().startsWith(prefix.toLowerCase()));
}

/**
 * Completion in `%%name words --option value`.
 * @param offset UTF-16 offset in the header line
 */
export async function completeHeader(found: FoundMagic, offset: number, magics: ReadonlyMap<string, Magic>, scope: Readonly<Record<string, unknown>>, context: MagicContext): Promise<CompletionAnswer | undefined> {
  const signs = found.form === 'cell' ? 2 : 1;
  if (offset <= found.wordsFrom) {
    const sign = '%'.repeat(signs);
    const items = [...magics.values()].filter((magic) => magic.forms.includes(found.form)).map((magic): CompletionItem => ({ text: sign + magic.name, kind: 'magic', detail: magic.summary }));
    return { start: 0, end: offset, items: matching(items, found.header.slice(0, offset)) };
  }
  const magic = magics.get(found.name);
  if (!magic) return undefined;
  const specs = { ...magic.options, ...COMMON_OPTIONS };
  const before = headerWords(found.header.slice(0, offset), found.wordsFrom);
  const open = before.length > 0 && before[before.length - 1].end === offset ? before[before.length - 1] : undefined;
  const done = open ? before.slice(0, -1) : before;
  const start = open?.start ?? offset;
  const typed = found.header.slice(start, offset);

  const attached = /^--([^=]+)=(.*)$/.exec(typed);
  if (attached && Object.hasOwn(specs, attached[1])) return { start: start + attached[1].length + 3, end: offset, items: matching(optionValues(specs[attached[1]].choices), attached[2]) };
  if (typed.startsWith('--')) {
    const items = Object.entries(specs).map(([name, spec]): CompletionItem => ({ text: `--${name}`, kind: 'option', detail: spec.summary }));
    return { start, end: offset, items: matching(items, typed) };
  }
  const previous = done[done.length - 1]?.text;
  if (previous?.startsWith('--') && !previous.includes('=')) {
    const spec = Object.hasOwn(specs, previous.slice(2)) ? specs[previous.slice(2)] : undefined;
    if (spec && spec.type !== 'boolean') {
      // the last name of a list written with commas
      const from = spec.completes === 'column' ? start + typed.lastIndexOf(',') + 1 : start;
      const items = spec.completes === 'column' ? columnItems(before, scope) : optionValues(spec.choices);
      return { start: from, end: offset, items: matching(items, found.header.slice(from, offset)) };
    }
  }
  const positional = done.filter((word, index) => {
    if (word.text.startsWith('--')) return false;
    const option = done[index - 1]?.text;
    return !(option?.startsWith('--') && !option.includes('=') && specs[option.slice(2)] && specs[option.slice(2)].type !== 'boolean');
  });
  const rest = magic.arguments[magic.arguments.length - 1];
  const spec = magic.arguments[positional.length] ?? (rest?.rest ? rest : undefined);
  if (!spec) {
    const items = Object.entries(specs).map(([name, option]): CompletionItem => ({ text: `--${name}`, kind: 'option', detail: option.summary }));
    return { start, end: offset, items: matching(items, typed) };
  }
  const quote = /^["']/.exec(typed)?.[0] ?? '';
  const items = spec.choices ? optionValues(spec.choices) : await argumentItems(spec.kind, spec.name, typed.slice(quote.length), scope, context, before);
  return { start: start + quote.length, end: offset, items: spec.kind === 'file' ? items : matching(items, typed.slice(quote.length)) };
}

function optionValues(choices: readonly string[] | undefined): CompletionItem[] {
  return (choices ?? []).map((choice) => ({ text: choice, kind: 'value' }));
}

/** Columns and constructs of the first word that names a survey. */
function columnItems(words: readonly HeaderWord[], scope: Readonly<Record<string, unknown>>): CompletionItem[] {
  const survey = words.map(({ text }) => (Object.hasOwn(scope, text) ? scope[text] : undefined)).find(isSurvey);
  if (!survey) return [];
  return [
    ...[...survey.codebook.constructs.values()].map((construct): CompletionItem => ({ text: construct.name, kind: 'construct', detail: construct.label?.en ?? construct.items.join(' ') })),
    ...survey.names().map((column): CompletionItem => ({ text: column, kind: 'column', detail: survey.info(column).label?.en ?? '' }))
  ];
}

async function argumentItems(kind: Magic['arguments'][number]['kind'], name: string, typed: string, scope: Readonly<Record<string, unknown>>, context: MagicContext, before: readonly HeaderWord[]): Promise<CompletionItem[]> {
  const variables = (accepts: (value: unknown) => boolean): CompletionItem[] => Object.keys(scope).filter((key) => accepts(scope[key])).map((key) => ({ text: key, kind: 'variable' }));
  switch (kind) {
    case 'survey':
      return variables(isSurvey);
    case 'fit':
      return variables(isFit);
    case 'variable':
      return variables(() => true);
    case 'file':
      return (await context.listFiles(typed)).map((file) => ({ text: /\s/.test(file) ? `"${file}"` : file, kind: 'file' }));
    case 'column':
      return columnItems(before, scope);
    case 'keyword':
      return [{ text: name, kind: 'value' }];
    case 'text':
      return name === 'NAME' ? context.magics.map((magic) => ({ text: magic.name, kind: 'magic', detail: magic.summary })) : [];
    default:
      return [];
  }
}
