import { table, type Bilingual, type Table, type TableRow } from '../../../shared/table.js';
import type { BlockResult, RegressionFit } from '../results.js';
import { sampleNotes } from './sampleNotes.js';
import { column, confidenceGroup, CONSTANT, GROUP, HEADING } from './wording.js';

/** The tables that SPSS prints, in its order: model summary, ANOVA, coefficients; then tests of factors and collinearity diagnostics where they say more. */
export function regressionTables(fit: RegressionFit): readonly Table[] {
  const tables = [modelSummary(fit), anova(fit), coefficients(fit)];
  if (fit.termTests.some(({ df }) => df > 1)) tables.push(termTestTable(fit));
  if (fit.collinearity.length > 1) tables.push(collinearityTable(fit));
  return tables;
}

function outcome(fit: RegressionFit): Bilingual {
  const { en, zh } = fit.responseLabel;
  return { en: `Outcome: ${en}.`, zh: `因变量：${zh ?? en}。` };
}

function standardErrorNote(fit: RegressionFit): readonly Bilingual[] {
  const { se, cluster, weights } = fit.options;
  const notes: Bilingual[] = [];
  if (se === 'cluster') notes.push({ en: `Standard errors robust to correlation within \`${cluster ?? ''}\` (CR1), t tests on clusters − 1 df; F tests are Wald tests on the same covariance matrix.`, zh: `按 \`${cluster ?? ''}\` 聚类的稳健标准误（CR1）；F 检验为 Wald 检验。` });
  else if (se !== 'classical') notes.push({ en: `Heteroskedasticity-consistent standard errors (${se}); F tests are Wald tests on the same covariance matrix.`, zh: `异方差稳健标准误（${se}）；F 检验为 Wald 检验。` });
  if (weights !== null) notes.push({ en: `Weighted by \`${weights}\`.`, zh: `以 \`${weights}\` 加权。` });
  const automatic = fit.references.filter((each) => each.automatic).map(({ factor }) => factor);
  if (automatic.length > 0) notes.push({ en: `Nominal by the codebook, so entered as a factor (write numeric(…) for a number): ${automatic.join(', ')}.`, zh: `编码本标为名义变量，按因子进入（需作数值时写 numeric(…)）：${automatic.join('、')}。` });
  return notes;
}

/** `a + b, c` of each block, as SPSS's footnotes a, b, c. */
function blockNotes(fit: RegressionFit): readonly Bilingual[] {
  return fit.blocks.map(({ block, entered }) => ({ en: `Model ${block} ${block === 1 ? 'predictors' : 'adds'}: ${entered.join(', ') || 'constant only'}.`, zh: `模型 ${block} ${block === 1 ? '自变量' : '新增'}：${entered.join('、') || '仅常量'}。` }));
}

function modelSummary(fit: RegressionFit): Table {
  const columns = [
    column('model', HEADING.model, 'text'),
    column('r', HEADING.r, 'unit'),
    column('rSquared', HEADING.rSquared, 'unit'),
    column('adjRSquared', HEADING.adjRSquared, 'unit'),
    column('sigma', HEADING.sigma, 'estimate'),
    column('rSquaredChange', HEADING.rSquaredChange, 'unit', { group: GROUP.change }),
    column('fChange', HEADING.fChange, 'number', { group: GROUP.change }),
    column('changeDf1', HEADING.df1, 'integer', { group: GROUP.change }),
    column('changeDf2', HEADING.df2, 'integer', { group: GROUP.change }),
    column('pChange', HEADING.pChange, 'pValue', { group: GROUP.change }),
    column('durbinWatson', HEADING.durbinWatson, 'number')
  ];
  const rows = fit.blocks.map((block, i) => ({
    model: String(block.block),
    r: block.r,
    rSquared: block.rSquared,
    adjRSquared: block.adjRSquared,
    sigma: block.sigma,
    rSquaredChange: block.rSquaredChange,
    fChange: block.fChange,
    changeDf1: block.changeDf1,
    changeDf2: block.changeDf2,
    pChange: block.pChange,
    durbinWatson: i === fit.blocks.length - 1 ? fit.measures.durbinWatson : null
  }));
  return table({ en: 'Model summary', zh: '模型摘要' }, columns, rows, { notes: [outcome(fit), ...blockNotes(fit), ...standardErrorNote(fit), ...sampleNotes(fit)] });
}

