import { table, type Bilingual, type Table, type TableRow } from '../../../shared/table.js';
import { sampleNotes } from '../tables/sampleNotes.js';
import { column, confidenceGroup, CONSTANT, HEADING } from '../tables/wording.js';
import type { CategoricalCoefficient, LogisticFit, OrdinalFit, ParallelLines } from './results.js';

type AnyFit = LogisticFit | OrdinalFit;

const WALD: Bilingual = { en: 'Wald', zh: '瓦尔德' };
const CHI_SQUARE: Bilingual = { en: 'χ²', zh: '卡方' };
const ODDS: Bilingual = { en: 'Exp(B)', zh: 'Exp(B)' };

function all(fit: AnyFit): readonly CategoricalCoefficient[] {
  return fit.kind === 'ordinal' ? [...fit.thresholds, ...fit.coefficients] : fit.coefficients;
}

function level(fit: AnyFit): number {
  return fit.options.confLevel as number;
}

export function categoricalTidy(fit: AnyFit): Table {
  const columns = [
    column('term', HEADING.term, 'text'),
    column('estimate', HEADING.b, 'estimate'),
    column('stdError', HEADING.se, 'estimate'),
    column('statistic', { en: 'z' }, 'number'),
    column('pValue', HEADING.p, 'pValue'),
    column('confLow', HEADING.lower, 'estimate'),
    column('confHigh', HEADING.upper, 'estimate'),
    column('oddsRatio', ODDS, 'estimate'),
    column('oddsLow', HEADING.lower, 'estimate'),
    column('oddsHigh', HEADING.upper, 'estimate')
  ];
  const rows = all(fit).map(({ term, estimate, stdError, statistic, pValue, confLow, confHigh, oddsRatio, oddsLow, oddsHigh }) => ({ term, estimate, stdError, statistic, pValue, confLow, confHigh, oddsRatio, oddsLow, oddsHigh }));
  return table({ en: `Coefficients of \`${fit.formula}\``, zh: '回归系数' }, columns, rows, { notes: sampleNotes(fit) });
}

export function categoricalGlance(fit: AnyFit): Table {
  const { n, logLik, minus2LogLik, nullMinus2LogLik, chiSquare, df, pValue, coxSnell, nagelkerke, mcFadden, aic, bic } = fit.measures;
  const columns = [
    column('n', { en: 'n', zh: '样本量' }, 'integer'),
    column('logLik', { en: 'Log-likelihood', zh: '对数似然' }, 'number'),
    column('minus2LogLik', { en: '−2 log L', zh: '-2 对数似然' }, 'number'),
    column('nullMinus2LogLik', { en: '−2 log L without predictors', zh: '仅截距 -2 对数似然' }, 'number'),
    column('chiSquare', CHI_SQUARE, 'number'),
    column('df', HEADING.df, 'integer'),
    column('pValue', HEADING.p, 'pValue'),
    column('coxSnell', { en: 'Cox & Snell R²', zh: '考克斯-斯奈尔 R 方' }, 'unit'),
    column('nagelkerke', { en: 'Nagelkerke R²', zh: '内戈尔科 R 方' }, 'unit'),
    column('mcFadden', { en: 'McFadden R²', zh: '麦克法登 R 方' }, 'unit'),
    column('aic', { en: 'AIC' }, 'number'),
    column('bic', { en: 'BIC' }, 'number'),
    column('converged', { en: 'Converged', zh: '收敛' }, 'text')
  ];
  return table({ en: `Fit of \`${fit.formula}\``, zh: '模型拟合' }, columns, [{ n, logLik, minus2LogLik, nullMinus2LogLik, chiSquare, df, pValue, coxSnell, nagelkerke, mcFadden, aic, bic, converged: fit.convergence.converged }], { notes: sampleNotes(fit) });
}

