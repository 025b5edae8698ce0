import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../../kernel/src/cli/jobs/sem.js';
import { optionsFromJob } from '../../../../src/models/sem/specification/optionsFromDotted.js';
import { sem } from '../../../../src/models/sem/sem.js';
import { fitSummary } from '../../../../src/report/fitSummary.js';
import { fitSummaryHtml } from '../../../../src/report/fitSummaryHtml.js';
import { escapeHtml } from '../../../../src/report/tables/tableToHtml.js';
import { typedMoments } from '../../../../src/statistics/moments.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import { ANSWERS, DATA, DEMANDS, IMPROPER, MODEL, UNIDENTIFIED, type Nasty } from './nastyCases.js';

const io: JobIo = { readFile: () => Promise.reject(new Error('no file')), now: () => 0 };

interface Answer {
  readonly error?: { readonly code: string; readonly message: string; readonly help?: string };
  readonly converged: boolean;
  readonly admissible: boolean;
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly help?: string }[];
  readonly fitMeasures: Readonly<Record<string, number | null>>;
  readonly parameterTable: readonly { readonly free: number; readonly se: number | null; readonly p: number | null }[];
}

/** Numbers that are none, as they would be printed. */
const NONSENSE = /\bNaN\b|\bInfinity\b|\bundefined\b(?!-value)|\[object/;

function jobOf({ data, sampleCov, n, options, syntax }: Nasty): Readonly<Record<string, unknown>> {
  return { fun: 'sem', syntax: syntax ?? MODEL, ...(sampleCov ? { sampleCov, n } : { data: data ?? ANSWERS }), options: options ?? {} };
}

/** The fit as a notebook shows it. */
function shown({ data, sampleCov, n, options, syntax }: Nasty): string {
  const source = sampleCov ? typedMoments({ names: sampleCov.names, groups: [{ n: n ?? 0, covariance: sampleCov.values }] }) : surveyFromColumns((data ?? ANSWERS) as never);
  const fit = sem(syntax ?? MODEL, source, optionsFromJob(options ?? {}).options);
  return fitSummaryHtml(fitSummary(fit));
}

describe.each([
  ['models that the data do not determine', UNIDENTIFIED],
  ['solutions that no population has', IMPROPER],
  ['rows and columns that a model cannot be fitted to', DATA],
  ['demands that nothing can meet', DEMANDS]
])('%s: coded, named, with a cure, and without a number that means nothing', (_, cases) => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', async (__, nasty) => {
    const answer = (await answerJob(command, jobOf(nasty), io)).answer as Answer;
    const names = nasty.names ?? [];
    if (nasty.error !== undefined) {
      expect(answer.error).toMatchObject({ code: nasty.error });
      const words = `${answer.error?.message} ${answer.error?.help}`;
      for (const name of names) expect(words).toContain(name);
      expect(words).not.toMatch(NONSENSE);
      return;
    }
    expect(answer.error).toBeUndefined();
    const codes = answer.warnings.map(({ code }) => code);
    for (const code of nasty.warns ?? []) expect(codes).toContain(code);
    if (nasty.warns?.length === 0) expect(codes).toEqual([]);
    const words = answer.warnings.map(({ message }) => message).join('\n');
    for (const name of names) expect(words).toContain(name);
    for (const { message, help } of answer.warnings) {
      expect(help, message).toBeTruthy();
      expect(message).not.toMatch(NONSENSE);
    }
    const free = answer.parameterTable.filter((row) => row.free > 0);
    if (nasty.se === 'none') expect(free.every(({ se, p }) => se === null && p === null)).toBe(true);
    if (nasty.se === 'all') expect(free.every(({ se }) => se !== null && se > 0)).toBe(true);
    if (nasty.se === 'some') expect(free.some(({ se }) => se === null)).toBe(true);
    if (nasty.chisq === 'none') for (const name of ['chisq', 'pvalue', 'cfi', 'tli', 'rmsea']) expect(answer.fitMeasures[name] ?? null).toBeNull();
    if (nasty.chisq === 'some') expect(answer.fitMeasures['chisq']).toBeGreaterThanOrEqual(0);
    if (nasty.admissible !== undefined) expect(answer.admissible).toBe(nasty.admissible);
    const page = shown(nasty);
    expect(NONSENSE.exec(page)?.[0]).toBeUndefined();
    for (const { message } of answer.warnings) expect(page.includes(escapeHtml(message)), message).toBe(true);
  });
});
