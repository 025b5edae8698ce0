import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { regress } from '../../../../src/models/regression/index.js';
import { crosstab } from '../../../../src/statistics/categorical/crosstab.js';
import { oddsRatio } from '../../../../src/statistics/categorical/oddsRatio.js';
import { frequencies } from '../../../../src/statistics/describe/frequencies.js';
import { averagedPairEffect } from '../../../../src/statistics/groups/postHoc/pairEffect.js';
import { comparePairs, compareToValue } from '../../../../src/statistics/groups/comparePairs.js';
import { sampleMoments } from '../../../../src/statistics/groups/tTest.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import { expectAgrees, expectSensitive } from '../fixture.js';

interface Standardized extends Readonly<Record<'t' | 'd' | 'dLow' | 'dHigh' | 'g' | 'gLow' | 'gHigh', number>> {
  readonly x: readonly number[];
}
interface Expected {
  readonly pairs: readonly (Standardized & { readonly y: readonly number[] })[];
  readonly single: readonly Standardized[];
  readonly mtcars: Readonly<Record<string, (number | string)[]>>;
  readonly regressions: readonly { readonly formula: string; readonly rSquared: number; readonly low: number; readonly high: number; readonly terms: readonly { readonly name: string; readonly eta: number; readonly low: number; readonly high: number }[] }[];
  readonly wilson: readonly Readonly<Record<'count' | 'n' | 'low' | 'high', number>>[];
  readonly odds: readonly ({ readonly counts: readonly number[] } & Readonly<Record<'sample' | 'sampleLow' | 'sampleHigh' | 'conditional' | 'conditionalLow' | 'conditionalHigh', number | null>>)[];
  readonly bonett: readonly { readonly a: readonly number[]; readonly b: readonly number[]; readonly d: number; readonly low: number; readonly high: number }[];
}
const told = JSON.parse(readFileSync(new URL('./expected.json', import.meta.url), 'utf8')) as Expected;

describe('effect sizes and their intervals agree with R', () => {
  it.each(told.pairs.map((pair, i) => [i + 1, pair] as const))('d and g of pairs, case %i', (_, { x, y, t, d, dLow, dHigh, g, gLow, gHigh }) => {
    const result = comparePairs(surveyFromColumns({ x: [...x], y: [...y] }), [['x', 'y']]);
    const { test } = result.pairs[0];
    expectAgrees(test.t, t, 't', 1e-10);
    const row = result.tidy().rows[0];
    for (const [key, wanted] of Object.entries({ d, dLow, dHigh, g, gLow, gHigh })) expectAgrees(row[key] as number, wanted, key, 1e-8);
    expectSensitive(row['gLow'] as number, gLow);
  });

  it.each(told.single.map((one, i) => [i + 1, one] as const))('d and g of one sample, case %i', (_, { x, d, dLow, dHigh, g, gLow, gHigh }) => {
    const row = compareToValue(surveyFromColumns({ x: [...x] }), ['x'], 20).tidy().rows[0];
    for (const [key, wanted] of Object.entries({ d, dLow, dHigh, g, gLow, gHigh })) expectAgrees(row[key] as number, wanted, key, 1e-8);
  });

  it.each(told.regressions.map((one) => [one.formula, one] as const))('R² and partial η² of %s', (formula, { rSquared, low, high, terms }) => {
    const fit = regress(formula, surveyFromColumns(told.mtcars));
    for (const [found, wanted] of [[fit.measures.rSquared, rSquared], [fit.measures.rSquaredLow, low], [fit.measures.rSquaredHigh, high]] as const) expectAgrees(found, wanted, 'R²', 1e-8);
    terms.forEach(({ name, eta, low: from, high: to }) => {
      const test = fit.termTests.find(({ term }) => term === name);
      for (const [found, wanted] of [[test?.partialEtaSquared, eta], [test?.partialEtaLow, from], [test?.partialEtaHigh, to]] as const) expectAgrees(found, wanted, name, 1e-8);
    });
    const robust = regress(formula, surveyFromColumns(told.mtcars), { se: 'HC3' });
    expect([robust.measures.rSquaredLow, robust.termTests[0].partialEtaHigh]).toEqual([null, null]);
    expect([fit, robust].map((one) => one.tables()[1].columns.some(({ key }) => key === 'rSquaredLow'))).toEqual([true, false]);
  });

  it.each(told.wilson.map((one) => [one.count, one.n, one] as const))('%i of %i answers', (count, n, { low, high }) => {
    const { rows } = frequencies(surveyFromColumns({ x: Array.from({ length: n }, (_, i) => (i < count ? 1 : 0)) }), ['x']).variables[0];
    const row = rows.find(({ value }) => value === 1);
    if (count > 0) for (const [found, wanted] of [[row?.confLow, low], [row?.confHigh, high]] as const) expectAgrees(found, wanted, 'Wilson', 1e-12);
    else expectAgrees(rows[0].confLow, 1 - high, 'the rest', 1e-12);
  });

  it.each(told.odds.map((one) => [one.counts.join(' '), one] as const))('odds ratio of %s', (_, { counts, ...wanted }) => {
    const found = oddsRatio(counts, 0.95);
    for (const key of ['sample', 'sampleLow', 'sampleHigh', 'conditional', 'conditionalLow', 'conditionalHigh'] as const) expectAgrees(found[key], wanted[key], key, 1e-9);
    const cells = counts.flatMap((count, at) => Array.from({ length: count }, () => [at < 2 ? 'a' : 'b', at % 2 === 0 ? 'c' : 'd'] as const));
    const table = crosstab(surveyFromColumns({ row: cells.map(([row]) => row), column: cells.map(([, column]) => column) }), 'row', 'column');
    expect(table.oddsRatio).toEqual(found);
    expect(table.tables()[1].rows.filter(({ test }) => String(test).startsWith('Odds')).length).toBe(found.sample === null ? 1 : 2);
  });

  it.each(told.bonett.map((one, i) => [i + 1, one] as const))('Bonett’s d, case %i', (_, { a, b, d, low, high }) => {
    const effect = averagedPairEffect(sampleMoments(a), sampleMoments(b), { groups: 2, df: 0, meanSquare: 0, confidence: 0.95 });
    for (const [found, wanted] of [[effect?.d, d], [effect?.confLow, low], [effect?.confHigh, high]] as const) expectAgrees(found, wanted, 'd', 1e-12);
  });
});