function fitNotes(fit: AnyFit): readonly Bilingual[] {
  const { converged, iterations, message } = fit.convergence;
  const modelled: Bilingual[] = fit.kind === 'logistic' ? [{ en: `Modelled: ${fit.response} = ${fit.event.en}.`, zh: `建模事件：${fit.response} = ${fit.event.zh ?? fit.event.en}。` }] : [{ en: `Outcome: ${fit.response}; ${fit.link} link; a positive B speaks for higher classes.`, zh: `因变量：${fit.response}；${fit.link} 联结；B 为正表示更高类别。` }];
  const references = fit.references.map(({ factor, level: reference }) => `${factor} = ${reference.en}`).join(', ');
  return [
    ...modelled,
    ...(references === '' ? [] : [{ en: `Reference levels: ${references}.`, zh: `参照组：${references}。` }]),
    converged ? { en: `Maximum likelihood, converged after ${iterations} iterations.`, zh: `最大似然估计，${iterations} 次迭代后收敛。` } : { en: `NOT CONVERGED: ${message}.`, zh: `未收敛：${message}。` },
    ...sampleNotes(fit)
  ];
}

function omnibus(fit: AnyFit): Table {
  const columns = [column('step', { en: 'Step', zh: '步骤' }, 'text', { zhFrom: 'stepZh' }), column('chiSquare', CHI_SQUARE, 'number'), column('df', HEADING.df, 'integer'), column('p', HEADING.p, 'pValue'), column('minus2', { en: '−2 log L', zh: '-2 对数似然' }, 'number')];
  const blocks: TableRow[] = fit.blocks.length > 1 ? fit.blocks.map(({ block, chiSquare, df, pValue, minus2LogLik }) => ({ step: `Block ${block}`, stepZh: `第 ${block} 块`, chiSquare, df, p: pValue, minus2: minus2LogLik })) : [];
  const { chiSquare, df, pValue, minus2LogLik } = fit.measures;
  return table({ en: 'Omnibus tests of model coefficients', zh: '模型系数的综合检验' }, columns, [...blocks, { step: 'Model', stepZh: '模型', chiSquare, df, p: pValue, minus2: minus2LogLik }], { notes: fitNotes(fit) });
}

function summary(fit: AnyFit): Table {
  const { minus2LogLik, coxSnell, nagelkerke, mcFadden, aic, bic } = fit.measures;
  const columns = [column('minus2', { en: '−2 log L', zh: '-2 对数似然' }, 'number'), column('coxSnell', { en: 'Cox & Snell R²', zh: '考克斯-斯奈尔 R 方' }, 'unit'), column('nagelkerke', { en: 'Nagelkerke R²', zh: '内戈尔科 R 方' }, 'unit'), column('mcFadden', { en: 'McFadden R²', zh: '麦克法登 R 方' }, 'unit'), column('aic', { en: 'AIC' }, 'number'), column('bic', { en: 'BIC' }, 'number')];
  return table({ en: 'Model summary', zh: '模型摘要' }, columns, [{ minus2: minus2LogLik, coxSnell, nagelkerke, mcFadden, aic, bic }], { notes: sampleNotes(fit) });
}

function equation(fit: AnyFit): Table {
  const odds = fit.kind === 'logistic' || fit.link === 'logit';
  const interval = confidenceGroup(level(fit));
  const group: Bilingual = odds ? { en: `${interval.en} for Exp(B)`, zh: `Exp(B) 的 ${interval.zh ?? interval.en}` } : interval;
  const columns = [
    column('term', HEADING.term, 'text', { zhFrom: 'termZh' }),
    column('estimate', HEADING.b, 'estimate'),
    column('stdError', HEADING.se, 'estimate'),
    column('wald', WALD, 'number'),
    column('df', HEADING.df, 'integer'),
    column('p', HEADING.p, 'pValue'),
    ...(odds ? [column('oddsRatio', ODDS, 'estimate')] : []),
    column('low', HEADING.lower, 'estimate', { group }),
    column('high', HEADING.upper, 'estimate', { group })
  ];
  const row = ({ term, display, label, estimate, stdError, wald, pValue, oddsRatio, oddsLow, oddsHigh, confLow, confHigh, aliased }: CategoricalCoefficient): TableRow => ({
    term: display + (aliased ? ' (aliased)' : ''), termZh: (term === '(Intercept)' ? CONSTANT.zh : (label.zh ?? display)) + (aliased ? '（共线，无估计）' : ''), estimate, stdError, wald, df: aliased ? null : 1, p: pValue,
    ...(odds ? { oddsRatio } : {}), low: odds ? oddsLow : confLow, high: odds ? oddsHigh : confHigh
  });
  if (fit.kind === 'logistic') return table({ en: 'Variables in the equation', zh: '方程中的变量' }, columns, fit.coefficients.map(row), { notes: fitNotes(fit) });
  const sections = [{ beforeRow: 0, label: { en: 'Threshold', zh: '阈值' } }, { beforeRow: fit.thresholds.length, label: { en: 'Location', zh: '位置' } }];
  return table({ en: 'Parameter estimates', zh: '参数估计' }, columns, all(fit).map(row), { sections, notes: fitNotes(fit) });
}

