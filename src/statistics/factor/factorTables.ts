import type { Bilingual, Cell, Table, TableColumn, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { sampleNote, warningNotes } from '../analysis.js';
import { column, heading, variableColumns } from '../headings.js';
import { labelCells } from '../variables.js';
import type { FactorAnalysis } from './factorAnalysis.js';

export type FactorFacts = Omit<FactorAnalysis, 'tidy' | 'tables'>;

const EXTRACTION: Readonly<Record<FactorFacts['options']['extraction'], Bilingual>> = {
  pca: { en: 'principal component analysis', zh: '主成分分析' },
  paf: { en: 'principal axis factoring', zh: '主轴因式分解' },
  ml: { en: 'maximum likelihood', zh: '最大似然法' },
  minres: { en: 'unweighted least squares (minres)', zh: '未加权最小二乘法' }
};

const ROTATION: Readonly<Record<FactorFacts['options']['rotation'], Bilingual>> = {
  varimax: { en: 'varimax', zh: '最大方差法' },
  promax: { en: 'promax', zh: '最优斜交法' },
  oblimin: { en: 'direct oblimin', zh: '直接斜交法' },
  none: { en: 'none', zh: '无旋转' }
};

/** One row per item: all loadings, communality, uniqueness. */
export function factorTidy(facts: FactorFacts): Table {
  const rows = facts.names.map((item, i): TableRow => ({ item, ...loadingCells(facts.loadings, i, facts.factors, 0), communality: facts.communalities[i], uniqueness: 1 - facts.communalities[i] }));
  const columns = [heading('item'), ...factorColumns(facts), column('communality', 'unit', { en: 'Communality', zh: '公因子方差' }, { digits: 3 }), column('uniqueness', 'unit', { en: 'Uniqueness', zh: '独特性' }, { digits: 3 })];
  return table({ en: 'Rotated loadings', zh: '旋转后载荷' }, columns, rows, { notes: notes(facts) });
}

/** KMO and Bartlett, communalities, total variance explained, rotated matrix (pattern, structure and factor correlations when oblique). */
export function factorTables(facts: FactorFacts): readonly Table[] {
  const oblique = facts.structure !== null && facts.factorCorrelations !== null;
  const component = facts.options.extraction === 'pca';
  const rotated = facts.options.rotation !== 'none' && facts.factors > 1;
  const title = oblique ? { en: 'Pattern matrix', zh: '模式矩阵' } : { en: `${rotated ? 'Rotated c' : 'C'}omponent matrix`, zh: `${rotated ? '旋转后的' : ''}成分矩阵` };
  const factorTitle = oblique || component ? title : { en: `${rotated ? 'Rotated f' : 'F'}actor matrix`, zh: `${rotated ? '旋转后的' : ''}因子矩阵` };
  return [
    ...facts.factorability.tables(),
    communalityTable(facts),
    varianceTable(facts),
    matrixTable(facts, factorTitle, facts.loadings),
    ...(oblique && facts.structure ? [matrixTable(facts, { en: 'Structure matrix', zh: '结构矩阵' }, facts.structure), factorCorrelationTable(facts)] : []),
    ...(facts.fitTest ? [fitTable(facts)] : [])
  ];
}

function factorName(facts: FactorFacts): Bilingual {
  return facts.options.extraction === 'pca' ? { en: 'Component', zh: '成分' } : { en: 'Factor', zh: '因子' };
}

function factorColumns(facts: FactorFacts): readonly TableColumn[] {
  return Array.from({ length: facts.factors }, (_, k) => column(`f${k + 1}`, 'unit', { en: String(k + 1) }, { digits: 3, group: factorName(facts) }));
}

function loadingCells(loadings: Float64Array, i: number, m: number, suppress: number): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  for (let k = 0; k < m; k++) {
    const value = loadings[i * m + k];
    cells[`f${k + 1}`] = Math.abs(value) < suppress ? null : value;
  }
  return cells;
}

function communalityTable(facts: FactorFacts): Table {
  const rows = facts.names.map((item, i): TableRow => ({ item: itemName(facts, i), ...labelCells(facts.labels[i]), initial: facts.initialCommunalities[i], extraction: facts.communalities[i], plain: item }));
  return table({ en: 'Communalities', zh: '公因子方差' }, [...variableColumns(facts.labels, 'item'), column('initial', 'unit', { en: 'Initial', zh: '初始' }, { digits: 3 }), column('extraction', 'unit', { en: 'Extraction', zh: '提取' }, { digits: 3 })], rows, {
    notes: [{ en: `Extraction: ${EXTRACTION[facts.options.extraction].en}.`, zh: `提取方法：${EXTRACTION[facts.options.extraction].zh}。` }]
  });
}

