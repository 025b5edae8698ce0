import { describe as suite, expect, it } from 'vitest';
import type { Table } from '../../../src/shared/table.js';
import { createRandom } from '../../../src/numerics/random.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import type { Codebook } from '../../../src/survey/codebook.js';
import type { Survey } from '../../../src/survey/survey.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import type { Analysis } from '../../../src/statistics/analysis.js';
import { crosstab } from '../../../src/statistics/categorical/crosstab.js';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { describe } from '../../../src/statistics/describe/describe.js';
import { frequencies } from '../../../src/statistics/describe/frequencies.js';
import { normality } from '../../../src/statistics/describe/normality.js';
import { efa } from '../../../src/statistics/factor/efa.js';
import { factorability } from '../../../src/statistics/factor/factorability.js';
import { factorialAnova } from '../../../src/statistics/factorial/factorialAnova.js';
import { compare } from '../../../src/statistics/groups/compare.js';
import { comparePairs, compareToValue } from '../../../src/statistics/groups/comparePairs.js';
import { compareRanks } from '../../../src/statistics/ranks/compareRanks.js';
import { itemAnalysis } from '../../../src/statistics/reliability/itemAnalysis.js';
import { reliability } from '../../../src/statistics/reliability/reliability.js';
import { reliabilityOfScales } from '../../../src/statistics/reliability/scaleSummary.js';
import { harmanTest } from '../../../src/statistics/validity/harman.js';
import { scaleValidity } from '../../../src/statistics/validity/scaleValidity.js';

/** Names that break programs which use them as object keys or print them raw. */
const HOSTILE = ['__proto__', 'constructor', 'toString', '<img src=x onerror=alert(1)>', '=1+1'];

function survey(columns: readonly (readonly [string, readonly (number | string | null)[]])[]): Survey {
  const codebook: Codebook = { variables: new Map(), constructs: new Map([['__proto__', { name: '__proto__', items: HOSTILE.slice(0, 3) }], ['hasOwnProperty', { name: 'hasOwnProperty', items: HOSTILE.slice(2, 5) }]]), notes: [] };
  return surveyFromColumns(columns as [string, (number | null)[]][], { name: 'odd', codebook });
}

/** Answers 1 … 5 that share a seeded common part. */
function answers(n: number, stream: number): number[] {
  const common = createRandom(5);
  const own = createRandom(6).fork(stream);
  return Array.from({ length: n }, () => Math.min(5, Math.max(1, Math.round(3 + 0.8 * common.normal() + 0.8 * own.normal()))));
}

const n = 40;
const ordinary = HOSTILE.map((name, k) => [name, answers(n, k).map((value, i) => (i === 3 + k ? null : value))] as const);
const group = ['group', answers(n, 9).map((value) => (value % 3) + 1)] as const;
const word = ['word', answers(n, 4).map((value) => (value > 2 ? 'high' : 'low'))] as const;

type Run = readonly [string, (data: Survey) => Analysis];
const RUNS: readonly Run[] = [
  ['describe', (data) => describe(data, HOSTILE)],
  ['frequencies', (data) => frequencies(data, [...HOSTILE, 'word'])],
  ['reliability', (data) => reliability(data, HOSTILE)],
  ['reliability of scales', (data) => reliabilityOfScales(data)],
  ['item analysis', (data) => itemAnalysis(data, HOSTILE)],
  ['pearson', (data) => correlate(data, HOSTILE)],
  ['scores', (data) => correlate(data, ['hasOwnProperty', '=1+1'])],
  ['kendall', (data) => correlate(data, HOSTILE, { method: 'kendall' })],
  ['polychoric', (data) => correlate(data, HOSTILE, { method: 'polychoric' })],
  ['partial', (data) => correlate(data, HOSTILE.slice(0, 3), { control: ['=1+1'] })],
  ['compare two', (data) => compare(data, HOSTILE, 'word')],
  ['compare many', (data) => compare(data, HOSTILE, 'group', { postHoc: ['lsd', 'tamhane', 'games-howell', 'scheffe'] })],
  ['ranks', (data) => compareRanks(data, HOSTILE, 'group')],
  ['pairs', (data) => comparePairs(data, [['__proto__', 'constructor']])],
  ['value', (data) => compareToValue(data, HOSTILE, 3)],
  ['crosstab', (data) => crosstab(data, 'word', 'group')],
  ['normality', (data) => normality(data, HOSTILE)],
  ['factorability', (data) => factorability(data, HOSTILE)],
  ['efa', (data) => efa(data, HOSTILE, { rotation: 'promax', factors: 2 })],
  ['harman', (data) => harmanTest(data)],
  ['validity', (data) => scaleValidity(data)],
  ['factorial', (data) => factorialAnova(data, '=1+1', ['group', 'word'])]
];

