import { fail, type SourceText } from '../../shared/diagnostic.js';
import { didYouMean } from '../../shared/suggest.js';

export type StandardErrorType = 'classical' | 'HC0' | 'HC1' | 'HC2' | 'HC3' | 'HC4' | 'cluster';

export interface RegressOptions {
  /** How standard errors are computed; `cluster` when a cluster column is given, else `classical`. */
  readonly se?: StandardErrorType;
  /** Column whose values tell the clusters. */
  readonly cluster?: string;
  /** Column of weights (weighted least squares); rows of weight zero are left out. */
  readonly weights?: string;
  /** Confidence level of the intervals, 0.95. */
  readonly confLevel?: number;
  /** `listwise` (default) drops rows with a missing value in any block; `fail` refuses them. */
  readonly missing?: 'listwise' | 'fail';
  /** Right-hand sides, one per block, that order (or add to) the formula's terms: the same as `|` in the formula. */
  readonly blocks?: readonly (string | readonly string[])[];
  /** What error messages call the formula, and where its first line stands. */
  readonly source?: { readonly name: string; readonly lineOffset?: number };
}

export interface ResolvedRegressOptions {
  readonly se: StandardErrorType;
  readonly cluster: string | null;
  readonly weights: string | null;
  readonly confLevel: number;
  readonly missing: 'listwise' | 'fail';
}

const KEYS = ['se', 'cluster', 'weights', 'confLevel', 'missing', 'blocks', 'source'] as const;
export const STANDARD_ERROR_TYPES: readonly StandardErrorType[] = ['classical', 'HC0', 'HC1', 'HC2', 'HC3', 'HC4', 'cluster'];

/** An unknown key is an error with the nearest name. */
export function checkKeys(given: object, known: readonly string[], of: string): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    fail('unknown-option', `\`${key}\` is not an option of ${of}`, { help: didYouMean(key, known) ?? `known are ${known.join(', ')}` });
  }
}

export function checkChoice<Choice extends string>(key: string, value: unknown, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  return fail('bad-option', `\`${String(value)}\` is no value of option \`${key}\``, { help: didYouMean(String(value), choices) ?? `one of ${choices.join(', ')}` });
}

export function checkLevel(level: unknown): number {
  if (typeof level !== 'number' || !(level > 0 && level < 1)) fail('bad-option', `\`confLevel\` is ${String(level)}, a number between 0 and 1 was expected`, { help: 'write 0.95 for 95 %' });
  return level;
}

/** Every default filled in. */
export function resolveOptions(options: RegressOptions): ResolvedRegressOptions {
  checkKeys(options, KEYS, '`regress`');
  const se = options.se === undefined ? (options.cluster === undefined ? 'classical' : 'cluster') : checkChoice('se', options.se, STANDARD_ERROR_TYPES);
  if (se === 'cluster' && options.cluster === undefined) fail('bad-option', 'cluster standard errors need the column that tells the clusters', { help: "give `cluster: 'column'`" });
  if (se !== 'cluster' && options.cluster !== undefined) fail('bad-option', `a cluster column is given, but standard errors are asked for as \`${se}\``, { help: "drop one of `se` and `cluster`, or write `se: 'cluster'`" });
  return Object.freeze({
    se,
    cluster: options.cluster ?? null,
    weights: options.weights ?? null,
    confLevel: options.confLevel === undefined ? 0.95 : checkLevel(options.confLevel),
    missing: options.missing === undefined ? 'listwise' : checkChoice('missing', options.missing, ['listwise', 'fail'])
  });
}

export function sourceOf(text: string, options: { readonly source?: RegressOptions['source'] }): SourceText {
  return { name: options.source?.name ?? 'formula', text, ...(options.source?.lineOffset === undefined ? {} : { lineOffset: options.source.lineOffset }) };
}
