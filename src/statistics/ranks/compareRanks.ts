import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { warningNotes, type Analysis } from '../analysis.js';
import { quantile } from '../describe/quantile.js';
import { grouping, splitByGroup, type Grouping } from '../groups/grouping.js';
import { column, heading } from '../headings.js';
import { scoredVariables, type Variable } from '../variables.js';
import { kruskalWallis, type KruskalWallis } from './kruskalWallis.js';
import { mannWhitney, type MannWhitney } from './mannWhitney.js';

export interface RankGroup {
  readonly group: Bilingual;
  readonly n: number;
  readonly median: number | null;
  readonly meanRank: number;
}

export interface RankedVariable {
  readonly variable: string;
  readonly label: Bilingual | undefined;
  readonly n: number;
  readonly dropped: number;
  readonly groups: readonly RankGroup[];
  /** Two groups. */
  readonly mannWhitney: MannWhitney | null;
  /** More groups. */
  readonly kruskalWallis: KruskalWallis | null;
}

export interface RankComparison extends Analysis {
  readonly kind: 'rank-comparison';
  readonly by: string;
  readonly rows: number;
  readonly variables: readonly RankedVariable[];
}

/**
 * Distribution-free comparison over the groups of `by`: Mann-Whitney for two,
 * Kruskal-Wallis with Dunn's pairs for more.
 * @throws SurveyError `too-few-groups`, `too-many-groups`, `unknown-variable`
 */
export function compareRanks(survey: Survey, variables: readonly string[], by: string): RankComparison {
  const groups = grouping(survey, by);
  if (variables.length === 0) fail('no-variables', 'no variable to compare', { help: 'name variables or constructs' });
  const warnings: Diagnostic[] = [];
  const compared = scoredVariables(survey, variables).map((variable) => compareVariable(variable, groups, warnings));
  const facts = { kind: 'rank-comparison' as const, by, rows: survey.validCount, variables: compared, warnings };
  return Object.freeze({ ...facts, tidy: () => testTable(facts), tables: () => rankTables(facts) });
}

function compareVariable({ name, label, values }: Variable, by: Grouping, warnings: Diagnostic[]): RankedVariable {
  const all = splitByGroup(values, by);
  const present = all.map((_, i) => i).filter((i) => all[i].length > 0);
  if (present.length < 2) fail('too-few-groups', `\`${name}\` is answered in fewer than two groups of \`${by.name}\``);
  const samples = present.map((i) => all[i]);
  const two = samples.length === 2 ? mannWhitney(samples[0], samples[1]) : null;
  const many = two ? null : kruskalWallis(samples);
  if ((two ? two.z : many?.h) === null) warnings.push(warning('constant-variable', `\`${name}\` does not vary, so its ranks cannot be compared`, { zh: `\`${name}\` 没有变异，无法比较秩` }));
  const meanRanks = two ? [two.meanRank1, two.meanRank2] : (many?.meanRanks ?? []);
  const n = samples.reduce((sum, sample) => sum + sample.length, 0);
  return {
    variable: name,
    label,
    n,
    dropped: values.length - n,
    groups: present.map((i, at) => ({ group: by.groups[i].label, n: samples[at].length, median: quantile(samples[at].slice().sort(), 0.5), meanRank: meanRanks[at] })),
    mannWhitney: two,
    kruskalWallis: many
  };
}

type Facts = Omit<RankComparison, 'tidy' | 'tables'>;

function rankTables(facts: Facts): readonly Table[] {
  const tables = [groupTable(facts), testTable(facts)];
  return facts.variables.some((v) => v.kruskalWallis) ? [...tables, dunnTable(facts)] : tables;
}

function names(v: RankedVariable, first: boolean): TableRow {
  return { variable: first ? v.variable : null, variableZh: first ? (v.label?.zh ?? v.variable) : null };
}

function groupTable(facts: Facts): Table {
  const rows = facts.variables.flatMap((v) => v.groups.map((g, i): TableRow => ({ ...names(v, i === 0), group: g.group.en, groupZh: g.group.zh ?? g.group.en, n: g.n, median: g.median, meanRank: g.meanRank })));
  const dropped = facts.variables.filter((v) => v.dropped > 0).map((v) => `${v.variable} ${v.dropped}`);
  const note = dropped.length > 0 ? [{ en: `Rows dropped for a missing answer or group (of ${facts.rows}): ${dropped.join(', ')}.`, zh: `因缺失剔除的行数（共 ${facts.rows} 行）：${dropped.join('、')}。` }] : [{ en: `n = ${facts.rows}; no row dropped.`, zh: `n = ${facts.rows}；无剔除。` }];
  return table({ en: `Ranks by ${facts.by}`, zh: `秩（按 ${facts.by}）` }, [heading('variable', { zhFrom: 'variableZh' }), heading('group', { zhFrom: 'groupZh' }), heading('n'), heading('median'), column('meanRank', 'number', { en: 'Mean rank', zh: '平均秩' })], rows, { notes: note });
}

