import type { Moderation, RegressionFit } from '../models/regression/index.js';
import { importancePerformance, SLOPE_IMPORTANCE } from '../models/regression/importancePerformance.js';
import { coefficientPlot } from '../report/charts/coefficientPlot.js';
import type { ChartOptions } from '../report/charts/chartStyle.js';
import { correlationHeatmap } from '../report/charts/correlationHeatmap.js';
import { histogram } from '../report/charts/histogram.js';
import { importancePerformanceMap } from '../report/charts/importancePerformanceMap.js';
import { likertBars } from '../report/charts/likertBars.js';
import { johnsonNeymanPlot, slopesPlot } from '../report/charts/moderationPlots.js';
import { residualPlots } from '../report/charts/residualPlots.js';
import { screePlot } from '../report/charts/screePlot.js';
import type { VegaLiteChart } from '../report/charts/vegaLite.js';
import { fail } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import { correlate } from '../statistics/correlate/correlate.js';
import { efa } from '../statistics/factor/efa.js';
import { expandConstructs, scoredVariables } from '../statistics/variables.js';
import type { Survey } from '../survey/survey.js';
import { surveyLabel } from './constructLabels.js';
import { defineMagic, type Magic, type MagicCall, type MagicContext } from './magic.js';
import { bindResult, boundResult, codeOf, RESULT_OPTION } from './namedResult.js';
import { fitArgument, isSurvey, surveyArgument, textOption } from './resolve.js';
import { STYLE_OPTIONS } from './shown.js';

const KINDS = ['histogram', 'likert', 'heatmap', 'scree', 'residuals', 'coefficients', 'slopes', 'regions', 'importance'] as const;
type Kind = (typeof KINDS)[number];

/** What each kind draws and from what, for help and errors. */
const MEANING: Readonly<Record<Kind, string>> = {
  histogram: 'distribution of each column or construct of a SURVEY, with the normal curve',
  likert: 'stacked bars of the answers to items of a SURVEY',
  heatmap: 'correlations of columns or constructs of a SURVEY',
  scree: 'eigenvalues of items of a SURVEY, with parallel analysis',
  residuals: 'residuals against fitted values and normal Q-Q plot of a REGRESSION',
  coefficients: 'estimates of a FIT with their intervals',
  slopes: 'interaction plot of a MODERATION',
  regions: 'Johnson-Neyman plot of a MODERATION',
  importance: 'importance-performance map of a REGRESSION on constructs: name the survey behind it'
};

function kindOf(call: MagicCall): Kind {
  const word = call.arguments[0] ?? '';
  const found = KINDS.find((kind) => kind === word);
  return found ?? fail('unknown-chart', `\`${word}\` is no kind of chart`, { help: didYouMean(word, KINDS) ?? `one of ${KINDS.join(', ')}` });
}

function constructNames(survey: Survey): readonly string[] | undefined {
  const names = [...survey.codebook.constructs.keys()];
  return names.length > 1 ? names : undefined;
}

function itemNames(survey: Survey, names: readonly string[]): readonly string[] {
  const items = names.length > 0 ? expandConstructs(survey, names) : [...new Set([...survey.codebook.constructs.values()].flatMap((construct) => construct.items))];
  return items.length > 0 ? items : fail('no-items', `the codebook of survey \`${survey.name}\` names no construct`, { help: 'name the items to draw' });
}

function moderationArgument(call: MagicCall, context: MagicContext): Moderation {
  const value = context.lookup(call.arguments[1] ?? '');
  if (typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'moderation') return value as Moderation;
  return fail('not-a-moderation', `\`${call.arguments[1] ?? ''}\` is no moderation`, { help: 'make one first: `%%moderate SURVEY --as moderation`' });
}

function regressionArgument(call: MagicCall, context: MagicContext): RegressionFit {
  const fit = fitArgument(call, context, 1);
  return fit.kind === 'regression' ? (fit as RegressionFit) : fail('not-a-regression', `\`${call.arguments[1]}\` is no linear regression`, { help: 'fit one first: `%%regress SURVEY --as fit`' });
}

function histograms(survey: Survey, names: readonly string[], options: ChartOptions): readonly VegaLiteChart[] {
  const chosen = names.length > 0 ? names : (constructNames(survey) ?? fail('no-variables', 'a histogram needs a column', { help: `for example \`%chart histogram ${survey.name} COLUMN\`` }));
  const label = surveyLabel(survey);
  return scoredVariables(survey, chosen).map(({ name, values }) => histogram(values, { ...options, label: label(name), normal: true }));
}

