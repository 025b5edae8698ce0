import { SLOPE_IMPORTANCE } from '../models/regression/importancePerformance.js';
import { sampleNotes } from '../models/regression/tables/sampleNotes.js';
import { importancePerformance, regress, type RegressionFit } from '../models/regression/index.js';
import type { ChartOptions } from '../report/charts/chartStyle.js';
import { residualPlots } from '../report/charts/residualPlots.js';
import type { TableStyle } from '../report/format/tableStyle.js';
import { hypothesisSentence } from '../report/sentences/fitSentences.js';
import { resultSentences } from '../report/sentences/resultSentences.js';
import { screePlot } from '../report/charts/screePlot.js';
import { importancePerformanceMap } from '../report/charts/importancePerformanceMap.js';
import { correlate } from '../statistics/correlate/correlate.js';
import { describe } from '../statistics/describe/describe.js';
import { frequencies } from '../statistics/describe/frequencies.js';
import { sampleProfile } from '../statistics/describe/sampleProfile.js';
import { efa } from '../statistics/factor/efa.js';
import { compare } from '../statistics/groups/compare.js';
import { harmanTest } from '../statistics/validity/harman.js';
import { reliabilityOfScales } from '../statistics/reliability/scaleSummary.js';
import { screeningTable } from '../survey/surveyTables.js';
import type { Survey } from '../survey/survey.js';
import { WOM_FORMULA, womStudy } from '../studies/wom.js';
import { studyItems } from '../studies/study.js';
import { judgeAll, verdictTable } from '../studies/verdicts.js';
import { chosenSteps } from './chosenSteps.js';
import { answerWith, surveyNames } from './completeNames.js';
import { evidenceOf } from './evidence.js';
import { inBody } from './inBody.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { surveyArgument, textOption } from './resolve.js';
import { AS_OPTION, boundName } from './sem.js';
import { heading, markdown, shownAnalysis, shownTables, STYLE_OPTIONS, tableStyle } from './shown.js';
import { preparedSurvey } from './preparedSurvey.js';

/** The steps in the order of the thesis; `--steps` picks some. */
const STEPS = ['screening', 'sample', 'items', 'reliability', 'validity', 'correlation', 'regression', 'groups', 'verdicts', 'advice'] as const;
type Step = (typeof STEPS)[number];

/** Everything that one step shows. */
function stepShows(step: Step, call: MagicCall, survey: Survey, fit: RegressionFit): readonly unknown[] {
  const constructs = womStudy.constructs.map(({ name }) => name);
  const questions = womStudy.questions.map(({ code }) => code).filter((code) => survey.has(code));
  switch (step) {
    case 'screening':
      return survey.screening ? [heading({ en: 'Screening', zh: '问卷筛选' }), shownTables(call, [screeningTable(survey)])] : [];
    case 'sample':
      return questions.length > 0 ? [heading({ en: 'The sample', zh: '样本特征' }), shownTables(call, [sampleProfile(frequencies(survey, questions), survey.validCount)], [], { en: '' }, call.options.sentences === false ? [] : resultSentences(frequencies(survey, questions), tableStyle(call)))] : [];
    case 'items':
      return [heading({ en: 'Items', zh: '描述统计' }), shownAnalysis(call, describe(survey, studyItems(womStudy).map(({ code }) => code)))];
    case 'reliability':
      return [heading({ en: 'Reliability', zh: '信度分析' }), shownAnalysis(call, reliabilityOfScales(survey, constructs))];
    case 'validity': {
      const factors = efa(survey, constructs, { factors: constructs.length, suppress: 0.5 });
      return [heading({ en: 'Validity', zh: '效度分析' }), shownAnalysis(call, factors), screePlot(factors, chartLanguage(call)), shownAnalysis(call, harmanTest(survey, constructs))];
    }
    case 'correlation':
      return [heading({ en: 'Correlations', zh: '相关分析' }), shownAnalysis(call, correlate(survey, constructs))];
    case 'regression':
      return [heading({ en: 'Regression', zh: '回归分析' }), shownAnalysis(call, fit), shownTables(call, fit.assumptions().tables()), residualPlots(fit, chartLanguage(call))];
    case 'groups':
      return [
        heading({ en: 'Differences between groups', zh: '差异分析' }),
        ...['gender', 'years'].filter((by) => survey.has(by)).map((by) => shownAnalysis(call, compare(survey, constructs, by, { postHoc: 'lsd/tamhane' })))
      ];
    case 'verdicts':
      return [heading({ en: 'Verdicts', zh: '假设检验结果' }), verdicts(call, fit)];
    case 'advice':
      return [heading({ en: 'What to improve first', zh: '管理建议' }), ...advice(call, survey, fit)];
  }
}

