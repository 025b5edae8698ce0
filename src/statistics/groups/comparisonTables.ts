import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { warningNotes } from '../analysis.js';
import { column, heading } from '../headings.js';
import { scoreNotes } from '../variables.js';
import { anovaTables } from './anovaTables.js';
import type { Comparison, VariableComparison } from './comparison.js';
import { tTestTables } from './tTestTable.js';

export type ComparisonFacts = Omit<Comparison, 'tidy' | 'tables'>;

/** One row per variable: the test that the variances call for, with its effect size. */
export function comparisonTidy(facts: ComparisonFacts): Table {
  const rows = facts.variables.map((v): TableRow => ({ variable: v.variable, n: v.n, dropped: v.dropped, levene: v.leveneMean?.f ?? null, leveneP: v.leveneMean?.pValue ?? null, ...testCells(v) }));
  const columns = [
    heading('variable'),
    column('test', 'text', { en: 'Test', zh: '检验' }),
    heading('n'),
    column('dropped', 'integer', { en: 'Dropped', zh: '剔除' }),
    column('levene', 'number', { en: 'Levene F', zh: 'Levene F' }),
    column('leveneP', 'pValue', { en: 'Levene p', zh: 'Levene p' }),
    heading('statistic'),
    column('df1', 'number', { en: 'df1', zh: '自由度1' }),
    heading('df2'),
    heading('pValue'),
    column('effect', 'text', { en: 'Effect', zh: '效应量' }),
    heading('estimate'),
    heading('confLow'),
    heading('confHigh')
  ];
  return table(title(facts), columns, rows, { notes: warningNotes(facts.warnings) });
}

function testCells(v: VariableComparison): TableRow {
  if (v.design === 't') {
    const test = v.equalVariances ? v.student : v.welch;
    return { test: v.equalVariances ? 'Student t' : 'Welch t', statistic: test.t, df1: test.df, df2: null, pValue: test.pValue, effect: 'd', estimate: v.effect?.d ?? null, confLow: v.effect?.confLow ?? null, confHigh: v.effect?.confHigh ?? null };
  }
  const { etaSquared, confLow, confHigh } = v.anova.effect;
  const effect = { effect: 'η²', estimate: etaSquared, confLow, confHigh };
  if (v.equalVariances || !v.welch) return { test: 'ANOVA F', statistic: v.anova.f, df1: v.anova.between.df, df2: v.anova.within.df, pValue: v.anova.pValue, ...effect };
  return { test: 'Welch F', statistic: v.welch.f, df1: v.welch.df1, df2: v.welch.df2, pValue: v.welch.pValue, ...effect };
}

/** Group statistics, then the tests in SPSS's order. */
export function comparisonTables(facts: ComparisonFacts): readonly Table[] {
  const two = facts.variables.filter((v) => v.design === 't');
  const many = facts.variables.filter((v) => v.design === 'anova');
  return [groupTable(facts), ...(two.length > 0 ? tTestTables(two, title(facts), facts) : []), ...(many.length > 0 ? anovaTables(many, title(facts), facts) : [])];
}

function title({ by, byLabel }: ComparisonFacts): Bilingual {
  return { en: `Differences by ${byLabel?.en ?? by}`, zh: `${byLabel?.zh ?? by}差异` };
}

function groupTable(facts: ComparisonFacts): Table {
  const rows = facts.variables.flatMap((v) =>
    v.groups.map(
      (group, i): TableRow => ({
        variable: i === 0 ? v.variable : null,
        variableZh: i === 0 ? (v.label?.zh ?? v.variable) : null,
        group: group.group.en,
        groupZh: group.group.zh ?? group.group.en,
        n: group.n,
        mean: group.mean,
        sd: group.sd,
        standardError: group.standardError,
        confLow: group.confLow,
        confHigh: group.confHigh
      })
    )
  );
  const columns = [heading('variable', { zhFrom: 'variableZh' }), heading('group', { zhFrom: 'groupZh' }), heading('n'), heading('mean'), heading('sd'), heading('standardError', { digits: 3 }), heading('confLow', { kind: 'number' }), heading('confHigh', { kind: 'number' })];
  const dropped = facts.variables.filter((v) => v.dropped > 0).map((v) => `${v.variable} ${v.dropped}`);
  const notes = dropped.length === 0 ? [{ en: `n = ${facts.rows}; no row dropped.`, zh: `n = ${facts.rows}；无剔除。` }] : [{ en: `Rows dropped for a missing answer or group (of ${facts.rows}): ${dropped.join(', ')}.`, zh: `因缺失剔除的行数（共 ${facts.rows} 行）：${dropped.join('、')}。` }];
  return table({ en: `Group statistics: ${title(facts).en}`, zh: `组统计：${title(facts).zh ?? ''}` }, columns, rows, { notes: [...notes, ...scoreNotes(facts.variables.map(({ variable, scoredItems }) => (scoredItems === undefined ? { name: variable } : { name: variable, scoredItems }))), ...warningNotes(facts.warnings)] });
}
