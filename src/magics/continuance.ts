import { bootstrap } from '../models/sem/bootstrap/bootstrap.js';
import { measurementQuality } from '../models/sem/quality/measurementQuality.js';
import type { SemFit } from '../models/sem/results.js';
import { cfa, sem } from '../models/sem/sem.js';
import { pathDiagram } from '../report/diagram/pathDiagram.js';
import type { Bilingual } from '../shared/table.js';
import { describe } from '../statistics/describe/describe.js';
import { reliabilityOfScales } from '../statistics/reliability/scaleSummary.js';
import { screeningTable } from '../survey/surveyTables.js';
import type { Survey } from '../survey/survey.js';
import { CONTINUANCE_MEASUREMENT_MODEL, CONTINUANCE_MODEL, continuanceSecondOrder, continuanceStudy } from '../studies/continuance.js';
import { studyItems } from '../studies/study.js';
import { judgeAll, verdictTable } from '../studies/verdicts.js';
import { chosenSteps } from './chosenSteps.js';
import { answerWith, modelNames, surveyNames } from './completeNames.js';
import { evidenceOf } from './evidence.js';
import { inBody } from './inBody.js';
import { inspectName } from './inspectName.js';
import { liveProgress } from './liveProgress.js';
import { defineMagic, type Magic, type MagicCall, type MagicContext } from './magic.js';
import { preparedSurvey } from './preparedSurvey.js';
import { numberOption, surveyArgument, textOption } from './resolve.js';
import { AS_OPTION, boundName } from './sem.js';
import { SEM_MAGIC_OPTIONS, semOptionsOf } from './semOptions.js';
import { heading, markdown, shownAnalysis, shownFit, shownTables, STYLE_OPTIONS } from './shown.js';

const STEPS = ['screening', 'items', 'reliability', 'measurement', 'structure', 'mediation', 'verdicts', 'diagram'] as const;
type Step = (typeof STEPS)[number];

/** Wordings of all factors, first and second order. */
const LABELS: ReadonlyMap<string, Bilingual> = new Map([
  ...continuanceStudy.constructs.map(({ name, label }) => [name, label] as const),
  ...continuanceSecondOrder.map(({ name, label }) => [name, label] as const)
]);

async function stepShows(step: Step, call: MagicCall, context: MagicContext, survey: Survey, fit: SemFit): Promise<readonly unknown[]> {
  const constructs = continuanceStudy.constructs.map(({ name }) => name);
  switch (step) {
    case 'screening':
      return survey.screening ? [heading({ en: 'Screening', zh: '问卷筛选' }), shownTables(call, [screeningTable(survey)])] : [];
    case 'items':
      return [heading({ en: 'Items', zh: '描述统计' }), shownAnalysis(call, describe(survey, studyItems(continuanceStudy).map(({ code }) => code)))];
    case 'reliability':
      return [heading({ en: 'Reliability', zh: '信度分析' }), shownAnalysis(call, reliabilityOfScales(survey, constructs))];
    case 'measurement': {
      const measurement = cfa(CONTINUANCE_MEASUREMENT_MODEL, survey, semOptionsOf(call));
      const quality = measurement.convergence.converged ? [shownAnalysis(call, measurementQuality(measurement))] : [];
      return [heading({ en: 'Measurement model', zh: '测量模型' }), shownFit(call, measurement, LABELS, { en: 'Measurement model', zh: '测量模型' }), ...quality];
    }
    case 'structure':
      return [heading({ en: 'Structural model', zh: '结构模型' }), shownFit(call, fit, LABELS, { en: 'Structural model', zh: '结构模型' })];
    case 'mediation': {
      const draws = numberOption(call, 'draws') ?? 2000;
      if (draws === 0 || !fit.convergence.converged || fit.defined.length === 0) return [];
      const progress = liveProgress(context, draws, 'draws');
      const result = await bootstrap(fit, { draws, seed: numberOption(call, 'seed') ?? 1, ...(context.workers ? { workers: context.workers } : {}), signal: context.signal, onProgress: ({ done }) => progress.update(done) });
      progress.finish(`${result.used} of ${result.draws} draws used, seed ${result.seed}`);
      return [heading({ en: 'Mediation', zh: '中介效应' }), shownAnalysis(call, result)];
    }
    case 'verdicts':
      return [heading({ en: 'Verdicts', zh: '假设检验结果' }), shownTables(call, [verdictTable(judgeAll(continuanceStudy.hypotheses, evidenceOf(fit)), 'z', [{ en: `n = ${fit.sample.used}; ${fit.convergence.converged ? `estimator ${String(fit.options.estimator)}` : 'the model did not converge'}.`, zh: `n = ${fit.sample.used}。` }])])];
    case 'diagram':
      return [heading({ en: 'Path diagram', zh: '路径图' }), pathDiagram(fit, { labels: LABELS, lang: 'both', indicators: false })];
  }
}

/** `%%continuance SURVEY`: the continuance study from screening to verdicts; a body replaces the structural model. */
export const continuanceMagic: Magic = defineMagic({
  name: 'continuance',
  forms: ['cell', 'line'],
  summary: 'run the continuance study: screening, reliability, measurement model, structural model, mediation, verdicts, path diagram',
  manual: 'A body replaces the study’s structural model. Columns are named as in the study’s questionnaire; labels and screening rules that the survey’s codebook does not state come from the study.',
  arguments: [{ name: 'survey', kind: 'survey', summary: 'a loaded survey with the columns of the questionnaire' }],
  options: {
    ...AS_OPTION,
    steps: { type: 'string', summary: `steps to show, separated by commas: ${STEPS.join(', ')}; by default all` },
    draws: { type: 'number', summary: 'bootstrap draws of the mediation; 0 leaves it out', default: 2000 },
    ...SEM_MAGIC_OPTIONS,
    ...STYLE_OPTIONS
  },
  example: '%%continuance users --as study --steps structure,verdicts,diagram',
  binds: (call) => ({ [boundName(call)]: 'SemFit' }),
  async run(call, context) {
    const survey = preparedSurvey(continuanceStudy, surveyArgument(call, context));
    const steps = chosenSteps(textOption(call, 'steps'), STEPS);
    const options = semOptionsOf(call);
    const fit = await inBody(call, () => sem(call.body.trim() === '' ? CONTINUANCE_MODEL : call.body, survey, options));
    const show: unknown[] = [markdown(`> ${continuanceStudy.banner.en}\n>\n> ${continuanceStudy.banner.zh ?? ''}`)];
    for (const step of steps) show.push(...(await stepShows(step, call, context, survey, fit)));
    return { bind: { [boundName(call)]: fit }, show };
  },
  code: (call) => `const ${boundName(call)} = sem(${call.body.trim() === '' ? 'CONTINUANCE_MODEL' : JSON.stringify(call.body)}, ${call.arguments[0]})`,
  completeBody: (call, offset, context) => answerWith(call.body, offset, [...modelNames(call.body), ...surveyNames(call, context)]),
  inspectBody: (call, offset, context) => inspectName(call, offset, context)
});
