import type { SemFit } from '../results.js';

/** Indices made of χ²: where the test is scaled, their plain forms are made of a statistic that has no χ² distribution. */
const OF_CHI_SQUARE: ReadonlySet<string> = new Set(['cfi', 'tli', 'nfi', 'ifi', 'rmsea']);

/** Name of the measure that is read first: the robust one, then the scaled one, then the plain one. */
export function preferredMeasure({ measures }: Pick<SemFit, 'measures'>, key: string): { readonly name: string; readonly value: number | null; readonly variant: '' | 'robust' | 'scaled' } {
  const read = (name: string): number | null => {
    const value = Object.hasOwn(measures, name) ? measures[name] : null;
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  for (const variant of ['robust', 'scaled'] as const) {
    const name = `${key}.${variant}`;
    const value = read(name);
    if (value !== null) return { name, value, variant };
  }
  return { name: key, value: OF_CHI_SQUARE.has(key) && read('chisq.scaled') !== null ? null : read(key), variant: '' };
}
