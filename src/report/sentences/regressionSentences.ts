import type { CategoricalCoefficient, ImportancePerformance, LogisticFit, OrdinalFit, RegressionFit } from '../../models/regression/index.js';
import { both, clause, LEVEL, listed, named, type NumberWriter, type Sentence } from './sentence.js';

/** Variance inflation above which estimates are commonly called collinear. */
const USUAL_VIF = 10;

export function regressionSentences(fit: RegressionFit, w: NumberWriter): readonly Sentence[] {
  const { measures: m, blocks, coefficients } = fit;
  const outcome = named(fit.response, fit.responseLabel);
  const level = fit.options.confLevel;
  const found: Sentence[] = [];
  if (m.pValue !== null && m.rSquared !== null) {
    const numbers = clause(`R² = ${w.unit(m.rSquared)}`, `adjusted R² = ${w.unit(m.adjRSquared)}`, `F(${w.count(m.df1)}, ${w.count(m.df2)}) = ${w.statistic(m.fStatistic)}`, w.p(m.pValue), `n = ${m.n}`);
    found.push({ en: `The model accounted for ${m.pValue < LEVEL ? 'a significant share' : 'no significant share'} of the variance of ${outcome.en} (${numbers}).`, zh: `模型${m.pValue < LEVEL ? '显著' : '未能显著'}解释${outcome.zh}的方差（${numbers}）。` });
  }
  for (const block of blocks.slice(1)) {
    if (block.pChange === null) continue;
    const numbers = clause(`ΔR² = ${w.unit(block.rSquaredChange)}`, `ΔF(${w.count(block.changeDf1)}, ${w.count(block.changeDf2)}) = ${w.statistic(block.fChange)}`, w.p(block.pChange));
    const significant = block.pChange < LEVEL;
    found.push({ en: `Block ${block.block} (${block.entered.join(', ')}) ${significant ? 'added significantly' : 'did not add significantly'} to it (${numbers}).`, zh: `第 ${block.block} 步加入的变量（${block.entered.join('、')}）${significant ? '显著' : '未显著'}提高解释力（${numbers}）。` });
  }
  for (const row of coefficients) {
    if (row.term === '(Intercept)' || row.estimate === null || row.pValue === null) continue;
    const what = both(row.label.en === '' ? { en: row.display } : row.label);
    const numbers = clause(`B = ${w.estimate(row.estimate)}`, `SE = ${w.estimate(row.stdError)}`, row.beta === null ? '' : `β = ${w.unit(row.beta)}`, `t = ${w.statistic(row.statistic)}`, w.p(row.pValue), w.interval(row.confLow, row.confHigh, level));
    found.push(
      row.pValue < LEVEL
        ? { en: `With the other predictors held constant, ${what.en} was ${row.estimate > 0 ? 'positively' : 'negatively'} related to ${outcome.en} (${numbers}).`, zh: `在控制其他自变量后，${what.zh}与${outcome.zh}呈显著${row.estimate > 0 ? '正' : '负'}向关系（${numbers}）。` }
        : { en: `With the other predictors held constant, ${what.en} was not significantly related to ${outcome.en} (${numbers}).`, zh: `在控制其他自变量后，${what.zh}与${outcome.zh}的关系不显著（${numbers}）。` }
    );
  }
  const vifs = coefficients.flatMap(({ vif }) => (vif === null ? [] : [vif]));
  if (vifs.length > 1) {
    const most = Math.max(...vifs);
    found.push({ en: `The largest VIF was ${w.statistic(most)}, ${most < USUAL_VIF ? 'below' : 'at or above'} the usual limit of ${USUAL_VIF}.`, zh: `VIF 最大为 ${w.statistic(most)}，${most < USUAL_VIF ? '低于' : '达到或超过'}常用界限 ${USUAL_VIF}。` });
  }
  return found;
}

