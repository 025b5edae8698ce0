import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { magics } from '../../../src/magics/index.js';
import type { MagicCall, MagicContext, MagicResult } from '../../../src/magics/magic.js';
import { preparedSurvey } from '../../../src/magics/preparedSurvey.js';
import type { Mediation, Moderation, LogisticFit } from '../../../src/models/regression/index.js';
import { mediate } from '../../../src/models/regression/index.js';
import { regressionTasks } from '../../../src/models/regression/tasks.js';
import type { VegaLiteChart } from '../../../src/report/charts/vegaLite.js';
import { renderChartSvg } from '../../../src/report/charts/renderChartSvg.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import type { FitSummaryPayload } from '../../../src/shared/mime/fitSummary.js';
import { womStudy } from '../../../src/studies/wom.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { parseHeader } from '../../../kernel/src/magics/parseHeader.js';

const file = join(dirname(fileURLToPath(import.meta.url)), '../../../notebooks/data/wom.sav');
const wom = preparedSurvey(womStudy, await readSurvey(readFileSync(file), { name: 'wom.sav' }));
const scope = new Map<string, unknown>([['wom', wom]]);
const shownLines: string[] = [];
const context = {
  lookup: (name: string) => scope.get(name),
  names: () => [...scope.keys()],
  magics,
  now: () => 0,
  signal: new AbortController().signal,
  display: () => (next: { data: Record<string, unknown> }) => void shownLines.push(String(next.data['text/plain']))
} as unknown as MagicContext;

function callOf(text: string): { readonly magic: (typeof magics)[number]; readonly call: MagicCall } {
  const [header, ...body] = text.split('\n');
  const form = header.startsWith('%%') ? 'cell' : 'line';
  const word = /^%+(\w+)/.exec(header)?.[1] ?? '';
  const magic = magics.find(({ name }) => name === word);
  if (!magic) throw new Error(`no magic ${word}`);
  const { call, diagnostics } = parseHeader(magic, form, header, header.indexOf(word) + word.length, body.join('\n'));
  if (diagnostics.length > 0) throw new SurveyError(diagnostics);
  return { magic, call };
}

async function run(text: string): Promise<MagicResult> {
  const { magic, call } = callOf(text);
  const promised = Object.keys(magic.binds?.(call) ?? {});
  const result = await magic.run(call, context);
  expect(Object.keys(result.bind ?? {})).toEqual(promised);
  for (const [name, value] of Object.entries(result.bind ?? {})) scope.set(name, value);
  return result;
}

function titles({ show }: MagicResult): readonly string[] {
  return show.flatMap((one) => ((one as Partial<FitSummaryPayload>).tables ?? []).map(({ table }) => table.title.en));
}

describe('the magics of SPSS’s menus', () => {
  it.each([
    ['%crosstab wom gender by years --as cross', 'crosstab', ['Chi-square tests']],
    ['%crosstab wom gender years', undefined, ['Chi-square tests']],
    ['%compare wom by gender --ranks --of WOM --as ranks', 'rank-comparison', ['Rank tests by gender']],
    ['%compare wom by years --ranks --of WOM', undefined, ['Dunn’s pairwise comparisons']],
    ['%compare wom --value 3 --of FUN,CRE --as against', 'mean-tests', ['One-sample t tests against 3']],
    ['%pairs wom SELF ALT --as pair', 'pair-comparisons', ['Paired-samples t tests']],
    ['%describe wom EXP --normality --as normal', 'normality', ['Tests of normality']],
    ['%describe wom gender --frequencies --as counts', 'frequencies', []],
    ['%reliability wom EXP --item-analysis --as items', 'item-analysis', ['Item analysis by extreme groups']],
    ['%validity wom --harman --as harman', 'harman-test', ['Harman’s single-factor test']],
    ['%anova wom WOM by gender years with EXP --as two', 'factorial-anova', []],
    ['%missing wom --as gaps', 'missingReport', ['Little’s test of missingness completely at random (MCAR)']],
    ['%correlate wom EXP1 EXP2 --method polychoric --as latent', 'correlations', []]
  ] as const)('%s', async (text, kind, expected) => {
    const result = await run(text);
    if (kind !== undefined) expect((Object.values(result.bind ?? {})[0] as { kind: string }).kind).toBe(kind);
    for (const title of expected) expect(titles(result)).toContain(title);
    expect(result.show.length).toBeGreaterThan(0);
  });

  it('a group and a value at once, a missing group, two ways at once are refused with the way out', async () => {
    await expect(run('%compare wom by gender --value 3')).rejects.toThrow(/not over groups/);
    await expect(run('%compare wom')).rejects.toThrow(/%pairs/);
    await expect(run('%describe wom --frequencies --normality')).rejects.toThrow(/one of/);
    await expect(run('%pairs wom SELF')).rejects.toThrow(/two by two/);
    await expect(run('%anova wom WOM by gender with')).rejects.toThrow(/no covariate follows/);
    await expect(run('%reliability wom --item-analysis')).rejects.toThrow(/one scale/);
  });
});

