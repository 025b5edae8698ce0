import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../kernel/src/cli/jobs/sem.js';
import { compare, type Answer, type Expected, type ToleranceOf } from '../sem/compare.js';
import { DEVIATIONS } from './deviations.js';

const folder = new URL('./', import.meta.url);
const io: JobIo = { readFile: (path) => readFile(new URL(path, folder)), now: () => performance.now() };

interface Golden {
  readonly lavaan: string;
  readonly models: readonly { readonly id: string; readonly job: Readonly<Record<string, unknown>>; readonly expected: Expected }[];
}

const golden = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Golden;

/** lavaan's thresholds and correlations stop at this. */
const TOLERANCE = 1e-4;

function tolerances(id: string): ToleranceOf {
  return (name) => {
    for (const deviation of DEVIATIONS) if ((deviation.id?.test(id) ?? true) && deviation.name.test(name)) return deviation.tolerance;
    if (name.startsWith('rmsea.')) return TOLERANCE * 10;
    return / (z|p)$|pvalue/.test(name) ? TOLERANCE * 100 : TOLERANCE;
  };
}

describe('ordinal models over groups and estimators', () => {
  it.each(golden.models.map((model) => [model.id, model] as const))(`%s agrees with lavaan ${golden.lavaan}`, async (id, { job, expected }) => {
    const answer = (await answerJob(command, job, io)).answer as Answer;
    expect(compare(answer, expected, tolerances(id))).toEqual([]);
  });

  it('are at optima polished by Newton steps', () => {
    const polished = golden.models.filter(({ id }) => !id.startsWith('efa-'));
    for (const { expected } of polished) expect(expected.gradient).toBeLessThan(1e-9);
    expect(polished.length).toBe(79);
  });
});