function varianceTable(facts: FactorFacts): Table {
  const p = facts.names.length;
  const oblique = facts.structure !== null;
  let cumulative = 0;
  let extracted = 0;
  let rotated = 0;
  const showRotation = facts.options.rotation !== 'none' && facts.factors > 1;
  const rows = facts.eigenvalues.map((total, k): TableRow => {
    cumulative += total;
    const inside = k < facts.factors;
    if (inside) {
      extracted += facts.extractionSums[k];
      rotated += facts.rotationSums[k];
    }
    return {
      factor: String(k + 1),
      total,
      percent: total / p,
      cumulative: cumulative / p,
      extractionTotal: inside ? facts.extractionSums[k] : null,
      extractionPercent: inside ? facts.extractionSums[k] / p : null,
      extractionCumulative: inside ? extracted / p : null,
      rotationTotal: inside ? facts.rotationSums[k] : null,
      rotationPercent: inside && !oblique ? facts.rotationSums[k] / p : null,
      rotationCumulative: inside && !oblique ? rotated / p : null
    };
  });
  const block = (prefix: string, group: Bilingual, shares: boolean): TableColumn[] => {
    const key = (name: string): string => (prefix === '' ? name.toLowerCase() : `${prefix}${name}`);
    const total = column(key('Total'), 'number', { en: 'Total', zh: '总计' }, { digits: 3, group });
    return shares ? [total, column(key('Percent'), 'percent', { en: '% of variance', zh: '方差百分比' }, { digits: 3, group }), column(key('Cumulative'), 'percent', { en: 'Cumulative %', zh: '累积 %' }, { digits: 3, group })] : [total];
  };
  const columns = [
    column('factor', 'text', factorName(facts)),
    ...block('', { en: 'Initial eigenvalues', zh: '初始特征值' }, true),
    ...block('extraction', { en: 'Extraction sums of squared loadings', zh: '提取载荷平方和' }, true),
    ...(showRotation ? block('rotation', { en: 'Rotation sums of squared loadings', zh: '旋转载荷平方和' }, !oblique) : [])
  ];
  const correlated = oblique ? [{ en: 'Factors are correlated: rotation sums are of squared structure coefficients and do not add up to variance explained.', zh: '因子相关：旋转平方和取自结构矩阵，不可相加为解释方差。' }] : [];
  const parallel = facts.parallel ? [{ en: `Parallel analysis: ${facts.parallel.draws} draws, seed ${facts.parallel.seed}, ${facts.parallel.percentile * 100}th percentiles ${facts.parallel.reference.slice(0, facts.parallel.factors + 1).map((value) => value.toFixed(3)).join(', ')}; ${facts.parallel.factors} factor${facts.parallel.factors === 1 ? '' : 's'} above.`, zh: `平行分析：${facts.parallel.draws} 次抽样，种子 ${facts.parallel.seed}；保留 ${facts.parallel.factors} 个因子。` }] : [];
  return table({ en: 'Total variance explained', zh: '总方差解释' }, columns, rows, { notes: [{ en: `Extraction: ${EXTRACTION[facts.options.extraction].en}.`, zh: `提取方法：${EXTRACTION[facts.options.extraction].zh}。` }, ...correlated, ...parallel] });
}

function matrixTable(facts: FactorFacts, title: Bilingual, loadings: Float64Array): Table {
  const rows = printOrder(facts).map((i): TableRow => ({ item: itemName(facts, i), ...labelCells(facts.labels[i]), ...loadingCells(loadings, i, facts.factors, facts.options.suppress) }));
  const { suppress } = facts.options;
  const blank = suppress > 0 ? [{ en: `Loadings below ${suppress.toFixed(2)} in absolute value are left blank.`, zh: `绝对值小于 ${suppress.toFixed(2)} 的载荷不显示。` }] : [];
  return table(title, [...variableColumns(facts.labels, 'item'), ...factorColumns(facts)], rows, { notes: [...notes(facts), ...blank, ...warningNotes(facts.warnings)] });
}

/** Items by the factor of their largest loading, largest first; or in file order. */
function printOrder(facts: FactorFacts): readonly number[] {
  const m = facts.factors;
  const places = facts.names.map((_, i) => {
    let best = 0;
    for (let k = 1; k < m; k++) if (Math.abs(facts.loadings[i * m + k]) > Math.abs(facts.loadings[i * m + best])) best = k;
    return { i, best, size: Math.abs(facts.loadings[i * m + best]) };
  });
  return (facts.options.sort ? places.sort((a, b) => a.best - b.best || b.size - a.size) : places).map(({ i }) => i);
}

function factorCorrelationTable(facts: FactorFacts): Table {
  const m = facts.factors;
  const rows = Array.from({ length: m }, (_, k): TableRow => ({ item: String(k + 1), ...loadingCells(facts.factorCorrelations ?? new Float64Array(0), k, m, 0) }));
  return table({ en: 'Factor correlations', zh: '因子相关矩阵' }, [column('item', 'text', factorName(facts)), ...factorColumns(facts)], rows);
}

function fitTable(facts: FactorFacts): Table {
  const { chiSquare, df, pValue } = facts.fitTest ?? { chiSquare: null, df: null, pValue: null };
  return table({ en: 'Goodness-of-fit test', zh: '拟合度检验' }, [heading('chiSquare', { digits: 3 }), heading('df', { kind: 'integer' }), heading('pValue')], [{ chiSquare, df, pValue }], { notes: [{ en: 'Test that the number of factors suffices, with Bartlett’s correction.', zh: '检验因子个数是否足够（Bartlett 校正）。' }] });
}

function itemName(facts: FactorFacts, i: number): string {
  return facts.reversed[i] ? `${facts.names[i]} (R)` : facts.names[i];
}

function notes(facts: FactorFacts): readonly Bilingual[] {
  const { extraction, rotation, kaiser, stop } = facts.options;
  const turned = rotation === 'none' || facts.factors < 2 ? '' : `; rotation: ${ROTATION[rotation].en}${kaiser ? ' with Kaiser normalization' : ''}${stop === 'tight' ? '' : `, stopped early as ${stop === 'spss' ? 'SPSS' : 'R'}`}`;
  const turnedZh = rotation === 'none' || facts.factors < 2 ? '' : `；旋转方法：${kaiser ? '凯撒正态化' : ''}${ROTATION[rotation].zh ?? ''}`;
  const reversed = facts.reversed.some(Boolean) ? [{ en: '(R): reverse item, turned.', zh: '(R)：反向题，已转换。' }] : [];
  return [sampleNote(facts.n, facts.rows), { en: `Extraction: ${EXTRACTION[extraction].en}${turned}.`, zh: `提取方法：${EXTRACTION[extraction].zh ?? ''}${turnedZh}。` }, ...reversed];
}
