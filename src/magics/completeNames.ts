import type { CompletionAnswer, CompletionItem, MagicCall, MagicContext } from './magic.js';
import { isSurvey } from './resolve.js';

const NAME_PART = /[\p{L}\p{M}\p{N}_.]/u;

/** The UTF-16 range of the name that `offset` touches in `text`. */
export function nameAround(text: string, offset: number): { readonly start: number; readonly end: number } {
  let start = offset;
  while (start > 0 && NAME_PART.test(text[start - 1])) start--;
  let end = offset;
  while (end < text.length && NAME_PART.test(text[end])) end++;
  return { start, end };
}

/** Items that begin like the name up to the cursor, case-insensitively; each text once. */
export function answerWith(text: string, offset: number, items: Iterable<CompletionItem>): CompletionAnswer {
  const { start, end } = nameAround(text, offset);
  const prefix = text.slice(start, offset).toLowerCase();
  const seen = new Set<string>();
  const matching: CompletionItem[] = [];
  for (const item of items) {
    if (seen.has(item.text) || !item.text.toLowerCase().startsWith(prefix)) continue;
    seen.add(item.text);
    matching.push(item);
  }
  return { start, end, items: matching };
}

/** Columns and constructs of the survey that the call's first argument names. */
export function surveyNames(call: MagicCall, context: MagicContext): readonly CompletionItem[] {
  const survey = context.lookup(call.arguments[0] ?? '');
  if (!isSurvey(survey)) return [];
  const label = (name: string): { detail?: string } => {
    const found = survey.info(name).label?.en;
    return found ? { detail: found } : {};
  };
  return [
    ...[...survey.codebook.constructs.values()].map((construct): CompletionItem => ({ text: construct.name, kind: 'construct', detail: construct.label?.en ?? construct.items.join(' ') })),
    ...survey.names().map((name): CompletionItem => ({ text: name, kind: 'column', ...label(name) }))
  ];
}

/** Latent variables (left of `=~`), labels (before `*`) and defined parameters that a model text holds. */
export function modelNames(body: string): readonly CompletionItem[] {
  const latent = [...body.matchAll(/(?:^|[\n;])\s*([\p{L}\p{N}_.]+)\s*=~/gu)].map((match): CompletionItem => ({ text: match[1], kind: 'latent', detail: 'latent variable' }));
  const labels = [...body.matchAll(/([\p{L}_.][\p{L}\p{N}_.]*)\s*\*/gu)].map((match): CompletionItem => ({ text: match[1], kind: 'label', detail: 'label' }));
  const defined = [...body.matchAll(/([\p{L}_.][\p{L}\p{N}_.]*)\s*:=/gu)].map((match): CompletionItem => ({ text: match[1], kind: 'label', detail: 'defined parameter' }));
  return [...latent, ...labels, ...defined];
}
