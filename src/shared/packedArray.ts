/**
 * `items.map(make)`, for arrays that live inside a fit. The built-in `map`
 * makes a packed array while it is called and one with holes once the compiler
 * has inlined it: to V8 two kinds of object, and all code that was compiled
 * for the first is thrown away when it meets the second.
 */
export function mapPacked<T, U>(items: readonly T[], make: (item: T, index: number) => U): U[] {
  const out: U[] = [];
  for (let i = 0; i < items.length; i++) out.push(make(items[i], i));
  return out;
}

/** `items.filter(test)` in an array of one kind, see `mapPacked`. */
export function filterPacked<T, S extends T>(items: readonly T[], test: (item: T) => item is S): S[];
export function filterPacked<T>(items: readonly T[], test: (item: T) => boolean): T[];
export function filterPacked<T>(items: readonly T[], test: (item: T) => boolean): T[] {
  const out: T[] = [];
  for (let i = 0; i < items.length; i++) if (test(items[i])) out.push(items[i]);
  return out;
}
