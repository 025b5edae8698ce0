import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerJob, type JobIo } from '../../../kernel/src/cli/jobCommand.js';
import { command } from '../../../kernel/src/cli/jobs/sem.js';
import type { Answer } from '../sem/compare.js';

/** A published analysis: what went in, and what was printed. */
interface Printed {
  readonly fit?: Readonly<Record<string, number>>;
  readonly parameters?: readonly { readonly lhs: string; readonly op: string; readonly rhs: string; readonly est?: number; readonly se?: number; readonly z?: number; readonly stdAll?: number }[];
  readonly indirect?: Readonly<Record<string, { readonly est: number }>>;
}
interface Estimation {
  readonly estimator: string;
  readonly likelihood: string;
  readonly information: string;
  readonly meanStructure: boolean;
  readonly fixedX: boolean;
  readonly bootstrap?: number;
  /** How exact the printed numbers are, where their program stopped early. */
  readonly tolerance?: { readonly estAbsolute?: number; readonly estRelative?: number; readonly seRelative?: number };
}
interface Reference {
  readonly title: string;
  readonly n: number;
  readonly variables: readonly string[];
  readonly means?: readonly number[];
  readonly covariances?: readonly (readonly number[])[];
  readonly correlations?: readonly (readonly number[])[];
  readonly sds?: readonly number[];
  readonly model: string;
  readonly estimation: Estimation;
  readonly publishedResults: Printed | null;
  readonly alternativeModels?: readonly { readonly name: string; readonly model?: string; readonly estimation?: Estimation; readonly publishedResults?: Printed }[];
  readonly refit?: Printed & { readonly software?: string };
  readonly verification: { readonly notReproduced: readonly { readonly what: string }[] };
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  npar: ['npar'], loglikH0: ['logl'], loglikH1: ['unrestricted.logl'], aic: ['aic'], bic: ['bic'], sabic: ['bic2'], chisq: ['chisq'], df: ['df'], pvalue: ['pvalue'], rmsea: ['rmsea'],
  rmseaCiLower: ['rmsea.ci.lower'], rmseaCiUpper: ['rmsea.ci.upper'], rmseaPclose: ['rmsea.pvalue'], cfi: ['cfi'], tli: ['tli'], baselineChisq: ['baseline.chisq'], baselineDf: ['baseline.df'], srmr: ['srmr', 'srmr_mplus'],
  gfi: ['gfi'], agfi: ['agfi'], nfi: ['nfi'], rmr: ['rmr']
};

/** Half a unit of the last printed digit; trailing zeros are lost in JSON, so that at least three digits count as printed. */
function half(value: number): number {
  const decimals = /\.(\d+)$/.exec(String(value))?.[1].length ?? 0;
  return 0.5 * 10 ** -Math.max(decimals, 3) * (1 + 1e-6);
}

const folder = new URL('./', import.meta.url);
const io: JobIo = { readFile: () => Promise.reject(new Error('no files')), now: () => 0 };

function jobOf(reference: Reference, model: string, { estimator, likelihood, information, meanStructure, fixedX }: Estimation): unknown {
  const { covariances, correlations, sds } = reference;
  const values = covariances ?? correlations?.map((row, i) => row.map((r, j) => r * (sds?.[i] ?? 1) * (sds?.[j] ?? 1)));
  return {
    fun: 'sem', syntax: model, sampleCov: { names: reference.variables, values }, n: reference.n, ...(meanStructure && reference.means ? { means: reference.means } : {}),
    options: { estimator, likelihood, information, meanstructure: meanStructure, 'fixed.x': fixedX }
  };
}

async function missed(reference: Reference, model: string, estimation: Estimation, printed: Printed): Promise<readonly string[]> {
  const answer = (await answerJob(command, jobOf(reference, model, estimation), io)).answer as Answer;
  if (answer.error) return [answer.error.message];
  const known = new Set(reference.verification.notReproduced.map(({ what }) => what));
  const found: string[] = [];
  const { estAbsolute: absolute, estRelative = 0, seRelative = 0 } = estimation.tolerance ?? {};
  const check = (what: string, own: readonly (number | string | null | undefined)[], value: number, tolerance: number): void => {
    if (!known.has(what) && !own.some((each) => typeof each === 'number' && Math.abs(each - value) <= tolerance)) found.push(`${what}: ${own.join(' / ')} against ${value}`);
  };
  for (const [name, value] of Object.entries(printed.fit ?? {})) {
    const names = NAMES[name];
    // a chi-square of five digits, such as 2131.4
    const digits = value >= 1000 && String(value).replace('.', '').length <= 5 ? 0.05 : half(value);
    if (names && typeof value === 'number') check(name, names.map((each) => answer.fitMeasures[each]), value, Math.max(digits, estRelative * Math.abs(value)));
  }
  for (const row of printed.parameters ?? []) {
    const own = answer.parameterTable.find((each) => each['op'] === row.op && ((each['lhs'] === row.lhs && each['rhs'] === row.rhs) || (row.op === '~~' && each['lhs'] === row.rhs && each['rhs'] === row.lhs)));
    const name = `${row.lhs} ${row.op} ${row.rhs}`.trim();
    if (!own) {
      found.push(`${name} is no row`);
      continue;
    }
    if (row.est !== undefined) check(name, [own['est']], row.est, absolute ?? Math.max(half(row.est), estRelative * Math.abs(row.est)));
    // printed standard errors of a bootstrap depend on its draws
    if (row.se !== undefined && estimation.bootstrap === undefined) check(`se ${name}`, [own['se']], row.se, Math.max(half(row.se), seRelative * row.se));
    if (row.z !== undefined && estimation.bootstrap === undefined) check(`z ${name}`, [own['z']], row.z, Math.max(half(row.z), seRelative * Math.abs(row.z)));
    if (row.stdAll !== undefined) check(`std ${name}`, [own['std.all']], row.stdAll, half(row.stdAll));
  }
  for (const [name, { est }] of Object.entries(printed.indirect ?? {})) check(name, [answer.parameterTable.find((row) => row['op'] === ':=' && row['lhs'] === name)?.['est']], est, absolute ?? half(est));
  return found;
}

const references = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Reference] as const);

describe('every printed figure of a published model comes back', () => {
  it.each(references.filter(([, { publishedResults }]) => publishedResults))('%s', async (_, reference) => {
    expect(await missed(reference, reference.model, reference.estimation, reference.publishedResults as Printed)).toEqual([]);
  });

  const alternatives = references.flatMap(([id, reference]) => (reference.alternativeModels ?? []).filter((each) => each.publishedResults).map((each) => [`${id}: ${each.name}`, reference, each] as const));
  it.each(alternatives)('%s', async (_, reference, alternative) => {
    expect(await missed(reference, alternative.model ?? reference.model, alternative.estimation ?? reference.estimation, alternative.publishedResults as Printed)).toEqual([]);
  });

  it('a changed figure is seen', async () => {
    const [, reference] = references.find(([id]) => id.startsWith('holzinger')) as (typeof references)[number];
    const printed = reference.publishedResults as Printed;
    expect(await missed(reference, reference.model, reference.estimation, { ...printed, fit: { ...printed.fit, chisq: 85.307 } })).toEqual([expect.stringContaining('chisq')]);
  });
});

describe('published matrices without printed results', () => {
  it.each(references.filter(([, { publishedResults }]) => !publishedResults))('%s is fitted', async (_, reference) => {
    const answer = (await answerJob(command, jobOf(reference, reference.model, reference.estimation), io)).answer as Answer;
    expect(answer.error).toBeUndefined();
    expect(answer.converged).toBe(true);
  });
});
