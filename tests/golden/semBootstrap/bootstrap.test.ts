import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { interval, summarizeDraws, type IntervalKind } from '../../../src/models/sem/bootstrap/intervals.js';
import type { SemOptions } from '../../../src/models/sem/options.js';
import { cfa, sem } from '../../../src/models/sem/sem.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';
import expected from './expected.json';

const surveys = new Map<string, Survey>();
for (const name of ['hs', 'hsmissing', 'clusters', 'political', 'skewed']) surveys.set(name, await readSurvey(new Uint8Array(readFileSync(new URL(`../sem/data/${name}.csv`, import.meta.url))), { name: `${name}.csv` }));
const functions = { sem, cfa };

describe('lavaan’s own draws', () => {
  const { names, draws, tables } = expected.exact;
  const column = (name: string): Float64Array => Float64Array.from(draws, (row) => row[names.indexOf(name)]);
  const [a, b, c] = ['a', 'b', 'c'].map(column);
  const byName = (lhs: string, op: string, rhs: string): Float64Array | null => {
    if (lhs === 'indirect') return a.map((value, d) => value * b[d]);
    if (lhs === 'total') return a.map((value, d) => value * b[d] + c[d]);
    const named = { 'x4~x1': 'a', 'x7~x4': 'b', 'x7~x1': 'c' }[lhs + op + rhs] ?? lhs + op + rhs;
    return names.includes(named) ? column(named) : null;
  };
  it.each(Object.entries(tables))('give its standard errors, z and %s intervals', (kind, rows) => {
    let seen = 0;
    for (const row of rows) {
      const own = byName(row.lhs, row.op, row.rhs);
      if (!own) continue;
      seen++;
      const summary = summarizeDraws(own);
      // For free parameters lavaan divides the squares by the number of draws, for defined ones by one less, as here; and its normal intervals of defined ones are centred at the definition of the draws’ mean, not at the mean of the defined draws.
      const shrink = row.op === ':=' ? 1 : Math.sqrt((own.length - 1) / own.length);
      expect(summary.sd * shrink).toBeCloseTo(row.se ?? NaN, 8);
      const found = interval(kind as IntervalKind, row.est, kind === 'normal' ? { ...summary, sd: summary.sd * shrink } : summary, 0.95);
      if (kind === 'normal' && row.op === ':=') continue;
      expect(found?.[0], `${row.lhs} ${row.rhs}`).toBeCloseTo(row.low, 8);
      expect(found?.[1], `${row.lhs} ${row.rhs}`).toBeCloseTo(row.high, 8);
    }
    expect(seen).toBeGreaterThan(6);
  });
});

/** Five standard errors of a standard deviation from 150 draws on both sides. */
const SPREAD = 5 * Math.sqrt(2 / (2 * expected.draws));

describe('standard errors by bootstrap', () => {
  it.each(expected.spreads.map((each) => [each.id, each] as const))('%s: draws spread as lavaan’s do', (_, wanted) => {
    const fit = functions[wanted.fun as keyof typeof functions](wanted.syntax, surveys.get(wanted.data) as Survey, { ...optionsFromDotted(wanted.options), se: 'bootstrap', bootstrap: expected.draws, seed: 3 } as SemOptions);
    expect(fit.bootstrap?.used).toBeGreaterThan(0.98 * expected.draws);
    wanted.lhs.forEach((lhs, i) => {
      const row = fit.parameters.find((each) => each.lhs === lhs && each.op === wanted.op[i] && each.rhs === wanted.rhs[i]);
      const se = wanted.se[i] as number;
      expect(Math.abs((row?.stdError ?? NaN) / se - 1), `${row?.term} ${row?.stdError} for ${se}`).toBeLessThan(SPREAD * 1.3);
      // a 2.5 % quantile of 150 normal draws has standard error .22 sd
      expect(Math.abs((row?.confLow ?? NaN) - (wanted.low[i] as number)), `${row?.term} low`).toBeLessThan(1.2 * se);
      expect(Math.abs((row?.confHigh ?? NaN) - (wanted.high[i] as number)), `${row?.term} high`).toBeLessThan(1.2 * se);
    });
  }, 60_000);
});

describe('Bollen and Stine’s test', () => {
  it.each(expected.stines.map((each) => [each.id, each] as const))('%s: p agrees with lavaan within Monte Carlo error', (_, wanted) => {
    const fit = sem(wanted.syntax, surveys.get(wanted.data) as Survey, { test: 'bollen.stine', bootstrap: expected.stineDraws, seed: 5 });
    const test = fit.tests.find((each) => each.test === 'bollen.stine');
    expect(test?.statistic).toBeCloseTo(wanted.statistic, 4);
    expect(test?.df).toBe(wanted.df);
    const error = Math.sqrt((2 * Math.max(wanted.p, 0.02) * (1 - wanted.p)) / expected.stineDraws);
    expect(Math.abs((test?.pValue ?? NaN) - wanted.p)).toBeLessThan(5 * error);
    expect(fit.measures.pvalue).not.toBe(test?.pValue);
  }, 60_000);
});
