import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../kernel/src/cli/jobs/sem.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { bootstrap } from '../../../src/models/sem/bootstrap/bootstrap.js';
import { factorScores } from '../../../src/models/sem/questions/factorScores.js';
import { cfa, sem } from '../../../src/models/sem/sem.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { compare, type Answer, type Expected, type ToleranceOf } from '../sem/compare.js';
import { DEVIATIONS } from './deviations.js';

const folder = new URL('./', import.meta.url);
const io: JobIo = { readFile: (path) => readFile(new URL(path, folder)), now: () => performance.now() };

interface Golden {
  readonly lavaan: string;
  readonly models: readonly { readonly id: string; readonly job: Readonly<Record<string, unknown>>; readonly expected: Expected }[];
  readonly scores: readonly Scored[];
  readonly bootstrap: { readonly draws: number; readonly names: readonly string[]; readonly sd: readonly number[] };
}

interface Scored {
  readonly id: string;
  readonly method: 'EBM' | 'ML';
  readonly syntax: string;
  readonly data: string;
  readonly fun: 'cfa' | 'sem';
  readonly options: Readonly<Record<string, unknown>>;
  readonly names: readonly string[];
  /** The first rows of every group. */
  readonly groups: readonly (readonly (readonly number[])[])[];
}

const golden = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Golden;

/** lavaan's thresholds and correlations stop at this. */
const TOLERANCE = 1e-4;

function tolerances(id: string): ToleranceOf {
  return (name) => {
    for (const deviation of DEVIATIONS) if (deviation.id?.test(id) && deviation.name.test(name)) return deviation.tolerance;
    if (name.startsWith('rmsea.')) return TOLERANCE * 10;
    return / (z|p)$|pvalue/.test(name) ? TOLERANCE * 100 : TOLERANCE;
  };
}

describe('ordinal models', () => {
  it.each(golden.models.map((model) => [model.id, model] as const))(`%s agrees with lavaan ${golden.lavaan}`, async (id, { job, expected }) => {
    const answer = (await answerJob(command, job, io)).answer as Answer;
    expect(compare(answer, expected, tolerances(id))).toEqual([]);
  });

  it('are at optima polished by Newton steps', () => {
    for (const { expected } of golden.models) expect(expected.gradient).toBeLessThan(1e-9);
  });
});

/** lavaan minimizes row by row, without derivatives, and stops at this. */
const SCORE_TOLERANCE = 5e-4;
/** A likelihood without a maximum: lavaan stops somewhere out there. */
const FAR = 4;

describe('factor scores of ordinal models', () => {
  it.each(golden.scores.map((each) => [each.id, each] as const))(`%s agrees with lavaan ${golden.lavaan}`, async (_, { method, syntax, data, fun, options, names, groups }) => {
    const survey = await readSurvey(new Uint8Array(readFileSync(new URL(`data/${data}.csv`, folder))), { name: `${data}.csv` });
    const found = factorScores({ cfa, sem }[fun](syntax, survey, optionsFromDotted(options)), method);
    expect(found.method).toBe(method);
    expect(found.latent).toEqual(names);
    let compared = 0;
    groups.forEach((rows, g) => {
      rows.forEach((row, i) => {
        row.forEach((value, f) => {
          const own = found.groups[g].scores[i * names.length + f];
          if (Number.isNaN(own)) return expect(Math.abs(value)).toBeGreaterThan(FAR);
          compared++;
          expect(Math.abs(own - value)).toBeLessThan(SCORE_TOLERANCE);
          expect(found.groups[g].rowErrors?.[i * names.length + f]).toBeGreaterThan(0);
        });
      });
    });
    expect(compared).toBeGreaterThan(0.8 * groups.flat(2).length);
  });
});

it('bootstrap of an ordinal model: the spread of 800 draws is that of lavaan’s draws, but for chance', async () => {
  const survey = await readSurvey(new Uint8Array(readFileSync(new URL('data/ordinal.csv', folder))), { name: 'ordinal.csv' });
  const result = await bootstrap(cfa('f =~ u1 + u2 + u3 + u4', survey, { ordered: ['u1', 'u2', 'u3', 'u4'] }), { draws: 800, seed: 3 });
  expect(result.used).toBe(800);
  const { names, sd, draws } = golden.bootstrap;
  // a standard deviation of R draws has a relative standard error near 1/√(2R): five of them
  const chance = 5 * Math.sqrt(1 / (2 * draws) + 1 / 1600);
  names.forEach((name, i) => {
    const own = result.estimates.find(({ lhs, op, rhs }) => `${lhs}${op}${rhs}` === name);
    expect(Math.abs((own?.stdError ?? NaN) / sd[i] - 1)).toBeLessThan(chance);
  });
});
