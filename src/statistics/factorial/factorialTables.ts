import type { Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { sampleNote, warningNotes } from '../analysis.js';
import { column, heading } from '../headings.js';
import type { Levene } from '../groups/levene.js';
import type { FactorialAnova } from './factorialResult.js';

export type FactorialFacts = Omit<FactorialAnova, 'tidy' | 'tables'>;

/** One row per term. */
export function factorialTidy(facts: FactorialFacts): Table {
  const rows = facts.terms.map((term): TableRow => ({ ...term }));
  return table({ en: `Between-subjects effects on ${facts.outcome}` }, [heading('term'), heading('sumOfSquares'), heading('df', { kind: 'integer' }), heading('meanSquare'), heading('f'), heading('pValue'), column('partialEtaSquared', 'unit', { en: 'Partial η²', zh: '偏 η²' }), heading('confLow', { kind: 'unit' }), heading('confHigh', { kind: 'unit' })], rows, { notes: [sampleNote(facts.n, facts.rows)] });
}

/** SPSS's tests of between-subjects effects, then estimated marginal means. */
export function factorialTables(facts: FactorialFacts): readonly Table[] {
  return [...(facts.levene ? [homogeneityTable(facts.levene, facts.outcome)] : []), effectsTable(facts), meansTable(facts)];
}

function effectsTable(facts: FactorialFacts): Table {
  const blank = { f: null, pValue: null, partialEtaSquared: null, confLow: null, confHigh: null };
  const rows: TableRow[] = [
    { source: 'Corrected model', sourceZh: '修正模型', sumOfSquares: facts.model.sumOfSquares, df: facts.model.df, meanSquare: facts.model.sumOfSquares / facts.model.df, ...blank, f: facts.model.f, pValue: facts.model.pValue, partialEtaSquared: facts.rSquared },
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
    column('partialEtaSquared', 'unit', { en: 'Partial η²', zh: '偏 η²' }, { digits: 3 }),
    heading('confLow', { kind: 'unit', digits: 3, label: { en: 'CI lower', zh: '置信下限' } }),
    heading('confHigh', { kind: 'unit', digits: 3, label: { en: 'CI upper', zh: '置信上限' } })
  ];
  return table({ en: `Tests of between-subjects effects: ${facts.outcome}`, zh: `主体间效应检验：${facts.outcome}` }, columns, rows, {
    notes: [
      sampleNote(facts.n, facts.rows),
      { en: `R² = ${(facts.rSquared ?? 0).toFixed(3)}, adjusted R² = ${(facts.adjRSquared ?? 0).toFixed(3)}.`, zh: `R² = ${(facts.rSquared ?? 0).toFixed(3)}，调整后 R² = ${(facts.adjRSquared ?? 0).toFixed(3)}。` },
      { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' },
      ...warningNotes(facts.warnings)
    ]
  });
}

function homogeneityTable({ f, df1, df2, pValue }: Levene, outcome: string): Table {
  return table({ en: `Levene’s test over the cells: ${outcome}`, zh: `误差方差的 Levene 检验：${outcome}` }, [heading('f', { digits: 3 }), heading('df1'), heading('df2', { kind: 'integer' }), heading('pValue')], [{ f, df1, df2, pValue }], { notes: [{ en: 'On residuals, about cell means.', zh: '基于残差与单元格均值。' }] });
}

function meansTable(facts: FactorialFacts): Table {
  const rows = facts.marginalMeans.map((row, i): TableRow => ({ factor: i > 0 && facts.marginalMeans[i - 1].factor === row.factor ? null : row.factor, group: row.group.en, groupZh: row.group.zh ?? row.group.en, mean: row.mean, stdError: row.stdError, confLow: row.confLow, confHigh: row.confHigh }));
  const covariates = facts.options.covariates.length > 0 ? [{ en: `Covariates at their means: ${facts.options.covariates.join(', ')}.`, zh: `协变量取均值：${facts.options.covariates.join('、')}。` }] : [];
  return table({ en: `Estimated marginal means: ${facts.outcome}`, zh: `估算边际平均值：${facts.outcome}` }, [column('factor', 'text', { en: 'Factor', zh: '因素' }), heading('group', { zhFrom: 'groupZh' }), heading('mean'), heading('stdError'), heading('confLow'), heading('confHigh')], rows, { notes: [{ en: 'Cells weighted equally.', zh: '各单元格等权。' }, ...covariates] });
}
