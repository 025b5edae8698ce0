import { fail } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';

/** Words that an option accepts, by option name. */
export type Choices<O> = { readonly [K in keyof O]?: readonly (string | number | boolean)[] };

/**
 * Fills in defaults and freezes. An unknown key or an unknown choice is an
 * error with the nearest name, because a misspelt option that is silently
 * ignored changes the numbers without a word.
 * @throws SurveyError `unknown-option`, `invalid-option`
 */
export function resolveOptions<O extends object>(analysis: string, given: Partial<O> | undefined, defaults: O, choices: Choices<O> = {}): Readonly<O> {
  const resolved = { ...defaults };
  for (const [key, value] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(defaults, key)) {
      fail('unknown-option', `\`${analysis}\` has no option \`${key}\``, { help: didYouMean(key, Object.keys(defaults)) ?? `options are ${Object.keys(defaults).join(', ')}` });
    }
    if (value === undefined) continue;
    const allowed = choices[key as keyof O];
    if (allowed && !allowed.includes(value as string)) {
      fail('invalid-option', `option \`${key}\` of \`${analysis}\` cannot be \`${String(value)}\``, { help: didYouMean(String(value), allowed.map(String)) ?? `it takes ${allowed.join(', ')}` });
    }
    resolved[key as keyof O] = value as O[keyof O];
  }
  return Object.freeze(resolved);
}

/** A share strictly between 0 and 1, such as a confidence level. */
export function requireShare(analysis: string, name: string, value: number): void {
  if (!(typeof value === 'number' && value > 0 && value < 1)) fail('invalid-option', `option \`${name}\` of \`${analysis}\` must lie between 0 and 1, found ${String(value)}`);
}
