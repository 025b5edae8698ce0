import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseModel, toLavaan, toSemopy } from '../../../src/language/index.js';
import { sem } from '../../../src/models/sem/sem.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import exported from './exported.json';
import lavaan from './lavaan.json';
import models from './models.json';
import semopy from './semopy.json';

const textOf = (id: string): { readonly lavaan: string; readonly semopy?: string } => exported.find((each) => each.id === id) as { readonly lavaan: string; readonly semopy?: string };

describe(`exports to lavaan ${lavaan.lavaan}`, () => {
  it.each(models.map(({ id, syntax }) => [id, syntax]))('%s says what was typed', (id, syntax) => {
    expect(toLavaan(parseModel(syntax))).toBe(textOf(id).lavaan);
    const fitted = lavaan.models.find((each) => each.id === id);
    expect(fitted?.sameRows).toBe(true);
    expect(fitted?.largestDifference).toBeLessThan(1e-9);
  });
});

/** semopy minimizes by SLSQP, which stops when its function changes by 1e-6: its estimates are good to √1e-6 or so of their curvature, while the minima agree. */
const TOLERANCE = 1e-2;

describe(`exports to semopy ${semopy.semopy}`, () => {
  it.each(models.filter((model) => model.semopy).map(({ id, syntax, data }) => [id, syntax, data]))('%s gives our estimates', async (id, syntax, data) => {
    expect(toSemopy(parseModel(syntax)).text).toBe(textOf(id).semopy);
    const survey = await readSurvey(new Uint8Array(readFileSync(new URL(`../sem/data/${data}.csv`, import.meta.url))), { name: `${data}.csv` });
    const { parameters, measures } = sem(syntax, survey);
    const fitted = semopy.models.find((each) => each.id === id);
    // semopy writes loadings as regressions of indicators
    const own = new Map(parameters.flatMap(({ lhs, op, rhs, estimate }) => (op === '=~' ? [[`${rhs} ~ ${lhs}`, estimate]] : [[`${lhs} ${op} ${rhs}`, estimate], [`${rhs} ${op} ${lhs}`, estimate]])));
    const free = parameters.filter(({ free: index, op }) => index > 0 && op !== '~1').length;
    expect(fitted?.estimates.length).toBeGreaterThanOrEqual(free);
    // never below our minimum
    expect(Number(fitted?.chisq) - (measures['chisq'] as number)).toBeGreaterThan(-1e-6);
    expect(Number(fitted?.chisq) - (measures['chisq'] as number)).toBeLessThan(1e-3);
    for (const [lhs, op, rhs, estimate] of fitted?.estimates ?? []) {
      const value = own.get(`${String(lhs)} ${String(op)} ${String(rhs)}`);
      expect(value, `${String(lhs)} ${String(op)} ${String(rhs)}`).toBeTypeOf('number');
      expect(Math.abs(Number(value) - Number(estimate)), `${String(lhs)} ${String(op)} ${String(rhs)}: ${String(value)}, semopy ${String(estimate)}`).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(Number(estimate))));
    }
  });
});