function anovaRows(block: BlockResult): readonly TableRow[] {
  const blank = { rSquared: null, rSquaredLow: null, rSquaredHigh: null };
  const mean = (sum: number, df: number): number | null => (df > 0 ? sum / df : null);
  return [
    { source: 'Regression', sourceZh: '回归', ss: block.regressionSumOfSquares, df: block.df1, ms: mean(block.regressionSumOfSquares, block.df1), f: block.fStatistic, p: block.pValue, rSquared: block.rSquared, rSquaredLow: block.rSquaredLow, rSquaredHigh: block.rSquaredHigh },
    { source: 'Residual', sourceZh: '残差', ss: block.residualSumOfSquares, df: block.df2, ms: mean(block.residualSumOfSquares, block.df2), f: null, p: null, ...blank },
    { source: 'Total', sourceZh: '总计', ss: block.totalSumOfSquares, df: block.df1 + block.df2, ms: null, f: null, p: null, ...blank }
  ];
}

function anova(fit: RegressionFit): Table {
  const interval = confidenceGroup(fit.options.confLevel);
  const classical = fit.options.se === 'classical';
  const effect = classical ? [column('rSquared', HEADING.rSquared, 'unit', { digits: 3 }), column('rSquaredLow', HEADING.lower, 'unit', { digits: 3, group: interval }), column('rSquaredHigh', HEADING.upper, 'unit', { digits: 3, group: interval })] : [];
  const columns = [
    { ...column('source', HEADING.source, 'text'), zhFrom: 'sourceZh' },
    column('ss', HEADING.sumOfSquares, 'number'),
    column('df', HEADING.df, 'integer'),
    column('ms', HEADING.meanSquare, 'number'),
    column('f', HEADING.f, 'number'),
    column('p', HEADING.p, 'pValue'),
    ...effect
  ];
  return table({ en: 'ANOVA', zh: '方差分析' }, columns, fit.blocks.flatMap(anovaRows), { sections: sections(fit, () => 3), notes: [outcome(fit), ...(classical ? [{ en: 'Interval of R² from the noncentral F, predictors taken as fixed.', zh: 'R 方的置信区间基于非中心 F 分布，自变量视为固定。' }] : []), ...standardErrorNote(fit), ...sampleNotes(fit)] });
}

/** A heading `Model k` before each block's rows; none for a single block. */
function sections(fit: RegressionFit, rowsOf: (block: BlockResult) => number): Table['sections'] {
  if (fit.blocks.length === 1) return [];
  let next = 0;
  return fit.blocks.map((block) => {
    const beforeRow = next;
    next += rowsOf(block);
    return { beforeRow, label: { en: `Model ${block.block}`, zh: `模型 ${block.block}` } };
  });
}

function coefficients(fit: RegressionFit): Table {
  const interval = confidenceGroup(fit.options.confLevel);
  const columns = [
    column('term', HEADING.term, 'text', { zhFrom: 'termZh' }),
    column('estimate', HEADING.b, 'estimate'),
    column('stdError', fit.options.se === 'classical' ? HEADING.se : HEADING.robustSe, 'estimate'),
    column('beta', HEADING.beta, 'unit'),
    column('statistic', HEADING.t, 'number'),
    column('pValue', HEADING.p, 'pValue'),
    column('confLow', HEADING.lower, 'estimate', { group: interval }),
    column('confHigh', HEADING.upper, 'estimate', { group: interval }),
    column('zeroOrder', HEADING.zeroOrder, 'unit', { group: GROUP.correlations }),
    column('partial', HEADING.partial, 'unit', { group: GROUP.correlations }),
    column('part', HEADING.part, 'unit', { group: GROUP.correlations }),
    column('tolerance', HEADING.tolerance, 'unit', { group: GROUP.collinearity }),
    column('vif', HEADING.vif, 'number', { group: GROUP.collinearity })
  ];
  const rows = fit.blocks.flatMap((block) =>
    block.coefficients.map(({ term, display, label, estimate, stdError, beta, statistic, pValue, confLow, confHigh, zeroOrder, partial, part, tolerance, vif, aliased }) => ({
      term: display + (aliased ? ' (aliased)' : ''),
      termZh: (term === '(Intercept)' ? CONSTANT.zh : (label.zh ?? display)) + (aliased ? '（共线，无估计）' : ''),
      estimate, stdError, beta, statistic, pValue, confLow, confHigh, zeroOrder, partial, part, tolerance, vif
    }))
  );
  return table({ en: 'Coefficients', zh: '系数' }, columns, rows, { sections: sections(fit, (block) => block.coefficients.length), notes: [outcome(fit), ...labelNotes(fit), ...standardErrorNote(fit), ...sampleNotes(fit)] });
}

