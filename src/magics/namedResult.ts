import type { MagicCall, OptionSpecs } from './magic.js';
import { textOption } from './resolve.js';

/** The option of magics that show a result and keep it only when a name is given. */
export const RESULT_OPTION: OptionSpecs = { as: { type: 'variable', summary: 'variable that will hold the result; none by default' } };

/** What such a call defines. */
export function boundResult(call: MagicCall, type: string): Readonly<Record<string, string>> {
  const name = textOption(call, 'as');
  return name === undefined ? {} : { [name]: type };
}

/** The value under its name. */
export function bindResult(call: MagicCall, value: unknown): { readonly bind?: Readonly<Record<string, unknown>> } {
  const name = textOption(call, 'as');
  return name === undefined ? {} : { bind: { [name]: value } };
}

/**
 * `const name = fn(survey, "x", { option: 1 })`: arguments are TypeScript as
 * it stands, options are left out when undefined.
 */
export function codeOf(call: MagicCall, fn: string, given: readonly string[], options: Readonly<Record<string, unknown>> = {}): string {
  const name = textOption(call, 'as');
  const kept = Object.entries(options).filter(([, value]) => value !== undefined).map(([key, value]) => `${/^[A-Za-z]\w*$/.test(key) ? key : JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const parts = kept.length > 0 ? [...given, `{ ${kept.join(', ')} }`] : given;
  return `${name === undefined ? '' : `const ${name} = `}${fn}(${parts.join(', ')})`;
}

/** The names as TypeScript: a list, or `undefined` where the function has a default of its own. */
export function namesCode(names: readonly string[]): string {
  return names.length === 0 ? 'undefined' : JSON.stringify(names);
}
