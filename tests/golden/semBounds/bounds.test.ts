import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SemOptions } from '../../../src/models/sem/options.js';
import { cfa, growth, sem } from '../../../src/models/sem/sem.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';
import expected from './expected.json';

interface Row {
  readonly lhs: string;
  readonly op: string;
  readonly rhs: string;
  readonly group: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

const surveys = new Map<string, Survey>();
for (const name of ['hs', 'growth', 'ordinal']) surveys.set(name, await readSurvey(new Uint8Array(readFileSync(new URL(`../sem/data/${name}.csv`, import.meta.url))), { name: `${name}.csv` }));
const functions = { sem, cfa, growth };

describe('bounds from the data', () => {
  it.each(expected.cases.map((each) => [each.id, each] as const))('%s: the table holds lavaan’s', (_, { syntax, data, fun, options, rows }) => {
    const { table } = functions[fun as keyof typeof functions](syntax, surveys.get(data) as Survey, optionsFromDotted(options));
    const key = ({ lhs, op, rhs, group }: Pick<Row, 'lhs' | 'op' | 'rhs' | 'group'>): string => `${lhs} ${op} ${rhs} ${group}`;
    const own = new Map(table.rows.filter(({ free }) => free > 0).map((row) => [key(row), row]));
    expect(own.size).toBe(rows.length);
    for (const row of rows as readonly Row[]) {
      const found = own.get(key(row));
      expect(found?.lower ?? NaN, `${key(row)} lower`).toBeCloseTo(row.lower ?? -Infinity, 7);
      expect(found?.upper ?? NaN, `${key(row)} upper`).toBeCloseTo(row.upper ?? Infinity, 7);
    }
  });

  it.each(expected.fitted.map((each) => [each.bounds, each] as const))('%s: a Heywood case ends on its bound, and the others’ errors are those of the model with the variance fixed there', (bounds, wanted) => {
    const fit = cfa(wanted.syntax, surveys.get('hs') as Survey, { bounds: bounds as SemOptions['bounds'] });
    expect(fit.convergence.converged).toBe(true);
    expect(Math.abs((fit.measures.chisq ?? NaN) / wanted.chisq - 1)).toBeLessThan(1e-8);
    wanted.lhs.forEach((lhs, i) => {
      const row = fit.parameters.find((each) => each.lhs === lhs && each.op === wanted.op[i] && each.rhs === wanted.rhs[i]);
      expect(Math.abs((row?.estimate ?? NaN) - wanted.est[i]), row?.term).toBeLessThan(2e-6 * Math.max(1, Math.abs(wanted.est[i])));
      if (row?.term === 'x8 ~~ x8') expect([row.stdError, row.statistic, row.pValue, row.confLow, row.confHigh]).toEqual([null, null, null, null, null]);
      else expect(Math.abs((row?.stdError ?? NaN) - wanted.se[i]), row?.term).toBeLessThan(1e-5 * Math.max(1, wanted.se[i]));
    });
    expect(fit.warnings.find(({ code }) => code === 'active-bound')?.message).toContain('`x8 ~~ x8`');
  });

  it('`wide.zerovar` is wide with no negative residual variance', () => {
    const model = 'f =~ x1 + x2 + x3\nx1 ~~ x2';
    const hs = surveys.get('hs') as Survey;
    const wide = cfa(model, hs, { bounds: 'wide', doFit: false }).table.rows;
    const zero = cfa(model, hs, { bounds: 'wide.zerovar', doFit: false }).table.rows;
    zero.forEach((row, i) => {
      if (row.free === 0) return;
      expect(row.lower).toBe(row.op === '~~' && row.lhs === row.rhs && row.lhs !== 'f' ? 0 : wide[i].lower);
      expect(row.upper).toBe(wide[i].upper);
    });
  });

  it('with effect coding they are said to be missing', () => {
    const fit = cfa('f =~ x1 + x2 + x3 + x4', surveys.get('hs') as Survey, { bounds: 'standard', effectCoding: 'loadings' });
    expect(fit.warnings.map(({ code }) => code)).toContain('no-bounds');
    expect(fit.table.rows.every(({ lower }) => lower === -Infinity)).toBe(true);
  });
});