/** The map and its table; nothing when no predictor is a construct. */
function advice(call: MagicCall, survey: Survey, fit: RegressionFit): readonly unknown[] {
  if (!fit.coefficients.some((row) => row.beta !== null && survey.codebook.constructs.has(row.term))) return [];
  const map = importancePerformance(survey, fit);
  return [importancePerformanceMap(map.rows, { ...chartLanguage(call), importance: SLOPE_IMPORTANCE }), shownAnalysis(call, map)];
}

function chartLanguage(call: MagicCall): ChartOptions {
  const { lang } = tableStyle(call);
  return lang ? { lang } : {};
}

/** The table that closes the thesis, and a sentence per hypothesis. */
function verdicts(call: MagicCall, fit: RegressionFit): unknown {
  const judged = judgeAll(womStudy.hypotheses, evidenceOf(fit));
  const style = tableStyle(call);
  const languages: readonly TableStyle[] = style.lang === 'both' ? [{ ...style, lang: 'zh' }, { ...style, lang: 'en' }] : [style];
  const sentences = call.options.sentences === false ? [] : languages.flatMap((one) => judged.map((verdict) => hypothesisSentence(verdict, { style: one, statistic: 't' })));
  return shownTables(call, [verdictTable(judged, 't', sampleNotes(fit).slice(0, 1))], [], { en: '' }, sentences);
}

/** `%%wom SURVEY`: the word-of-mouth study from raw file to verdicts; a body overrides the formula. */
export const womMagic: Magic = defineMagic({
  name: 'wom',
  forms: ['cell', 'line'],
  summary: 'run the word-of-mouth study: screening, reliability, validity, correlation, regression, group differences, verdicts, advice',
  manual: `A body replaces the study’s formula \`${WOM_FORMULA.replace(/\|/g, '\\|')}\`. Columns are named as in the study’s questionnaire; labels, reversed items and screening rules that the survey’s codebook does not state come from the study.`,
  arguments: [{ name: 'survey', kind: 'survey', summary: 'a loaded survey with the columns of the questionnaire' }],
  options: {
    ...AS_OPTION,
    steps: { type: 'string', summary: `steps to show, separated by commas: ${STEPS.join(', ')}; by default all` },
    ...STYLE_OPTIONS
  },
  example: '%%wom wom --as study --steps regression,verdicts',
  binds: (call) => ({ [boundName(call)]: 'RegressionFit' }),
  async run(call, context) {
    const survey = preparedSurvey(womStudy, surveyArgument(call, context));
    const formula = call.body.trim() === '' ? WOM_FORMULA : call.body;
    const source = { name: `%%${call.magic}`, lineOffset: call.bodyLineOffset };
    const fit = await inBody(call, () => regress(formula, survey, { source }));
    const steps = chosenSteps(textOption(call, 'steps'), STEPS);
    return { bind: { [boundName(call)]: fit }, show: [markdown(`> ${womStudy.banner.en}\n>\n> ${womStudy.banner.zh ?? ''}`), ...steps.flatMap((step) => stepShows(step, call, survey, fit))] };
  },
  code: (call) => `const ${boundName(call)} = regress(${JSON.stringify(call.body.trim() || WOM_FORMULA)}, ${call.arguments[0]})`,
  completeBody: (call, offset, context) => answerWith(call.body, offset, surveyNames(call, context))
});
