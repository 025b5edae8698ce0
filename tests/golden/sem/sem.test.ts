import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../kernel/src/cli/jobs/sem.js';
import { compare, type Answer, type Expected, type ToleranceOf } from './compare.js';
import { DEVIATIONS, OPEN } from './deviations.js';

const folder = new URL('./', import.meta.url);
const io: JobIo = { readFile: (path) => readFile(new URL(path, folder)), now: () => performance.now() };

/** Relative tolerance of each family, where lavaan's own solution is exact to more. */
const FAMILIES = { normal: 1e-6, groups: 1e-6, missing: 1e-6, robust: 1e-5, design: 1e-5, categorical: 1e-4, exploratory: 1e-4 } as const;

interface Golden {
  readonly lavaan: string;
  readonly models: readonly { readonly id: string; readonly job: Readonly<Record<string, unknown>>; readonly expected: Expected }[];
}

const golden = (family: string): Golden => JSON.parse(readFileSync(new URL(`expected/${family}.json`, folder), 'utf8')) as Golden;

/** lavaan finds the limits of RMSEA's interval by a root search that stops early. */
const RMSEA_LIMIT = 1e-5;

function tolerances(family: keyof typeof FAMILIES, id: string): ToleranceOf {
  return (name) => {
    for (const deviation of [...OPEN, ...DEVIATIONS]) if ((!deviation.family || deviation.family.test(family)) && (!deviation.id || deviation.id.test(id)) && deviation.name.test(name)) return deviation.tolerance;
    if (name.startsWith('rmsea.ci') || name.startsWith('rmsea.notclose') || name.startsWith('rmsea.pvalue')) return Math.max(RMSEA_LIMIT, FAMILIES[family] * 10);
    // p-values and z magnify the differences of estimate and error, which are compared themselves
    if (/ (z|p)$/.test(name)) return Math.max(1e-4, FAMILIES[family] * 100);
    if (/pvalue/.test(name)) return FAMILIES[family] * 100;
    return FAMILIES[family];
  };
}

async function answer(job: unknown): Promise<Answer> {
  return (await answerJob(command, job, io)).answer as Answer;
}

describe.each(Object.keys(FAMILIES) as (keyof typeof FAMILIES)[])('%s models', (family) => {
  const { models, lavaan } = golden(family);
  it.each(models.map((model) => [model.id, model] as const))(`%s agrees with lavaan ${lavaan}`, async (id, model) => {
    expect(compare(await answer(model.job), model.expected, tolerances(family, id))).toEqual([]);
  });
});

describe('the goldens', () => {
  it('are more than 180 models at optima polished by Newton steps', () => {
    const models = Object.keys(FAMILIES).flatMap((family) => golden(family).models);
    expect(models.length).toBeGreaterThan(180);
    const gradients = models.map((model) => model.expected.gradient).filter((gradient): gradient is number => gradient !== null);
    expect(gradients.length).toBeGreaterThan(170);
    expect(Math.max(...gradients)).toBeLessThan(1e-9);
  });

  it('have no robust index where ordinal and continuous variables meet', async () => {
    const { models } = golden('categorical');
    const { fitMeasures } = await answer(models.find(({ id }) => id === 'wlsmv-mixed')?.job);
    expect(fitMeasures).toHaveProperty('cfi.scaled');
    for (const [name, value] of Object.entries(fitMeasures)) if (name.endsWith('.robust')) expect(value).toBeNull();
  });

  it('are seen to fail when any kind of number is changed', async () => {
    const { models } = golden('normal');
    const [model] = models;
    const own = await answer(model.job);
    const strict = tolerances('normal', model.id);
    expect(compare(own, model.expected, strict)).toEqual([]);
    const bump = (values: readonly (number | string | null)[]): (number | string | null)[] => values.map((value) => (typeof value === 'number' ? value * 1.00001 + 1e-7 : value));
    const changed: Expected[] = [
      ...['est', 'se', 'ci.lower', 'std.all', 'std.lv'].map((column) => ({ ...model.expected, parameters: { ...model.expected.parameters, [column]: bump(model.expected.parameters[column]) } })),
      ...['chisq', 'cfi', 'rmsea', 'srmr', 'gfi', 'aic'].map((name) => ({ ...model.expected, fitMeasures: { ...model.expected.fitMeasures, [name]: (model.expected.fitMeasures[name] ?? 0) * 1.00001 } })),
      { ...model.expected, modindices: { ...model.expected.modindices, mi: bump(model.expected.modindices?.['mi'] ?? []) } as Expected['modindices'] } as Expected,
      { ...model.expected, standardized: { ...model.expected.standardized, se: bump(model.expected.standardized?.['se'] ?? []) } as Expected['standardized'] } as Expected
    ];
    for (const expected of changed) expect(compare(own, expected, strict).length).toBeGreaterThan(0);
  });
});