function testTable(facts: Facts): Table {
  const rows = facts.variables.map((v): TableRow => {
    const two = v.mannWhitney;
    if (two) return { ...names(v, true), test: 'Mann-Whitney U', n: v.n, statistic: two.u, z: two.z, df: null, pValue: two.pValue, exactP: two.exactP, effect: 'rank-biserial r', estimate: two.rankBiserial, confLow: two.confLow, confHigh: two.confHigh };
    const many = v.kruskalWallis;
    return { ...names(v, true), test: 'Kruskal-Wallis H', n: v.n, statistic: many?.h ?? null, z: null, df: many?.df ?? null, pValue: many?.pValue ?? null, exactP: null, effect: 'ε²', estimate: many?.epsilonSquared ?? null, confLow: many?.confLow ?? null, confHigh: many?.confHigh ?? null };
  });
  const columns = [heading('variable', { zhFrom: 'variableZh' }), heading('test'), heading('n'), heading('statistic', { digits: 3 }), heading('z', { digits: 3 }), heading('df', { kind: 'integer' }), heading('pValue', { label: { en: 'p (asymptotic)', zh: 'p（渐近）' } }), column('exactP', 'pValue', { en: 'p (exact)', zh: 'p（精确）' }), column('effect', 'text', { en: 'Effect size', zh: '效应量' }), heading('estimate', { kind: 'unit', digits: 3 }), heading('confLow', { kind: 'unit', digits: 3 }), heading('confHigh', { kind: 'unit', digits: 3 })];
  return table({ en: `Rank tests by ${facts.by}`, zh: `秩检验（按 ${facts.by}）` }, columns, rows, {
    notes: [{ en: 'Two-sided; tie-corrected, without continuity correction; exact p only without ties in small samples.', zh: '双侧；结校正，无连续性校正；精确 p 仅用于无结的小样本。' }, ...warningNotes(facts.warnings)]
  });
}

const RANK_BISERIAL: Bilingual = { en: 'Rank-biserial', zh: '秩二列相关' };

function dunnTable(facts: Facts): Table {
  const rows = facts.variables.flatMap((v) =>
    (v.kruskalWallis?.pairs ?? []).map((pair, k): TableRow => {
      const [a, b] = [v.groups[pair.i].group, v.groups[pair.j].group];
      return { ...names(v, k === 0), groupI: a.en, groupIZh: a.zh ?? a.en, groupJ: b.en, groupJZh: b.zh ?? b.en, difference: pair.difference, stdError: pair.stdError, z: pair.z, pValue: pair.pValue, bonferroniP: pair.bonferroniP, holmP: pair.holmP, estimate: pair.rankBiserial, confLow: pair.confLow, confHigh: pair.confHigh };
    })
  );
  const columns = [heading('variable', { zhFrom: 'variableZh' }), heading('groupI', { zhFrom: 'groupIZh' }), heading('groupJ', { zhFrom: 'groupJZh' }), heading('difference', { label: { en: 'Difference of mean ranks', zh: '平均秩之差' } }), heading('stdError'), heading('z', { digits: 3 }), heading('pValue'), column('bonferroniP', 'pValue', { en: 'p (Bonferroni)', zh: 'p（Bonferroni）' }), column('holmP', 'pValue', { en: 'p (Holm)', zh: 'p（Holm）' }), heading('estimate', { kind: 'unit', digits: 3, group: RANK_BISERIAL, label: { en: 'r', zh: 'r' } }), heading('confLow', { kind: 'unit', digits: 3, group: RANK_BISERIAL }), heading('confHigh', { kind: 'unit', digits: 3, group: RANK_BISERIAL })];
  return table({ en: 'Dunn’s pairwise comparisons', zh: 'Dunn 两两比较' }, columns, rows, { notes: [{ en: 'z on the ranks of all groups, tie-corrected. Rank-biserial r of the two groups alone; its 95% interval is not adjusted for the number of pairs.', zh: 'z 基于全部组的秩（结校正）。秩二列相关 r 仅基于该两组，其 95% 置信区间未作多重校正。' }] });
}
