/**
 * Checks of untrusted JSON, as small pieces that are put together. A check
 * answers `null` when the value fits, else where and why it does not. Objects
 * must hold exactly the stated fields; every list and text has an upper bound,
 * so that a hostile notebook cannot make a renderer work without end.
 */
export type Check = (value: unknown, where: string) => string | null;

/** A finite number in `[low, high]`. */
export function numberIn(low: number, high: number): Check {
  return (value, where) => (typeof value === 'number' && value >= low && value <= high ? null : `${where} is not a number in [${low}, ${high}]`);
}

/** A text of at most `longest` UTF-16 units. */
export function textUpTo(longest: number): Check {
  return (value, where) => (typeof value === 'string' && value.length <= longest ? null : `${where} is not a text of at most ${longest} characters`);
}

export const isBoolean: Check = (value, where) => (typeof value === 'boolean' ? null : `${where} is neither true nor false`);

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, where) => (allowed.includes(value as string | number) ? null : `${where} is none of ${allowed.join(', ')}`);
}

export function nullOr(check: Check): Check {
  return (value, where) => (value === null ? null : check(value, where));
}

/** A list of at most `most` elements that each pass `check`. */
export function listOf(check: Check, most: number): Check {
  return (value, where) => {
    if (!Array.isArray(value)) return `${where} is not a list`;
    if (value.length > most) return `${where} holds more than ${most} elements`;
    for (let i = 0; i < value.length; i++) {
      const problem = check(value[i], `${where}[${i}]`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** An object with all fields of `required`, any of `optional`, and no other. */
export function objectOf(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
  const must = new Map(Object.entries(required));
  const may = new Map(Object.entries(optional));
  return (value, where) => {
    if (!isPlainObject(value)) return `${where} is not an object`;
    for (const key of must.keys()) if (!Object.hasOwn(value, key)) return `${where}.${key} is missing`;
    for (const key of Object.keys(value)) {
      const check = must.get(key) ?? may.get(key);
      if (!check) return `${where} has the unknown field ${key.slice(0, 40)}`;
      if (value[key] === undefined && may.has(key)) continue;
      const problem = check(value[key], `${where}.${key}`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

/** All checks in turn; the first problem counts. */
export function allOf(...checks: readonly Check[]): Check {
  return (value, where) => {
    for (const check of checks) {
      const problem = check(value, where);
      if (problem !== null) return problem;
    }
    return null;
  };
}

/** A heading in one or two languages. */
export const isBilingual: Check = objectOf({ en: textUpTo(500) }, { zh: textUpTo(500) });