/** Odds ratios of a logistic or ordinal regression; nothing when its estimates mean nothing. */
export function oddsSentences(fit: LogisticFit | OrdinalFit, w: NumberWriter): readonly Sentence[] {
  if (!fit.convergence.converged) return [{ en: `The fit did not converge (${fit.convergence.message}); no estimates are reported.`, zh: '模型未收敛，不报告估计值。' }];
  const { measures: m } = fit;
  const level = fit.options.confLevel as number;
  const numbers = clause(`χ²(${w.count(m.df)}) = ${w.statistic(m.chiSquare)}`, w.p(m.pValue), `Nagelkerke R² = ${w.unit(m.nagelkerke)}`, `n = ${m.n}`);
  const modelled = fit.kind === 'logistic' ? { en: `${fit.response} = ${fit.event.en}`, zh: `${fit.response} = ${fit.event.zh ?? fit.event.en}` } : { en: fit.response, zh: fit.response };
  const found: Sentence[] = m.pValue === null ? [] : [{ en: `The predictors together ${m.pValue < LEVEL ? 'improved' : 'did not improve'} the prediction of ${modelled.en} significantly (${numbers}).`, zh: `全部自变量${m.pValue < LEVEL ? '显著' : '未能显著'}改进对 ${modelled.zh} 的预测（${numbers}）。` }];
  for (const row of fit.coefficients) if (row.term !== '(Intercept)' && row.estimate !== null && row.pValue !== null) found.push(oddsSentence(row, fit, level, w));
  if (fit.kind === 'logistic') found.push({ en: `At a cut of .5, ${w.percent(fit.classification.shareCorrect)} of the rows used for the fit were classified correctly; ${clause(`area under the ROC curve ${w.unit(fit.classification.areaUnderCurve)}`, w.interval(fit.classification.areaLow, fit.classification.areaHigh, level, 'unit'))}.`, zh: `以 .5 为分界，建模样本中 ${w.percent(fit.classification.shareCorrect)} 分类正确；${clause(`ROC 曲线下面积 ${w.unit(fit.classification.areaUnderCurve)}`, w.interval(fit.classification.areaLow, fit.classification.areaHigh, level, 'unit'))}。` });
  else if (fit.parallelLines && fit.parallelLines.pValue !== null) {
    const { statistic, df, pValue } = fit.parallelLines;
    const test = clause(`χ²(${w.count(df)}) = ${w.statistic(statistic)}`, w.p(pValue));
    found.push({ en: `The test of parallel lines ${pValue < LEVEL ? 'rejected' : 'did not reject'} equal slopes at all thresholds (${test}).`, zh: `平行线检验${pValue < LEVEL ? '拒绝' : '未拒绝'}各阈值处斜率相等（${test}）。` });
  }
  return found;
}

function oddsSentence({ display, label, estimate, stdError, pValue, oddsRatio, oddsLow, oddsHigh }: CategoricalCoefficient, fit: LogisticFit | OrdinalFit, level: number, w: NumberWriter): Sentence {
  const what = both(label.en === '' ? { en: display } : label);
  const numbers = clause(`B = ${w.estimate(estimate)}`, `SE = ${w.estimate(stdError)}`, w.p(pValue), oddsRatio === null ? '' : `OR = ${w.estimate(oddsRatio)}`, oddsRatio === null ? '' : w.interval(oddsLow, oddsHigh, level));
  const target = fit.kind === 'logistic' ? { en: `the odds of ${fit.response} = ${fit.event.en}`, zh: `${fit.response} = ${fit.event.zh ?? fit.event.en} 的发生比` } : { en: `higher classes of ${fit.response}`, zh: `${fit.response} 的更高类别` };
  if ((pValue ?? 1) >= LEVEL) return { en: `${what.en} was not significantly related to ${target.en} (${numbers}).`, zh: `${what.zh}与${target.zh}的关系不显著（${numbers}）。` };
  const sign = (estimate ?? 0) > 0 ? { en: 'positively', zh: '正' } : { en: 'negatively', zh: '负' };
  return { en: `With the other predictors held constant, ${what.en} was ${sign.en} related to ${target.en} (${numbers}).`, zh: `在控制其他自变量后，${what.zh}与${target.zh}呈显著${sign.zh}向关系（${numbers}）。` };
}

export function importanceSentences({ rows, outcome }: ImportancePerformance): readonly Sentence[] {
  const first = rows.filter(({ quadrant }) => quadrant === 'improve first');
  if (first.length === 0) return [{ en: `No construct was both above the average in importance for ${outcome} and below it in performance.`, zh: `没有变量同时满足对 ${outcome} 的重要性高于平均而绩效低于平均。` }];
  const names = listed(first.map(({ name, label }) => named(name, label)));
  return [{ en: `${names.en} ${first.length === 1 ? 'was' : 'were'} above the average in importance for ${outcome} and below it in performance: the place to look first.`, zh: `${names.zh}对 ${outcome} 的重要性高于平均而绩效低于平均，可优先关注。` }];
}
