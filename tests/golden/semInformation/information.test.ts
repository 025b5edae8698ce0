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
  { id: /./, name: /^rfi/, tolerance: null, reason: 'a negative RFI (fit worse per degree of freedom than the independence model) is printed as 1 by lavaan; compared below where it is positive' },
  { id: /^ml-yuan.bentler/, name: /^scaling.factor.h[01]$/, tolerance: null, reason: 'the factors of the two models are given for `yuan.bentler.mplus` only, which is their difference' },
  { id: /^conditional/, name: /^crmr/, tolerance: null, reason: 'as in ../sem/deviations.ts' },
  { id: /^(two|fixed|groups)-(standard|first|robust|yuan).*unstructured/, name: /^[ap]?gfi$/, tolerance: 2e-3, reason: 'incomplete rows: lavaan weighs the residuals of GFI by the unrestricted information here; ours by the one at the implied moments, as without the option' },
  { id: /^(fixed|groups)-(standard|first|robust|yuan)/, name: /^rmsea\.robust$/, tolerance: 3e-5, reason: 'incomplete rows: lavaan stops the EM algorithm of the unrestricted moments early' },
  { id: /^(fixed|groups)-(standard|first|robust|yuan)/, name: /^rmsea\.(ci\.lower|pvalue)\.robust$/, tolerance: 5e-4, reason: 'follow from it' },
  { id: /^path-.*(DWLS|WLSMV)/, name: /^(cfi|tli|nnfi|rni)\.robust$/, tolerance: null, reason: 'as in ../sem/deviations.ts: lavaan prints the unscaled index here' }
];

interface Golden {
  readonly lavaan: string;
  readonly models: readonly { readonly id: string; readonly job: Readonly<Record<string, unknown>>; readonly expected: Expected }[];
}

const golden = (family: string): Golden => JSON.parse(readFileSync(new URL(`expected/${family}.json`, import.meta.url), 'utf8')) as Golden;

function tolerances(id: string, { fitMeasures }: Expected): ToleranceOf {
  const sound = (name: string): boolean => /^rfi/.test(name) && typeof fitMeasures[name] === 'number' && (fitMeasures[name] as number) < 1;
  return (name) => {
    for (const deviation of DEVIATIONS) if ((!deviation.id || deviation.id.test(id)) && deviation.name.test(name) && !sound(name)) return deviation.tolerance;
    if (/^rmsea.(ci|notclose|pvalue)/.test(name)) return 1e-4;
    // p-values and z magnify the differences of estimate and error, which are compared themselves
    return / (z|p)$|pvalue/.test(name) ? 1e-3 : 1e-5;
  };
}

describe.each(['likelihood', 'least-squares', 'moments', 'incomplete'])('options of %s', (family) => {
  const { models, lavaan } = golden(family);
  it.each(models.map((model) => [model.id, model] as const))(`%s agree with lavaan ${lavaan}`, async (id, model) => {
    const { answer } = await answerJob(command, model.job, io);
    expect(compare(answer as Answer, model.expected, tolerances(id, model.expected))).toEqual([]);
  });
});

describe('effects that start at a saddle point', () => {
  it('leave it: a phantom variable fits as the covariance that it stands for', async () => {
    const equivalent = golden('moments').models.find(({ id }) => id === 'phantom-equivalent')?.expected as Expected;
    const syntax = 'f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\nh =~ x7 + x8 + x9\np =~ 0\np ~~ 1*p\nf ~ a*p\ng ~ a*p\nf ~~ 0*g';
    const answer = (await answerJob(command, { fun: 'cfa', syntax, dataFile: 'data/hs.csv' }, io)).answer as Answer;
    for (const name of ['chisq', 'df', 'cfi']) expect(answer.fitMeasures[name]).toBeCloseTo(equivalent.fitMeasures[name] as number, 6);
    expect(answer.warnings).toEqual([]);
  });
});

describe('options that lavaan refuses or ignores', () => {
  const two = 'f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\ng ~ f';
  const run = async (options: Readonly<Record<string, unknown>>): Promise<Answer> => (await answerJob(command, { fun: 'sem', syntax: two, dataFile: 'data/hs.csv', options }, io)).answer as Answer;
  it.each([
    [{ estimator: 'MLR', information: 'first.order' }],
    [{ estimator: 'MLM', information: 'first.order' }],
    [{ estimator: 'MLF', se: 'robust' }],
    [{ estimator: 'GLS', se: 'robust' }],
    [{ estimator: 'GLS', information: 'first.order' }],
    [{ estimator: 'ULS', se: 'robust.huber.white' }],
    [{ estimator: 'DWLS', test: 'yuan.bentler' }],
    [{ missing: 'ml', test: 'yuan.bentler' }],
    [{ 'conditional.x': true, estimator: 'ULS' }],
    [{ 'conditional.x': true, estimator: 'MLM' }],
    [{ 'conditional.x': true, test: 'satorra.bentler' }],
    [{ 'conditional.x': true, missing: 'ml' }]
  ])('%j is refused', async (options) => {
    expect((await run(options)).error?.code).toBe('conflicting-options');
  });
  it('the observed information of least squares is the expected one, and it is said', async () => {
    const [asked, plain] = [await run({ estimator: 'DWLS', information: 'observed' }), await run({ estimator: 'DWLS' })];
    expect(asked.parameterTable).toEqual(plain.parameterTable);
    expect(asked.warnings.map(({ code }) => code)).toContain('expected-information');
  });
});