function expectSound(made: Table, what: string): void {
  const keys = made.columns.map((column) => column.key);
  expect(new Set(keys).size, `${what}: keys are unique`).toBe(keys.length);
  for (const { key, starsFrom, zhFrom } of made.columns) {
    expect(HOSTILE, what).not.toContain(key);
    for (const row of made.rows) for (const used of [key, starsFrom, zhFrom]) if (used !== undefined) expect(Object.hasOwn(row, used), `${what}: row has ${used}`).toBe(true);
  }
  for (const row of made.rows) for (const [key, cell] of Object.entries(row)) expect(cell === null || typeof cell === 'string' || typeof cell === 'boolean' || Number.isFinite(cell), `${what}.${key} is ${String(cell)}`).toBe(true);
  expect(JSON.stringify(made), what).not.toMatch(/NaN|undefined|\[object/);
}

suite('every analysis', () => {
  const data = survey([...ordinary, group, word]);
  for (const [name, run] of RUNS) {
    it(`${name}: sound tables from columns with hostile names`, () => {
      const result = run(data);
      expect(Object.isFrozen(result)).toBe(true);
      expectSound(result.tidy(), `${name} tidy`);
      const tables = result.tables();
      expect(tables.length).toBeGreaterThan(0);
      tables.forEach((made, k) => expectSound(made, `${name} table ${k + 1}`));
    });
  }

  /** Data on which numbers run out: no answer may be NaN, and what cannot be done says why. */
  const odd: readonly (readonly [string, readonly (number | null)[]])[] = [
    ['a constant column', Array.from({ length: n }, () => 3)],
    ['a missing column', Array.from({ length: n }, () => null)],
    ['one answer', Array.from({ length: n }, (_, i) => (i === 0 ? 2 : null))],
    ['a copy of another column', ordinary[1][1] as (number | null)[]],
    ['huge numbers', answers(n, 2).map((value) => value * 1e100)],
    ['tiny numbers', answers(n, 2).map((value) => value * 1e-100)]
  ];
  for (const [what, values] of odd) {
    it(`${what}: finite numbers or a SurveyError`, () => {
      const spoiled = survey([[HOSTILE[0], values as (number | null)[]], ...ordinary.slice(1), group, word]);
      for (const [name, run] of RUNS) {
        let result: Analysis | undefined;
        try {
          result = run(spoiled);
        } catch (error) {
          expect(error, `${name}: ${String(error)}`).toBeInstanceOf(SurveyError);
        }
        if (result) [result.tidy(), ...result.tables()].forEach((made, k) => expectSound(made, `${what}, ${name} ${k}`));
      }
    });
  }

  it('small random surveys: finite numbers or a SurveyError', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = createRandom(1000 + seed);
      const rows = random.integer(14);
      const values = random.integer(4) + 1;
      const share = random.uniform() * 0.4;
      const column = (): (number | null)[] => Array.from({ length: rows }, () => (random.uniform() < share ? null : random.integer(values) + (random.uniform() < 0.1 ? 0.5 : 0)));
      const small = survey([...HOSTILE.map((name) => [name, column()] as const), ['group', column()], ['word', Array.from({ length: rows }, () => (random.uniform() < 0.2 ? null : 'ab'[random.integer(2)]))]]);
      for (const [name, run] of RUNS) {
        let result: Analysis | undefined;
        try {
          result = run(small);
        } catch (error) {
          if (!(error instanceof SurveyError)) throw new Error(`${name}, seed ${seed}: ${String(error)}`, { cause: error });
        }
        if (result) [result.tidy(), ...result.tables()].forEach((made, k) => expectSound(made, `seed ${seed}, ${name} ${k}`));
      }
    }
  }, 120_000);
});
