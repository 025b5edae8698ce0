import { fail } from '../../../shared/diagnostic.js';
import type { Survey, SurveyColumn } from '../../../survey/survey.js';
import { finite, table, type Cell, type Table, type TableColumn, type TableRow } from '../../../shared/table.js';
import type { RegressionFit } from '../results.js';
import { sampleNotes } from './sampleNotes.js';
import { column, HEADING } from './wording.js';

/** One row per term, typed columns, numbers unrounded. */
export function tidyTable(fit: RegressionFit): Table {
  const columns = [
    column('term', HEADING.term, 'text'),
    column('estimate', HEADING.b, 'estimate'),
    column('stdError', HEADING.se, 'estimate'),
    column('beta', HEADING.beta, 'unit'),
    column('statistic', HEADING.t, 'number'),
    column('pValue', HEADING.p, 'pValue'),
    column('confLow', HEADING.lower, 'estimate'),
    column('confHigh', HEADING.upper, 'estimate'),
    column('tolerance', HEADING.tolerance, 'unit'),
    column('vif', HEADING.vif, 'number'),
    column('zeroOrder', HEADING.zeroOrder, 'unit'),
    column('partial', HEADING.partial, 'unit'),
    column('part', HEADING.part, 'unit')
  ];
  const rows = fit.coefficients.map(({ term, estimate, stdError, beta, statistic, pValue, confLow, confHigh, tolerance, vif, zeroOrder, partial, part }) => ({ term, estimate, stdError, beta, statistic, pValue, confLow, confHigh, tolerance, vif, zeroOrder, partial, part }));
  return table({ en: `Coefficients of \`${fit.formula}\``, zh: '回归系数' }, columns, rows, { notes: sampleNotes(fit) });
}

/** One row: the model as a whole. */
export function glanceTable(fit: RegressionFit): Table {
  const m = fit.measures;
  const columns = [
    column('n', { en: 'n', zh: '样本量' }, 'integer'),
    column('df1', HEADING.df1, 'integer'),
    column('df2', HEADING.df2, 'integer'),
    column('r', HEADING.r, 'unit'),
    column('rSquared', HEADING.rSquared, 'unit'),
    column('rSquaredLow', HEADING.lower, 'unit'),
    column('rSquaredHigh', HEADING.upper, 'unit'),
    column('adjRSquared', HEADING.adjRSquared, 'unit'),
    column('sigma', HEADING.sigma, 'estimate'),
    column('fStatistic', HEADING.f, 'number'),
    column('pValue', HEADING.p, 'pValue'),
    column('durbinWatson', HEADING.durbinWatson, 'number'),
    column('conditionIndex', { en: 'Condition index', zh: '条件指标' }, 'number'),
    column('logLik', { en: 'Log-likelihood', zh: '对数似然' }, 'number'),
    column('aic', { en: 'AIC', zh: 'AIC' }, 'number'),
    column('bic', { en: 'BIC', zh: 'BIC' }, 'number'),
    column('se', { en: 'Standard errors', zh: '标准误类型' }, 'text'),
    column('dropped', { en: 'Rows dropped', zh: '剔除行数' }, 'integer')
  ];
  const row = {
    n: m.n, df1: m.df1, df2: m.df2, r: m.r, rSquared: m.rSquared, rSquaredLow: m.rSquaredLow, rSquaredHigh: m.rSquaredHigh, adjRSquared: m.adjRSquared, sigma: m.sigma, fStatistic: m.fStatistic, pValue: m.pValue,
    durbinWatson: m.durbinWatson, conditionIndex: m.conditionIndex, logLik: m.logLik, aic: m.aic, bic: m.bic,
    se: fit.options.se, dropped: fit.sample.total - fit.sample.used
  };
  return table({ en: `Fit of \`${fit.formula}\``, zh: '模型拟合' }, columns, [row], { notes: sampleNotes(fit) });
}

/** One row per row used: fitted value, residuals, leverage and influence. */
export function augmentTable(fit: RegressionFit, survey?: Survey): Table {
  const influence = fit.influence();
  const q = fit.parameterNames.length;
  const rowNumbers = fit.rowNumbers();
  const data: readonly SurveyColumn[] = survey ? survey.columns : [];
  if (survey && survey.rowCount !== fit.sample.total) fail('other-survey', `survey \`${survey.name}\` has ${survey.rowCount} rows, the fit was made from ${fit.sample.total}`, { help: 'give the survey that was fitted' });
  const columns: TableColumn[] = [
    column('row', { en: 'Row', zh: '行' }, 'integer'),
    ...data.map(({ name, type }, k) => column(`data${k}`, { en: name }, type === 'string' ? 'text' : 'number')),
    column('observed', { en: fit.response, zh: fit.responseLabel.zh ?? fit.response }, 'number'),
    column('fitted', { en: 'Fitted', zh: '预测值' }, 'number'),
    column('residual', { en: 'Residual', zh: '残差' }, 'number'),
    column('standardizedResidual', { en: 'Standardized residual', zh: '标准化残差' }, 'number'),
    column('studentizedResidual', { en: 'Studentized residual', zh: '学生化残差' }, 'number'),
    column('deletedResidual', { en: 'Studentized deleted residual', zh: '学生化删除残差' }, 'number'),
    column('leverage', { en: 'Leverage', zh: '杠杆值' }, 'unit'),
    column('cook', { en: 'Cook’s distance', zh: '库克距离' }, 'number'),
    column('dffits', { en: 'DFFITS', zh: 'DFFITS' }, 'number'),
    column('mahalanobis', { en: 'Mahalanobis distance', zh: '马氏距离' }, 'number'),
    ...fit.parameterNames.map((name, k) => column(`dfbetas${k}`, { en: `DFBETAS ${name}` }, 'number'))
  ];
  const rows: TableRow[] = Array.from(fit.residuals, (residual, i) => {
    const row: Record<string, Cell> = {
      row: rowNumbers[i],
      observed: finite(fit.fitted[i] + residual),
      fitted: finite(fit.fitted[i]),
      residual: finite(residual),
      standardizedResidual: finite(influence.standardizedResidual[i]),
      studentizedResidual: finite(influence.studentizedResidual[i]),
      deletedResidual: finite(influence.deletedResidual[i]),
      leverage: finite(influence.leverage[i]),
      cook: finite(influence.cook[i]),
      dffits: finite(influence.dffits[i]),
      mahalanobis: finite(influence.mahalanobis[i])
    };
    data.forEach(({ type, values }, k) => (row[`data${k}`] = type === 'string' ? values[rowNumbers[i] - 1] : finite(values[rowNumbers[i] - 1])));
    for (let k = 0; k < q; k++) row[`dfbetas${k}`] = finite(influence.dfbetas[i * q + k]);
    return row;
  });
  return table({ en: `Cases of \`${fit.formula}\``, zh: '个案统计' }, columns, rows, { notes: sampleNotes(fit) });
}