/** Pseudo-R² and, of two classes, the area under the ROC curve, each with its interval. */
function strength(fit: AnyFit): Table {
  const { coxSnell, nagelkerke, mcFadden, intervals } = fit.measures;
  const interval = confidenceGroup(level(fit));
  const none = { confLow: null, confHigh: null };
  const rows: TableRow[] = [
    { measure: 'Cox & Snell R²', measureZh: '考克斯-斯奈尔 R 方', estimate: coxSnell, ...(intervals?.coxSnell ?? none) },
    { measure: 'Nagelkerke R²', measureZh: '内戈尔科 R 方', estimate: nagelkerke, ...(intervals?.nagelkerke ?? none) },
    { measure: 'McFadden R²', measureZh: '麦克法登 R 方', estimate: mcFadden, ...(intervals?.mcFadden ?? none) }
  ];
  if (fit.kind === 'logistic') rows.push({ measure: 'Area under the ROC curve', measureZh: 'ROC 曲线下面积', estimate: fit.classification.areaUnderCurve, confLow: fit.classification.areaLow, confHigh: fit.classification.areaHigh });
  const columns = [column('measure', { en: 'Measure', zh: '指标' }, 'text', { zhFrom: 'measureZh' }), column('estimate', { en: 'Estimate', zh: '估计值' }, 'unit', { digits: 3 }), column('confLow', HEADING.lower, 'unit', { digits: 3, group: interval }), column('confHigh', HEADING.upper, 'unit', { digits: 3, group: interval })];
  const area = fit.kind === 'logistic' ? { en: '; of the area after DeLong', zh: '；曲线下面积用 DeLong 法' } : { en: '', zh: '' };
  return table({ en: 'Effect sizes of the model', zh: '模型效应量' }, columns, rows, { notes: [{ en: `Intervals of R² from the noncentral χ² of the likelihood ratio${area.en}.`, zh: `R 方的置信区间基于似然比的非中心卡方分布${area.zh}。` }] });
}

/** Observed and expected counts of the groups behind the Hosmer–Lemeshow test. */
function contingency(fit: LogisticFit, other: Bilingual): Table {
  const rows = fit.hosmerLemeshow.table.map(({ n, observed, expected }, g): TableRow => ({ group: g + 1, otherObserved: n - observed, otherExpected: n - expected, observed, expected, n }));
  const observed = { en: 'Observed', zh: '实测' };
  const expected = { en: 'Expected', zh: '期望' };
  const columns = [column('group', { en: 'Group', zh: '组' }, 'integer'), column('otherObserved', observed, 'integer', { group: other }), column('otherExpected', expected, 'number', { digits: 3, group: other }), column('observed', observed, 'integer', { group: fit.event }), column('expected', expected, 'number', { digits: 3, group: fit.event }), column('n', { en: 'Total', zh: '总计' }, 'integer')];
  return table({ en: 'Contingency table for the Hosmer–Lemeshow test', zh: '霍斯默-莱梅肖检验的列联表' }, columns, rows);
}

