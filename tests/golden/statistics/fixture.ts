import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import type { Codebook, VariableInfo } from '../../../src/survey/codebook.js';
import type { Survey } from '../../../src/survey/survey.js';

const folder = new URL('.', import.meta.url);

/** What an R script of this folder wrote. */
export function expected<T>(name: string): T {
  return (JSON.parse(readFileSync(new URL(`expected/${name}.json`, folder), 'utf8')) as { value: T }).value;
}

/** Columns of data.csv; an empty cell is missing. */
export function goldenColumns(): Map<string, number[]> {
  const [header, ...lines] = readFileSync(new URL('data.csv', folder), 'utf8').trim().split('\n');
  const names = header.split(',').map((name) => name.replace(/"/g, ''));
  const cells = lines.map((line) => line.split(','));
  return new Map(names.map((name, j) => [name, cells.map((row) => (row[j] === '' ? NaN : Number(row[j])))]));
}

function variable(name: string, more: Partial<VariableInfo> = {}): [string, VariableInfo] {
  return [name, { name, valueLabels: new Map(), missing: { codes: [] }, ...more }];
}

/** The golden data with a codebook of three constructs and two reverse items. */
export function goldenSurvey(): Survey {
  const codebook: Codebook = {
    variables: new Map([
      variable('EXP4r', { reverse: true, range: { min: 1, max: 5 } }),
      variable('TRU3r', { reverse: true, range: { min: 1, max: 5 } }),
      variable('gender', { label: { en: 'Gender', zh: '性别' }, valueLabels: new Map([[1, { en: 'male', zh: '男' }], [2, { en: 'female', zh: '女' }]]) })
    ]),
    constructs: new Map([
      ['EXP', { name: 'EXP', label: { en: 'Expertise', zh: '专业性' }, items: ['EXP1', 'EXP2', 'EXP3', 'EXP4r'] }],
      ['TRU', { name: 'TRU', items: ['TRU1', 'TRU2', 'TRU3r', 'TRU4'] }],
      ['FUN', { name: 'FUN', items: ['FUN1', 'FUN2', 'FUN3'] }]
    ]),
    notes: []
  };
  return surveyFromColumns(goldenColumns(), { name: 'golden', codebook });
}

/** Agreement to a relative tolerance (absolute below 1); null agrees with null or nothing. */
export function agrees(actual: number | null | undefined, wanted: number | null | undefined, tolerance = 1e-8): boolean {
  if (wanted === null || wanted === undefined) return actual === null || actual === undefined;
  if (typeof actual !== 'number' || !Number.isFinite(actual)) return false;
  return Math.abs(actual - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
}

/** Small numbers (p values) must agree in relative terms too. */
export function expectAgrees(actual: number | null | undefined, wanted: number | null | undefined, what: string, tolerance = 1e-8): void {
  expect(agrees(actual, wanted, tolerance), `${what}: got ${String(actual)}, expected ${String(wanted)}`).toBe(true);
  if (typeof actual === 'number' && typeof wanted === 'number' && wanted !== 0 && Math.abs(wanted) < 1e-3 && Math.abs(wanted) > 1e-200) {
    expect(Math.abs(actual / wanted - 1) < 1e-6, `${what}: got ${actual}, expected ${wanted} (relative)`).toBe(true);
  }
}

/** The golden would notice a change in its seventh digit. */
export function expectSensitive(actual: number | null | undefined, wanted: number): void {
  expect(agrees(actual, wanted === 0 ? 1e-6 : wanted * (1 + 1e-5))).toBe(false);
}