function drawn(kind: Kind, call: MagicCall, context: MagicContext, options: ChartOptions): readonly VegaLiteChart[] {
  const names = call.arguments.slice(2);
  switch (kind) {
    case 'histogram':
      return histograms(surveyArgument(call, context, 1), names, options);
    case 'likert': {
      const survey = surveyArgument(call, context, 1);
      return [likertBars(survey, itemNames(survey, names), options)];
    }
    case 'heatmap': {
      const survey = surveyArgument(call, context, 1);
      return [correlationHeatmap(correlate(survey, names.length > 0 ? names : constructNames(survey)), options)];
    }
    case 'scree': {
      const survey = surveyArgument(call, context, 1);
      return [screePlot(efa(survey, itemNames(survey, names), { factors: 'parallel' }), options)];
    }
    case 'residuals':
      return [residualPlots(regressionArgument(call, context), options)];
    case 'coefficients': {
      const fit = fitArgument(call, context, 1);
      const rows = fit.tidy().rows.filter((row) => row.term !== '(Intercept)' && (row.op === undefined || row.op === '~'));
      return [coefficientPlot(rows.map((row) => ({ term: String(row.term), estimate: asNumber(row.estimate), confLow: asNumber(row.confLow), confHigh: asNumber(row.confHigh) })), options)];
    }
    case 'slopes':
      return [slopesPlot(moderationArgument(call, context), options)];
    case 'regions':
      return [johnsonNeymanPlot(moderationArgument(call, context), options)];
    case 'importance': {
      const survey = context.lookup(names[0] ?? '');
      if (!isSurvey(survey)) return fail('missing-argument', 'the map needs the survey of the regression, for the mean scores', { help: 'for example `%chart importance fit wom`' });
      return [importancePerformanceMap(importancePerformance(survey, regressionArgument(call, context)).rows, { ...options, importance: SLOPE_IMPORTANCE })];
    }
  }
}

function asNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** `%chart KIND SOURCE [names]`. */
export const chartMagic: Magic = defineMagic({
  name: 'chart',
  forms: ['line'],
  summary: 'draw a chart: histogram, Likert bars, correlation heat map, scree, residuals, coefficients, interaction, importance-performance map',
  manual: KINDS.map((kind) => `- \`${kind}\`: ${MEANING[kind]}`).join('\n'),
  arguments: [
    { name: 'kind', kind: 'text', summary: `kind of chart: ${KINDS.join(', ')}`, choices: KINDS },
    { name: 'source', kind: 'variable', summary: 'the survey, fit or moderation that is drawn' },
    { name: 'names', kind: 'column', summary: 'columns or constructs, when a survey is drawn', optional: true, rest: true }
  ],
  options: { ...RESULT_OPTION, lang: STYLE_OPTIONS.lang },
  example: '%chart likert wom EXP FUN --lang zh',
  binds: (call) => boundResult(call, 'readonly VegaLiteChart[]'),
  run(call, context) {
    const lang = textOption(call, 'lang') as ChartOptions['lang'];
    const charts = drawn(kindOf(call), call, context, lang ? { lang } : {});
    return { ...bindResult(call, charts), show: charts };
  },
  code(call) {
    const [, source, ...names] = call.arguments;
    const list = JSON.stringify(names);
    const lang = textOption(call, 'lang');
    const options = lang === undefined || lang === 'en' ? {} : { lang };
    switch (kindOf(call)) {
      case 'histogram':
        return codeOf(call, 'histogram', [`${source}.numeric(${JSON.stringify(names[0] ?? '')})`], { ...options, normal: true });
      case 'likert':
        return codeOf(call, 'likertBars', [source, list], options);
      case 'heatmap':
        return codeOf(call, 'correlationHeatmap', [`correlate(${source}, ${list})`], options);
      case 'scree':
        return codeOf(call, 'screePlot', [`efa(${source}, ${list}, { factors: 'parallel' })`], options);
      case 'residuals':
        return codeOf(call, 'residualPlots', [source], options);
      case 'coefficients':
        return codeOf(call, 'coefficientPlot', [`${source}.coefficients`], options);
      case 'slopes':
        return codeOf(call, 'slopesPlot', [source], options);
      case 'regions':
        return codeOf(call, 'johnsonNeymanPlot', [source], options);
      case 'importance':
        return codeOf(call, 'importancePerformanceMap', [`importancePerformance(${names[0] ?? 'survey'}, ${source}).rows`], options);
    }
  }
});