/** Brant's Wald test: all slopes, then each predictor. */
function brantTable({ brant }: OrdinalFit): readonly Table[] {
  if (!brant) return [];
  const row = (predictor: string, predictorZh: string, { statistic, df, pValue }: ParallelLines): TableRow => ({ predictor, predictorZh, chiSquare: statistic, df, p: pValue });
  const columns = [column('predictor', HEADING.term, 'text', { zhFrom: 'predictorZh' }), column('chiSquare', CHI_SQUARE, 'number'), column('df', HEADING.df, 'integer'), column('p', HEADING.p, 'pValue')];
  const notes: Bilingual[] = [{ en: 'Null hypothesis: proportional odds, the binary regressions at each threshold have the same slopes.', zh: '原假设：比例优势成立，即各阈值处二分类回归的斜率相同。' }];
  if (brant.statistic === null) notes.push({ en: 'A binary regression has no maximum, or the slopes’ covariance matrix is singular: the test cannot be made.', zh: '某个二分类回归无最大值或斜率协方差矩阵奇异，无法检验。' });
  return [table({ en: 'Brant test', zh: 'Brant 检验' }, columns, [row('All', '全部', brant), ...brant.predictors.map((one) => row(one.display, one.display, one))], { notes })];
}

export function logisticTables(fit: LogisticFit): readonly Table[] {
  const { trueNegative, falsePositive, falseNegative, truePositive, shareCorrect } = fit.classification;
  const other: Bilingual = fit.classes.find((label) => label !== fit.event) ?? { en: 'other' };
  const percent = (right: number, wrong: number): number | null => (right + wrong > 0 ? right / (right + wrong) : null);
  const classification = table(
    { en: 'Classification table', zh: '分类表' },
    [column('observed', { en: 'Observed', zh: '实测' }, 'text', { zhFrom: 'observedZh' }), column('no', other, 'integer', { group: { en: 'Predicted', zh: '预测' } }), column('yes', fit.event, 'integer', { group: { en: 'Predicted', zh: '预测' } }), column('correct', { en: 'Correct', zh: '正确百分比' }, 'percent')],
    [
      { observed: other.en, observedZh: other.zh ?? other.en, no: trueNegative, yes: falsePositive, correct: percent(trueNegative, falsePositive) },
      { observed: fit.event.en, observedZh: fit.event.zh ?? fit.event.en, no: falseNegative, yes: truePositive, correct: percent(truePositive, falseNegative) },
      { observed: 'All', observedZh: '合计', no: trueNegative + falseNegative, yes: falsePositive + truePositive, correct: shareCorrect }
    ],
    { notes: [{ en: 'Cut at .5.', zh: '分界值为 .5。' }, ...sampleNotes(fit)] }
  );
  const { statistic, df, pValue, groups } = fit.hosmerLemeshow;
  const hosmer = table({ en: 'Hosmer–Lemeshow test', zh: '霍斯默-莱梅肖检验' }, [column('chiSquare', CHI_SQUARE, 'number'), column('df', HEADING.df, 'integer'), column('p', HEADING.p, 'pValue')], [{ chiSquare: statistic, df, p: pValue }], { notes: [{ en: `${groups} groups by quantiles of the predicted probability.`, zh: `按预测概率分位数分为 ${groups} 组。` }] });
  return [omnibus(fit), summary(fit), strength(fit), hosmer, contingency(fit, other), classification, equation(fit)];
}

export function ordinalTables(fit: OrdinalFit): readonly Table[] {
  const { parallelLines } = fit;
  if (!parallelLines) return [omnibus(fit), summary(fit), strength(fit), equation(fit)];
  const { statistic, df, pValue } = parallelLines;
  const notes: Bilingual[] = [{ en: 'Null hypothesis: the slopes are the same at every threshold.', zh: '原假设：各阈值处的斜率系数相同。' }];
  if (statistic === null) notes.push({ en: 'The model with free slopes has no maximum: the test cannot be made.', zh: '自由斜率模型无最大值，无法检验。' });
  const lines = table({ en: 'Test of parallel lines', zh: '平行线检验' }, [column('chiSquare', CHI_SQUARE, 'number'), column('df', HEADING.df, 'integer'), column('p', HEADING.p, 'pValue')], [{ chiSquare: statistic, df, p: pValue }], { notes });
  return [omnibus(fit), summary(fit), strength(fit), equation(fit), lines, ...brantTable(fit)];
}
