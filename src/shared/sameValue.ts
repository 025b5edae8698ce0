/**
 * Whether two values of plain data (arrays, typed arrays, plain objects and what
 * is no object) are the same in every part, numbers by `Object.is`. Objects of
 * other kinds are the same when they are one.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const prototype: unknown = Object.getPrototypeOf(a);
  if (prototype !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a)) return sameItems(a, b as readonly unknown[]);
  if (ArrayBuffer.isView(a)) return !(a instanceof DataView) && sameItems(a as unknown as ArrayLike<unknown>, b as unknown as ArrayLike<unknown>);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

function sameItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameValue(a[i], b[i])) return false;
  return true;
}
