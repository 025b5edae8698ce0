import type { Cell, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { sampleNote, warningNotes } from '../analysis.js';
import { shareInterval } from '../noncentralF.js';
import { column, heading } from '../headings.js';
import { covariateNotes, PARTIAL, percentOf, STARS, type FactorialFacts } from './factorialNotes.js';
import { pairTable, simpleEffectTable } from './marginalTables.js';
import type { Levene } from '../groups/levene.js';

/** One row per term. */
export function factorialTidy(facts: FactorialFacts): Table {
  const rows = facts.terms.map((term): TableRow => ({ ...term }));
  return table({ en: `Between-subjects effects on ${facts.outcome}` }, [heading('term'), heading('sumOfSquares'), heading('df', { kind: 'integer' }), heading('meanSquare'), heading('f'), heading('pValue'), column('etaSquared', 'unit', { en: 'η²', zh: 'η²' }), column('partialEtaSquared', 'unit', { en: 'Partial η²', zh: '偏 η²' }), heading('confLow', { kind: 'unit' }), heading('confHigh', { kind: 'unit' }), column('partialOmegaSquared', 'unit', { en: 'Partial ω²', zh: '偏 ω²' })], rows, { notes: [sampleNote(facts.n, facts.rows)] });
}

/** SPSS's order: Levene, cells, tests of between-subjects effects, marginal means with their pairs, simple effects with theirs. */
export function factorialTables(facts: FactorialFacts): readonly Table[] {
  return [
    ...(facts.levene ? [homogeneityTable(facts.levene, facts.outcome)] : []),
    ...(facts.slopeHomogeneity.length > 0 ? [slopesTable(facts)] : []),
    cellTable(facts),
    effectsTable(facts),
    meansTable(facts),
    ...(facts.pairs.length > 0 ? [pairTable(facts, facts.pairs)] : []),
    ...(facts.simpleEffects.length > 0 ? [simpleEffectTable(facts), pairTable(facts, facts.simplePairs)] : [])
  ];
}

function effectsTable(facts: FactorialFacts): Table {
  const blank = { f: null, pValue: null, etaSquared: null, partialEtaSquared: null, confLow: null, confHigh: null, partialOmegaSquared: null };
  const rows: TableRow[] = [
    { source: 'Corrected model', sourceZh: '修正模型', sumOfSquares: facts.model.sumOfSquares, df: facts.model.df, meanSquare: facts.model.sumOfSquares / facts.model.df, ...blank, f: facts.model.f, pValue: facts.model.pValue, partialEtaSquared: facts.rSquared, ...(facts.model.f === null ? {} : shareInterval(facts.model.f, facts.model.df, facts.error.df, facts.options.confidence)) },
    ...facts.terms.map(({ term, ...numbers }): TableRow => ({ source: term, sourceZh: term, ...numbers })),
    { source: 'Error', sourceZh: '误差', ...facts.error, ...blank },
    { source: 'Corrected total', sourceZh: '修正后总计', sumOfSquares: facts.totalSumOfSquares, df: facts.n - 1, meanSquare: null, ...blank }
  ];
  const columns = [
    heading('source', { zhFrom: 'sourceZh' }),
    heading('sumOfSquares', { label: { en: `Type ${'I'.repeat(facts.options.type)} sum of squares`, zh: `${'I'.repeat(facts.options.type)} 类平方和` }, digits: 3 }),
    heading('df', { kind: 'integer' }),
    heading('meanSquare', { digits: 3 }),
    heading('f', { digits: 3, starsFrom: 'pValue' }),
    heading('pValue'),
    column('etaSquared', 'unit', { en: 'η²', zh: 'η²' }, { digits: 3 }),
    column('partialEtaSquared', 'unit', { en: 'Value', zh: '值' }, { digits: 3, group: PARTIAL }),
    heading('confLow', { kind: 'unit', digits: 3, group: PARTIAL }),
    heading('confHigh', { kind: 'unit', digits: 3, group: PARTIAL }),
    column('partialOmegaSquared', 'unit', { en: 'Partial ω²', zh: '偏 ω²' }, { digits: 3 })
  ];
  return table({ en: `Tests of between-subjects effects: ${facts.outcome}`, zh: `主体间效应检验：${facts.outcome}` }, columns, rows, {
    notes: [
      sampleNote(facts.n, facts.rows),
      { en: `R² = ${(facts.rSquared ?? 0).toFixed(3)}, adjusted R² = ${(facts.adjRSquared ?? 0).toFixed(3)}.`, zh: `R² = ${(facts.rSquared ?? 0).toFixed(3)}，调整后 R² = ${(facts.adjRSquared ?? 0).toFixed(3)}。` },
      { en: `${percentOf(facts)} interval of partial η² from the noncentral F; η² over the corrected total.`, zh: `偏 η² 的 ${percentOf(facts)} 置信区间基于非中心 F 分布；η² 以修正后总平方和为分母。` },
      STARS,
      ...warningNotes(facts.warnings)
    ]
  });
}

function homogeneityTable({ f, df1, df2, pValue }: Levene, outcome: string): Table {
  return table({ en: `Levene’s test over the cells: ${outcome}`, zh: `误差方差的 Levene 检验：${outcome}` }, [heading('f', { digits: 3 }), heading('df1'), heading('df2', { kind: 'integer' }), heading('pValue')], [{ f, df1, df2, pValue }], { notes: [{ en: 'On residuals, about cell means.', zh: '基于残差与单元格均值。' }] });
}

function slopesTable({ slopeHomogeneity, outcome }: FactorialFacts): Table {
  return table({ en: `Homogeneity of regression slopes: ${outcome}`, zh: `回归斜率齐性检验：${outcome}` }, [column('covariate', 'text', { en: 'Covariate', zh: '协变量' }), heading('f', { digits: 3 }), heading('df1'), heading('df2', { kind: 'integer' }), heading('pValue')], slopeHomogeneity.map((row): TableRow => ({ ...row })), { notes: [{ en: 'Products of the covariate with all effects of the factors, added to the model.', zh: '在模型中加入协变量与各因素效应的全部乘积项。' }] });
}

function cellTable({ cells, factors, outcome, options }: FactorialFacts): Table {
  const adjusted = options.covariates.length > 0;
  const rows = cells.map((cell): TableRow => {
    const names: Record<string, Cell> = {};
    cell.groups.forEach((group, i) => {
      names[`factor${i + 1}`] = group.en;
      names[`factor${i + 1}Zh`] = group.zh ?? group.en;
    });
    return { ...names, n: cell.n, observedMean: cell.observedMean, observedSd: cell.observedSd, mean: cell.mean, stdError: cell.stdError, confLow: cell.confLow, confHigh: cell.confHigh };
  });
  const columns = [
    ...factors.map((name, i) => column(`factor${i + 1}`, 'text', { en: name }, { zhFrom: `factor${i + 1}Zh` })),
    heading('n'),
    heading('mean', { key: 'observedMean' }),
    heading('sd', { key: 'observedSd' }),
    ...(adjusted ? [column('mean', 'number', { en: 'Adjusted M', zh: '调整后均值' })] : [column('mean', 'number', { en: 'Estimated M', zh: '估算均值' })]),
    heading('stdError'),
    heading('confLow'),
    heading('confHigh')
  ];
  return table({ en: `Cell means: ${outcome}`, zh: `单元格均值：${outcome}` }, columns, rows, { notes: adjusted ? covariateNotes(options.covariates) : [] });
}

function meansTable(facts: FactorialFacts): Table {
  const rows = facts.marginalMeans.map((row, i): TableRow => ({ factor: i > 0 && facts.marginalMeans[i - 1].factor === row.factor ? null : row.factor, group: row.group.en, groupZh: row.group.zh ?? row.group.en, mean: row.mean, stdError: row.stdError, confLow: row.confLow, confHigh: row.confHigh }));
  return table({ en: `Estimated marginal means: ${facts.outcome}`, zh: `估算边际平均值：${facts.outcome}` }, [column('factor', 'text', { en: 'Factor', zh: '因素' }), heading('group', { zhFrom: 'groupZh' }), heading('mean'), heading('stdError'), heading('confLow'), heading('confHigh')], rows, { notes: [{ en: 'Cells weighted equally.', zh: '各单元格等权。' }, ...covariateNotes(facts.options.covariates)] });
}
