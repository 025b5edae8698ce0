import { readdirSync, readFileSync } from 'node:fs';

/** What all certified data sets have in common; see each file's `provenance`. */
interface Set {
  readonly name: string;
  readonly kind: string;
  readonly exactOnDoubles: { readonly lre: Readonly<Record<string, number>> };
}

export interface LinearSet extends Set {
  readonly design: { readonly type: 'polynomial' | 'multiple'; readonly degree: number | null; readonly intercept: boolean; readonly columns: readonly string[] };
  readonly data: readonly (readonly number[])[];
  readonly certified: {
    readonly parameters: readonly { readonly name: string; readonly estimate: number; readonly standardError: number }[];
    readonly residualStandardDeviation: number;
    readonly rSquared: number;
    readonly anova: { readonly regression: { readonly df: number; readonly ss: number; readonly ms: number; readonly F: number | string }; readonly residual: { readonly df: number; readonly ss: number; readonly ms: number } };
  };
}

export interface AnovaSet extends Set {
  readonly data: readonly (readonly [treatment: number, y: number])[];
  readonly certified: {
    readonly between: { readonly df: number; readonly ss: number; readonly ms: number; readonly F: number };
    readonly within: { readonly df: number; readonly ss: number; readonly ms: number };
    readonly rSquared: number;
    readonly residualStandardDeviation: number;
  };
}

export interface UnivariateSet extends Set {
  readonly data: readonly number[];
  readonly certified: { readonly mean: number; readonly standardDeviation: number; readonly autocorrelationLag1: number };
}

const folder = new URL('./', import.meta.url);

export function readSets<Kind extends Set>(kind: string): readonly Kind[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Kind)
    .filter((set) => set.kind === kind);
}

/** Correct significant digits: −log₁₀ of the relative error (absolute for a certified 0), at most 15. */
export function digits(found: number | null, certified: number): number {
  if (found === null || !Number.isFinite(found)) return -Infinity;
  if (found === certified) return 15;
  return Math.min(15, -Math.log10(Math.abs(found - certified) / (certified === 0 ? 1 : Math.abs(certified))));
}

/** Digits to demand: one less than exact arithmetic on doubles reaches, at most 11. */
export function required(lre: Readonly<Record<string, number>>, what: string): number {
  const reachable = lre[what];
  if (reachable === undefined) throw new Error(`no reachable precision is recorded for ${what}`);
  return Math.min(reachable - 1, 11);
}
