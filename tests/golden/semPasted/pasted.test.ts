import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../kernel/src/cli/jobs/sem.js';
import { compare, type Answer, type Expected, type ToleranceOf } from '../sem/compare.js';
import type { Deviation } from '../sem/deviations.js';

/** Data of the jobs lie beside the other models'. */
const folder = new URL('../sem/', import.meta.url);
const io: JobIo = { readFile: (path) => readFile(new URL(path, folder)), now: () => performance.now() };

const DEVIATIONS: readonly Deviation[] = [
  { id: /^tutorial-fixed-intercepts$/, name: /^rfi$/, tolerance: null, reason: 'a model worse than independence: lavaan prints 1, the value of a perfect fit; ours is absent' },
  { id: /^differential-items$/, name: /^rmsea.ci.upper.scaled$/, tolerance: null, reason: 'fewer than one degree of freedom after scaling (0.97): lavaan prints an upper limit of 0 above which the estimate lies; ours is that of the noncentral χ²' },
  { id: /^ordinal-groups-partial$/, name: /^(cfi|tli|nnfi|rni)\.robust$/, tolerance: null, reason: 'several groups, see ../semOrdinalGroups' }
];

interface Residuals {
  readonly names: readonly string[];
  readonly cov: readonly (readonly number[])[];
}

interface Golden {
  readonly lavaan: string;
  readonly models: readonly { readonly id: string; readonly job: Readonly<Record<string, unknown>>; readonly expected: Expected & { readonly residuals?: readonly Residuals[] } }[];
}

const { lavaan, models } = JSON.parse(readFileSync(new URL('expected/pasted.json', import.meta.url), 'utf8')) as Golden;

const toleranceOf = (id: string, base: number): ToleranceOf => (name) => {
  for (const deviation of DEVIATIONS) if (deviation.id?.test(id) && deviation.name.test(name)) return deviation.tolerance;
  if (/^rmsea.(ci|notclose|pvalue)/.test(name)) return Math.max(1e-5, base * 10);
  // p-values and z magnify the differences of estimate and error, which are compared themselves
  if (/ (z|p)$/.test(name)) return Math.max(1e-4, base * 100);
  return /pvalue/.test(name) ? base * 100 : base;
};

describe('models as they are pasted', () => {
  it.each(models.map((model) => [model.id, model] as const))(`%s agrees with lavaan ${lavaan}`, async (id, { job, expected }) => {
    const answer = (await answerJob(command, expected.residuals ? { ...job, want: ['residuals'] } : job, io)).answer as Answer & { readonly residuals?: { readonly raw: readonly Residuals[] } };
    expect(compare(answer, expected, toleranceOf(id, /ordinal/.test(id) ? 1e-4 : /robust|items|yuan/.test(id) ? 1e-5 : 1e-6))).toEqual([]);
    expected.residuals?.forEach(({ names, cov }, g) => {
      const own = answer.residuals?.raw[g] as Residuals;
      cov.forEach((row, i) => row.forEach((value, j) => expect(own.cov[own.names.indexOf(names[i])][own.names.indexOf(names[j])], `${g} ${names[i]} ${names[j]}`).toBeCloseTo(value, 5)));
    });
  });
});