describe('%%moderate', () => {
  it('takes constructs, covariates and probes, and draws slopes and regions', async () => {
    const { bind, show } = await run('%%moderate wom --probe percentiles --as mod\nWOM ~ EXP * FUN + gender');
    const { spec, slopes } = bind?.mod as Moderation;
    expect(spec).toMatchObject({ outcome: 'WOM', predictor: 'EXP', moderator: 'FUN', covariates: ['gender'], probe: 'percentiles' });
    expect(slopes.map(({ probe }) => probe.label.en)).toEqual(['16th percentile', '50th percentile', '84th percentile']);
    expect(show).toHaveLength(3);
    for (const chart of show.slice(1)) expect(await renderChartSvg(chart as VegaLiteChart)).toMatch(/^<svg/);
    for (const kind of ['slopes', 'regions']) expect((await run(`%chart ${kind} mod --lang zh`)).show).toHaveLength(1);
  });

  it('a body that is no moderation says how one is written', async () => {
    await expect(run('%%moderate wom\nWOM ~ EXP + FUN')).rejects.toThrow(/OUTCOME ~ PREDICTOR \* MODERATOR/);
    await expect(run('%%moderate wom\nWOM ~ EXP * FUM')).rejects.toThrow(/FUM/);
  });
});

describe('%%mediate', () => {
  it('gives on threads the bits that mediate gives alone, and leaves a line that tells draws and seed', async () => {
    let jobs = 0;
    const workers = { size: 2, run: (task: string, input: unknown) => Promise.resolve((jobs++, regressionTasks[task](structuredClone(input)))) };
    const { magic, call } = callOf('%%mediate wom --draws 1200 --seed 7 --covariates gender\nEXP → CRE + FUN → WOM');
    const { bind } = await magic.run(call, { ...context, workers } as MagicContext);
    const { effects } = bind?.mediation as Mediation;
    // 500, then what is left in quarters of that
    expect(jobs).toBe(7);
    expect(effects).toEqual(mediate(wom, { predictor: 'EXP', mediators: ['CRE', 'FUN'], outcome: 'WOM', covariates: ['gender'], draws: 1200, seed: 7 }).effects);
    expect(shownLines[shownLines.length - 1]).toBe('1200 draws, seed 7');
  });

  it('models 7 and 14 take a moderator, model 1 is pointed to %%moderate, a chain of two mediators to %%sem', async () => {
    const { bind } = await run('%%mediate wom --draws 200 --model 7 --moderator REL\nEXP -> FUN -> WOM');
    expect((bind?.mediation as Mediation).effects.map(({ kind }) => kind)).toEqual(['indirect', 'indirect', 'indirect', 'index']);
    await expect(run('%%mediate wom --model 1 --moderator REL\nEXP -> FUN -> WOM')).rejects.toThrow(/%%moderate/);
    await expect(run('%%mediate wom\nEXP -> FUN -> CRE -> WOM')).rejects.toThrow(/serial mediators/);
  });

  it('stops at an interrupt', async () => {
    const controller = new AbortController();
    controller.abort();
    const { magic, call } = callOf('%%mediate wom\nEXP -> FUN -> WOM');
    await expect(Promise.resolve(magic.run(call, { ...context, signal: controller.signal } as MagicContext))).rejects.toThrow(/stopped after 0 of 5000 draws/);
  });
});

describe('%%regress', () => {
  it('shows assumption tests and unusual cases when asked', async () => {
    const { show } = await run('%%regress wom --as ols --assumptions --cases\nWOM ~ gender | EXP + REL + FUN + CRE + SELF + ALT');
    expect(titles({ show: show.slice(1) })).toEqual(['Assumptions of the regression', 'Unusual cases']);
  });
});

describe('%%logistic and %%ordinal', () => {
  it('fit and bind, with the chosen event and link', async () => {
    const { bind } = await run('%%logistic wom --event 1 --as log\ngender ~ EXP + REL | FUN');
    expect((bind?.log as LogisticFit).options).toMatchObject({ event: 'male', confLevel: 0.95 });
    const { bind: second } = await run('%%ordinal wom --link probit --as ord\nWOM1 ~ EXP + FUN');
    expect(second?.ord).toMatchObject({ kind: 'ordinal', link: 'probit' });
  });
});

describe('%chart', () => {
  it.each(['%chart histogram wom WOM', '%chart likert wom EXP FUN --lang zh', '%chart heatmap wom', '%chart scree wom', '%chart residuals ols', '%chart coefficients ols', '%chart importance ols wom --lang both'])('%s', async (text) => {
    if (!scope.has('ols')) await run('%%regress wom --as ols\nWOM ~ gender | EXP + REL + FUN + CRE + SELF + ALT');
    const { show } = await run(`${text} --as drawn`);
    expect(show).toHaveLength(1);
    expect(await renderChartSvg(show[0] as VegaLiteChart)).toMatch(/^<svg/);
  });

  it('names the kinds, and says what a kind needs', async () => {
    await expect(run('%chart histgram wom WOM')).rejects.toThrow('did you mean `histogram`?');
    await expect(run('%chart importance ols')).rejects.toThrow(/needs the survey/);
    await expect(run('%chart slopes wom')).rejects.toThrow(/no moderation/);
  });
});
