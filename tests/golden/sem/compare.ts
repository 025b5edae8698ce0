/** Comparison of a sem job's answer with lavaan's, number by number. */
export type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;

export interface Expected {
  readonly gradient: number | null;
  readonly df: number;
  readonly nobs: number;
  readonly ngroups: number;
  readonly parameters: Columns;
  readonly fitMeasures: Readonly<Record<string, number | null>>;
  readonly rsquare?: Readonly<Record<string, number | null>>;
  readonly modindices?: Columns;
  readonly standardized?: Columns;
}

type Row = Readonly<Record<string, number | string | null>>;

export interface Answer {
  readonly error?: { readonly code: string; readonly message: string };
  readonly converged: boolean;
  readonly nobs: number;
  readonly ngroups: number;
  readonly parameterTable: readonly Row[];
  readonly fitMeasures: Readonly<Record<string, number | null>>;
  readonly rsquare: Readonly<Record<string, number | null>>;
  readonly modindices?: readonly Row[];
  readonly standardized?: readonly Row[];
  readonly warnings: readonly { readonly code: string }[];
}

/** One number that differs: its name, ours, lavaan's. */
export interface Difference {
  readonly name: string;
  readonly own: number | string | null | undefined;
  readonly lavaan: number | string | null;
}

/** Relative tolerance of a named number; null leaves it out. */
export type ToleranceOf = (name: string) => number | null;

/** Numbers below this are compared absolutely. */
const SMALL = 1e-3;

const key = (lhs: unknown, op: unknown, rhs: unknown, group: unknown): string => `${String(lhs)} ${String(op)} ${String(rhs)} ${op === ':=' ? 0 : String(group)}`;

export function compare(answer: Answer, expected: Expected, toleranceOf: ToleranceOf): readonly Difference[] {
  const found: Difference[] = [];
  const check = (name: string, own: number | string | null | undefined, lavaan: number | string | null): void => {
    const tolerance = toleranceOf(name);
    if (tolerance === null) return;
    if (lavaan === null) {
      if (own !== null && own !== undefined) found.push({ name, own, lavaan });
      return;
    }
    if (typeof own !== 'number' || typeof lavaan !== 'number' || !(Math.abs(own - lavaan) <= tolerance * Math.max(Math.abs(lavaan), SMALL))) found.push({ name, own, lavaan });
  };
  if (answer.error) return toleranceOf('error') === null ? [] : [{ name: 'error', own: `${answer.error.code}: ${answer.error.message}`, lavaan: null }];
  check('converged', answer.converged ? 1 : 0, 1);
  check('nobs', answer.nobs, expected.nobs);
  check('ngroups', answer.ngroups, expected.ngroups);
  const compareRows = (what: string, own: readonly Row[] | undefined, theirs: Columns | undefined, columns: readonly (readonly [own: string, lavaan: string])[]): void => {
    if (!theirs || !own) return;
    const rows = new Map(own.map((row) => [key(row['lhs'], row['op'], row['rhs'], row['group']), row]));
    theirs['lhs'].forEach((lhs, i) => {
      const name = key(lhs, theirs['op'][i], theirs['rhs'][i], theirs['group'][i]);
      const row = rows.get(name);
      if (!row) {
        if (toleranceOf(`${what} ${name}`) !== null) found.push({ name: `${what} ${name}`, own: undefined, lavaan: 'a row' });
        return;
      }
      for (const [mine, other] of columns) check(`${what} ${name} ${other}`, row[mine], theirs[other][i]);
    });
  };
  const same = (names: readonly string[]): readonly (readonly [string, string])[] => names.map((name) => [name, name] as const);
  // z and p of a fixed parameter are absent on both sides; they follow from est and se.
  compareRows('parameter', answer.parameterTable, expected.parameters, same(['est', 'se', 'z', 'p', 'ci.lower', 'ci.upper', 'std.lv', 'std.all']));
  for (const [name, value] of Object.entries(expected.fitMeasures)) if (name !== 'ntotal') check(name, answer.fitMeasures[name], value);
  if (expected.rsquare) for (const [name, value] of Object.entries(expected.rsquare)) check(`rsquare ${name}`, answer.rsquare[name], value);
  compareRows('modindices', answer.modindices, expected.modindices, same(['mi', 'epc', 'sepc.lv', 'sepc.all']));
  compareRows('standardized', answer.standardized, expected.standardized, same(['est.std', 'se', 'ci.lower', 'ci.upper']));
  return found;
}