/** What the short names stand for, when the codebook says, and what factors are compared with. */
function labelNotes(fit: RegressionFit): readonly Bilingual[] {
  const notes: Bilingual[] = [];
  const labelled = fit.coefficients.filter(({ term, display, label }) => term !== '(Intercept)' && (label.en !== display || (label.zh ?? display) !== display));
  if (labelled.length > 0) notes.push({ en: `${labelled.map(({ display, label }) => `${display} = ${label.en}`).join('; ')}.`, zh: `${labelled.map(({ display, label }) => `${display} = ${label.zh ?? label.en}`).join('；')}。` });
  if (fit.references.length > 0) notes.push({ en: `Reference levels: ${fit.references.map(({ factor, level }) => `${factor} = ${level.en}`).join(', ')}.`, zh: `参照组：${fit.references.map(({ factor, level }) => `${factor} = ${level.zh ?? level.en}`).join('，')}。` });
  return notes;
}

function termTestTable(fit: RegressionFit): Table {
  const interval = confidenceGroup(fit.options.confLevel);
  const columns = [
    column('term', { en: 'Term', zh: '项' }, 'text'),
    column('ss', HEADING.sumOfSquares, 'number'),
    column('df', HEADING.df, 'integer'),
    column('f', HEADING.f, 'number'),
    column('p', HEADING.p, 'pValue'),
    column('eta', { en: 'Partial η²', zh: '偏 η²' }, 'unit'),
    ...(fit.options.se === 'classical' ? [column('etaLow', HEADING.lower, 'unit', { group: interval }), column('etaHigh', HEADING.upper, 'unit', { group: interval })] : []),
    column('gvif', { en: 'GVIF', zh: '广义 VIF' }, 'number'),
    column('gvifRoot', { en: 'GVIF^(1/2df)', zh: 'GVIF^(1/2df)' }, 'number')
  ];
  const rows = fit.termTests.map((test) => ({ term: test.term, ss: test.sumOfSquares, df: test.df, f: test.statistic, p: test.pValue, eta: test.partialEtaSquared, etaLow: test.partialEtaLow, etaHigh: test.partialEtaHigh, gvif: test.gvif, gvifRoot: test.gvifRoot }));
  return table({ en: 'Tests of terms', zh: '各项检验' }, columns, rows, { notes: [{ en: 'Each term given all others, treatment contrasts; intervals are of partial η², from the noncentral F.', zh: '各项在其余项已进入时的检验，处理对比编码；置信区间为偏 η² 的区间，基于非中心 F 分布。' }, ...standardErrorNote(fit), ...sampleNotes(fit)] });
}

function collinearityTable(fit: RegressionFit): Table {
  const columns = [
    column('dimension', { en: 'Dimension', zh: '维' }, 'integer'),
    column('eigenvalue', { en: 'Eigenvalue', zh: '特征值' }, 'number'),
    column('conditionIndex', { en: 'Condition index', zh: '条件指标' }, 'number'),
    ...fit.coefficients.filter(({ aliased }) => !aliased).map(({ term, display }, k) => column(`share${k}`, term === '(Intercept)' ? CONSTANT : { en: display }, 'unit', { digits: 2, group: { en: 'Variance proportions', zh: '方差比例' } }))
  ];
  const rows = fit.collinearity.map((dimension, i) => {
    const row: Record<string, number | null> = { dimension: i + 1, eigenvalue: dimension.eigenvalue, conditionIndex: dimension.conditionIndex };
    dimension.proportions.forEach((share, k) => (row[`share${k}`] = share));
    return row;
  });
  return table({ en: 'Collinearity diagnostics', zh: '共线性诊断' }, columns, rows, { notes: [outcome(fit), ...sampleNotes(fit)] });
}
