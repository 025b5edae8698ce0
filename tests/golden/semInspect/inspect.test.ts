import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../kernel/src/cli/jobs/sem.js';
import { parameterGradient } from '../../../src/models/sem/questions/inspectFit.js';
import { cfa, growth, sem } from '../../../src/models/sem/sem.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import expected from './expected.json';

const folder = new URL('../sem/', import.meta.url);
const io: JobIo = { readFile: (path) => readFile(new URL(path, folder)), now: () => performance.now() };
const functions = { sem, cfa, growth };

interface Square {
  readonly names: readonly string[];
  readonly values: readonly (readonly number[])[];
}
interface Moments {
  readonly names: readonly string[];
  readonly cov: readonly (readonly number[])[];
  readonly mean?: unknown;
}
interface Answer {
  readonly vcov: Square;
  readonly information: Square;
  readonly sampstat: readonly Moments[];
  readonly implied: readonly Moments[];
  readonly start: readonly { readonly lhs: string; readonly op: string; readonly rhs: string; readonly group: number; readonly start: number }[];
  readonly parameterTable: readonly { readonly lhs: string; readonly op: string; readonly rhs: string; readonly group: number; readonly est: number; readonly se: number | null }[];
  readonly converged: boolean;
  readonly fitMeasures: Readonly<Record<string, number | null>>;
  readonly warnings: readonly { readonly code: string }[];
}

/** Largest difference of two matrices whose rows carry names, relative to the roots of the diagonal. */
function apart(own: Square, other: Square): number {
  expect([...own.names].sort()).toEqual([...other.names].sort());
  const place = other.names.map((name) => own.names.indexOf(name));
  let most = 0;
  other.values.forEach((row, i) => row.forEach((value, j) => (most = Math.max(most, Math.abs(own.values[place[i]][place[j]] - value) / Math.sqrt(Math.abs(other.values[i][i] * other.values[j][j]) || 1)))));
  return most;
}

function momentsApart(own: readonly Moments[], other: readonly Moments[]): number {
  return Math.max(...other.map(({ names, cov, mean }, g) => {
    const place = names.map((name) => own[g].names.indexOf(name));
    const ownMeans = own[g].mean as readonly number[] | undefined;
    const means = Array.isArray(mean) ? (mean as readonly number[]).map((value, i) => Math.abs((ownMeans?.[place[i]] ?? NaN) - value)) : [0];
    return Math.max(apart({ names: own[g].names, values: own[g].cov }, { names, values: cov }), ...means);
  }));
}

describe('what a fit is made of', () => {
  it.each(expected.cases.map((each) => [each.id, each] as const))('%s: covariance and information of the estimates, sample and implied moments agree with lavaan', async (id, { syntax, data, fun, options, vcov, information, sampstat, implied }) => {
    const answer = (await answerJob(command, { fun, syntax, dataFile: `data/${data}.csv`, options, want: ['vcov', 'information', 'sampstat', 'implied'] }, io)).answer as unknown as Answer;
    // parameters with one label have one name, and lavaan writes them one by one: equal rows
    const unique = new Set(vcov.names).size === vcov.names.length;
    if (unique) expect(apart(answer.vcov, vcov)).toBeLessThan(1e-5);
    else expect([answer.vcov.names, answer.vcov.values.length]).toEqual([vcov.names, vcov.values.length]);
    if (unique && !('group.equal' in options)) expect(apart(answer.information, information)).toBeLessThan(1e-5);
    // saturated moments of incomplete rows: lavaan's EM stops at 1e-5
    expect(momentsApart(answer.sampstat, sampstat as readonly Moments[])).toBeLessThan(id === 'incomplete' ? 1e-4 : 1e-8);
    expect(momentsApart(answer.implied, implied as readonly Moments[])).toBeLessThan(1e-6);
  });

  it.each(expected.started.map((each) => [each.id, each] as const))('%s, not estimated: values, implied moments and gradient are lavaan’s, and nothing is claimed', async (_, { syntax, data, fun, options, est, implied, names, gradient }) => {
    const answer = (await answerJob(command, { fun, syntax, dataFile: `data/${data}.csv`, options: { ...options, 'do.fit': false }, want: ['start', 'implied'] }, io)).answer as unknown as Answer;
    expect(answer.converged).toBe(false);
    expect(answer.warnings.map(({ code }) => code)).toContain('not-estimated');
    expect(answer.parameterTable.every(({ se }) => se === null || se === 0)).toBe(true);
    expect(answer.fitMeasures['chisq'] ?? null).toBeNull();
    const wrong = est.lhs.flatMap((lhs, i) => {
      const same = (row: { readonly lhs: string; readonly op: string; readonly rhs: string; readonly group: number }): boolean => row.lhs === lhs && row.op === est.op[i] && row.rhs === est.rhs[i] && row.group === est.group[i];
      const values = [answer.start.find(same)?.start ?? NaN, answer.parameterTable.find(same)?.est ?? NaN];
      return values.every((value) => Math.abs(value - est.est[i]) < 1e-12) ? [] : [[lhs, est.op[i], est.rhs[i], values, est.est[i]]];
    });
    expect(wrong).toEqual([]);
    expect(momentsApart(answer.implied, implied as readonly Moments[])).toBeLessThan(1e-10);
    const survey = await readSurvey(new Uint8Array(readFileSync(new URL(`data/${data}.csv`, folder))), { name: `${data}.csv` });
    const own = parameterGradient(functions[fun as keyof typeof functions](syntax, survey, optionsFromDotted({ ...options, 'do.fit': false })));
    gradient.forEach((value, i) => expect(Math.abs(own.values[own.names.indexOf(names[i])] - value), names[i]).toBeLessThan(1e-8));
  });
});
