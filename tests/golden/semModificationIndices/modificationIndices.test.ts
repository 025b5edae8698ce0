import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modificationIndices } from '../../../src/models/sem/questions/modificationIndices.js';
import { cfa, growth, sem } from '../../../src/models/sem/sem.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';
import expected from './expected.json';

const surveys = new Map<string, Survey>();
for (const name of ['hs', 'growth', 'political']) surveys.set(name, await readSurvey(new Uint8Array(readFileSync(new URL(`../sem/data/${name}.csv`, import.meta.url))), { name: `${name}.csv` }));
const functions = { sem, cfa, growth };
const key = (...parts: readonly (string | number)[]): string => parts.join(' ');

describe('modification indices', () => {
  it.each(expected.cases.map((each) => [each.id, each] as const))('%s: every row that lavaan lists, with its numbers', (_, { syntax, data, fun, options, rows }) => {
    const fit = functions[fun as keyof typeof functions](syntax, surveys.get(data) as Survey, optionsFromDotted(options));
    const own = new Map(modificationIndices(fit).map((row) => [key(row.lhs, row.op, row.rhs, row.group), row]));
    const wrong: unknown[] = [];
    rows.lhs.forEach((lhs, i) => {
      const [op, rhs, group] = [rows.op[i], rows.rhs[i], rows.group[i]];
      const found = own.get(key(lhs, op, rhs, group)) ?? (op === '~~' ? own.get(key(rhs, op, lhs, group)) : undefined);
      const pairs = [[found?.mi, rows.mi[i]], [found?.epc, rows.epc[i]], [found?.sepcLatent, rows.lv[i]], [found?.sepcAll, rows.all[i]], [found?.sepcNox, rows.nox[i]]];
      // an index near 0 is a square of the gradient that is left
      const near = (a: number | null | undefined, b: number): boolean => Math.abs((a ?? NaN) - b) <= 1e-5 * Math.max(Math.abs(b), 1e-2);
      if (!found || !pairs.every(([a, b]) => near(a, b as number))) wrong.push([lhs, op, rhs, group, pairs]);
    });
    expect(wrong).toEqual([]);
    // of ours that lavaan does not list: regressions of an indicator on a latent variable, its cross-loading
    const listed = new Set(rows.lhs.flatMap((lhs, i) => [key(lhs, rows.op[i], rows.rhs[i], rows.group[i]), ...(rows.op[i] === '~~' ? [key(rows.rhs[i], '~~', lhs, rows.group[i])] : [])]));
    const latent = new Set(fit.table.roles.latent);
    expect([...own].filter(([name, row]) => !listed.has(name) && row.mi > 1e-5 && !(row.op === '~' && latent.has(row.rhs) && !latent.has(row.lhs))).map(([name, { mi }]) => [name, mi])).toEqual([]);
  });
});
