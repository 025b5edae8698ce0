import type { Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual, Cell, Table, TableRow } from '../../shared/table.js';
import { finite, table } from '../../shared/table.js';
import { sampleNote, warningNotes } from '../analysis.js';
import { column, heading } from '../headings.js';
import { scoreNotes } from '../variables.js';
import type { Coefficient } from './coefficient.js';
import type { CorrelatedVariable, CorrelateOptions } from './correlations.js';

export interface CorrelationFacts {
  readonly options: Readonly<CorrelateOptions>;
  readonly variables: readonly CorrelatedVariable[];
  readonly rows: number;
  readonly listwise: number;
  readonly warnings: readonly Diagnostic[];
  readonly controls: readonly string[];
  at(i: number, j: number): Coefficient;
}

const TITLES: Readonly<Record<CorrelateOptions['method'], Bilingual>> = {
  pearson: { en: 'Pearson correlations', zh: 'Pearson 相关系数' },
  spearman: { en: 'Spearman rank correlations', zh: 'Spearman 等级相关系数' },
  kendall: { en: 'Kendall τ-b correlations', zh: 'Kendall τ-b 相关系数' },
  polychoric: { en: 'Polychoric correlations', zh: '多分格相关系数' }
};

const TESTS: Readonly<Record<CorrelateOptions['method'], Bilingual>> = {
  pearson: { en: 'Two-sided t tests; intervals by Fisher’s z.', zh: '双侧 t 检验；置信区间用 Fisher z 变换。' },
  spearman: { en: 'Two-sided p by the t approximation (asymptotic); intervals after Bonett and Wright.', zh: '双侧 p 值用 t 近似（渐近）；置信区间用 Bonett–Wright 法。' },
  kendall: { en: 'Two-sided asymptotic p with tie correction; intervals after Fieller, Hartley and Pearson.', zh: '双侧渐近 p 值（结校正）；置信区间用 Fieller–Hartley–Pearson 法。' },
  polychoric: { en: 'Two-step estimates; two-sided z tests and Fisher intervals with thresholds taken as known, hence slightly liberal.', zh: '两步估计；双侧 z 检验与 Fisher 区间视阈值为已知，略偏宽松。' }
};

/** One row per pair. */
export function correlationTidy(facts: CorrelationFacts): Table {
  const rows: TableRow[] = [];
  for (let i = 1; i < facts.variables.length; i++) {
    for (let j = 0; j < i; j++) {
      const { r, n, statistic, df, pValue, confLow, confHigh } = facts.at(i, j);
      rows.push({ variable1: facts.variables[j].name, variable2: facts.variables[i].name, estimate: r, n, statistic, df, pValue, confLow, confHigh });
    }
  }
  const columns = [column('variable1', 'text', { en: 'Variable 1', zh: '变量1' }), column('variable2', 'text', { en: 'Variable 2', zh: '变量2' }), heading('estimate', { kind: 'unit' }), heading('n'), heading('statistic'), heading('df'), heading('pValue'), heading('confLow', { kind: 'unit' }), heading('confHigh', { kind: 'unit' })];
  return table(title(facts), columns, rows, { notes: notes(facts) });
}

/** The pairs with test and interval, as SPSS prints them beside the matrix. */
export function correlationIntervals(facts: CorrelationFacts): Table {
  const { variables } = facts;
  const percent = `${Math.round(facts.options.confidence * 1000) / 10}%`;
  const group: Bilingual = { en: `${percent} CI`, zh: `${percent} 置信区间` };
  const rows: TableRow[] = [];
  for (let j = 0; j < variables.length; j++) {
    for (let i = j + 1; i < variables.length; i++) {
      const { r, n, statistic, pValue, confLow, confHigh } = facts.at(i, j);
      rows.push({ pair: `${variables[j].name} – ${variables[i].name}`, r, n, statistic, pValue, confLow, confHigh });
    }
  }
  const columns = [column('pair', 'text', { en: 'Pair', zh: '变量对' }), heading('n'), heading('r', { digits: 3, starsFrom: 'pValue' }), heading('statistic', { digits: 3 }), heading('pValue'), heading('confLow', { kind: 'unit', digits: 3, group }), heading('confHigh', { kind: 'unit', digits: 3, group })];
  const { en, zh } = title(facts);
  return table({ en: `${en}: intervals`, zh: `${zh ?? en}：置信区间` }, columns, rows, { notes: notes(facts) });
}

/** Means, SDs and the lower triangle with stars, as journals print it. */
export function correlationTable(facts: CorrelationFacts): Table {
  const { variables } = facts;
  // joined once: every row has them all
  const keys = variables.map((_, j) => [`r${j + 1}`, `p${j + 1}`] as const);
  const rows = variables.map((variable, i): TableRow => {
    const row: Record<string, Cell> = {
      variable: `${i + 1}. ${variable.label?.en ? `${variable.name} ${variable.label.en}` : variable.name}`,
      variableZh: `${i + 1}. ${variable.label?.zh ? `${variable.name} ${variable.label.zh}` : variable.name}`,
      mean: variable.mean,
      sd: variable.sd
    };
    for (let j = 0; j < variables.length; j++) {
      const coefficient = j < i ? facts.at(i, j) : undefined;
      const [r, p] = keys[j];
      row[r] = j === i ? '1' : coefficient ? finite(coefficient.r) : null;
      row[p] = coefficient?.pValue ?? null;
    }
    return row;
  });
  const columns = [
    heading('variable', { zhFrom: 'variableZh' }),
    heading('mean'),
    heading('sd'),
    ...variables.map((_, j) => column(keys[j][0], 'unit', { en: String(j + 1) }, { starsFrom: keys[j][1] }))
  ];
  return table(title(facts), columns, rows, { notes: notes(facts) });
}

function title({ options, controls }: CorrelationFacts): Bilingual {
  const base = TITLES[options.method];
  if (controls.length === 0) return base;
  return { en: `Partial ${base.en}, ${controls.join(', ')} held constant`, zh: `偏${base.zh ?? ''}（控制 ${controls.join('、')}）` };
}

function notes(facts: CorrelationFacts): readonly Bilingual[] {
  const listwise = facts.options.missing === 'listwise' || facts.controls.length > 0;
  const complete = facts.listwise === facts.rows;
  return [
    sampleNote(facts.listwise, facts.rows, listwise || complete ? 'listwise' : 'pairwise'),
    ...(listwise || complete ? [] : [pairRange(facts)]),
    ...scoreNotes(facts.variables),
    TESTS[facts.options.method],
    { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' },
    ...warningNotes(facts.warnings)
  ];
}

/** Smallest and largest n of the pairs, so that pairwise deletion is not silent. */
function pairRange(facts: CorrelationFacts): Bilingual {
  let low = Infinity;
  let high = 0;
  for (let i = 1; i < facts.variables.length; i++) {
    for (let j = 0; j < i; j++) {
      const { n } = facts.at(i, j);
      low = Math.min(low, n);
      high = Math.max(high, n);
    }
  }
  return { en: `n per pair: ${low === high ? low : `${low} to ${high}`}.`, zh: `每对样本量：${low === high ? low : `${low} 至 ${high}`}。` };
}
