import { utf8Within } from '../byteWriter.js';

/** Bytes of a name. */
const LONGEST_NAME = 64;
/** Words of the command language. */
const RESERVED: ReadonlySet<string> = new Set(['ALL', 'AND', 'BY', 'EQ', 'GE', 'GT', 'LE', 'LT', 'NE', 'NOT', 'OR', 'TO', 'WITH']);

/** Names that SPSS accepts: letters, digits and `._$#@`, a letter first, at most 64 bytes, distinct in either case. */
export function spssNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const decoder = new TextDecoder();
  return names.map((name) => {
    let wanted = name.normalize('NFC').replace(/[^\p{L}\p{N}\p{M}._$#@]/gu, '_').replace(/[._]+$/, '');
    if (!/^[\p{L}@]/u.test(wanted)) wanted = `v${wanted}`;
    if (RESERVED.has(wanted.toUpperCase())) wanted += '_1';
    const within = (suffix: string): string => decoder.decode(utf8Within(wanted, LONGEST_NAME - suffix.length)) + suffix;
    let chosen = within('');
    for (let copy = 2; taken.has(chosen.toUpperCase()); copy++) chosen = within(`_${copy}`);
    taken.add(chosen.toUpperCase());
    return chosen;
  });
}

/** Names of eight bytes for old programs, in upper case; one per string segment, so `counts[i]` for name i. */
export function shortNames(names: readonly string[], counts: readonly number[]): readonly (readonly string[])[] {
  const taken = new Set<string>();
  const fits = (name: string): boolean => /^[A-Z][A-Z0-9._$#@]{0,7}$/.test(name);
  // Names that fit keep their own short name, whatever comes before them.
  for (const name of names) if (fits(name.toUpperCase())) taken.add(name.toUpperCase());
  let next = 1;
  const made = (): string => {
    let name: string;
    do name = `V${(next++).toString(36).toUpperCase()}_`;
    while (taken.has(name));
    taken.add(name);
    return name;
  };
  return names.map((name, i) => {
    const first = fits(name.toUpperCase()) ? name.toUpperCase() : made();
    return [first, ...Array.from({ length: counts[i] - 1 }, made)];
  });
}
