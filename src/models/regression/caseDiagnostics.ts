import { finite, table, type Table, type TableRow } from '../../shared/table.js';
import type { RegressionFit } from './results.js';
import { sampleNotes } from './tables/sampleNotes.js';
import { column } from './tables/wording.js';

/** One row that stands out. */
export interface UnusualCase {
  /** 1-based row of the file. */
  readonly row: number;
  readonly fitted: number;
  readonly residual: number;
  /** Studentized with the case left out (SPSS SDRESID). */
  readonly deletedResidual: number | null;
  readonly leverage: number;
  readonly cook: number | null;
  readonly dffits: number | null;
  /** The largest DFBETAS in size, and of which parameter. */
  readonly dfbetas: number | null;
  readonly parameter: string | null;
}

export interface CaseDiagnostics {
  readonly kind: 'case-diagnostics';
  readonly limits: { readonly deletedResidual: number; readonly leverage: number; readonly cook: number };
  /** By falling Cook's distance. */
  readonly cases: readonly UnusualCase[];
  tidy(): Table;
  tables(): readonly Table[];
}

/** |studentized deleted residual| that SPSS lists as an outlier. */
const RESIDUAL_LIMIT = 3;
/** Rows that the printed table shows. */
const MOST_PRINTED = 25;

/**
 * Rows that pull on the fit: |SDRESID| above 3, leverage above 3p/n, or
 * Cook's distance above 4/n. Marks to look at, not reasons to delete.
 * @see Belsley, Kuh & Welsch (1980), Regression Diagnostics; Fox (2016), Applied Regression Analysis, ch. 11
 */
export function caseDiagnostics(fit: RegressionFit): CaseDiagnostics {
  const influence = fit.influence();
  const rows = fit.rowNumbers();
  const n = rows.length;
  const p = fit.parameterNames.length;
  const limits = { deletedResidual: RESIDUAL_LIMIT, leverage: (3 * p) / n, cook: 4 / n };
  const cases: UnusualCase[] = [];
  for (let i = 0; i < n; i++) {
    if (!(Math.abs(influence.deletedResidual[i]) > limits.deletedResidual || influence.leverage[i] > limits.leverage || influence.cook[i] > limits.cook)) continue;
    let most = 0;
    for (let j = 1; j < p; j++) if (Math.abs(influence.dfbetas[i * p + j]) > Math.abs(influence.dfbetas[i * p + most])) most = j;
    const dfbetas = finite(influence.dfbetas[i * p + most]);
    cases.push({ row: rows[i], fitted: fit.fitted[i], residual: fit.residuals[i], deletedResidual: finite(influence.deletedResidual[i]), leverage: influence.leverage[i], cook: finite(influence.cook[i]), dffits: finite(influence.dffits[i]), dfbetas, parameter: dfbetas === null ? null : fit.parameterNames[most] });
  }
  cases.sort((a, b) => (b.cook ?? Infinity) - (a.cook ?? Infinity));
  const made = (shown: readonly UnusualCase[]): Table => caseTable(fit, limits, shown, cases.length);
  return Object.freeze({ kind: 'case-diagnostics' as const, limits, cases, tidy: () => made(cases), tables: () => [made(cases.slice(0, MOST_PRINTED))] });
}

function caseTable(fit: RegressionFit, limits: CaseDiagnostics['limits'], cases: readonly UnusualCase[], all: number): Table {
  const columns = [
    column('row', { en: 'Row', zh: '个案行号' }, 'integer'),
    column('fitted', { en: 'Fitted', zh: '预测值' }, 'number'),
    column('residual', { en: 'Residual', zh: '残差' }, 'number'),
    column('deletedResidual', { en: 'Studentized deleted residual', zh: '学生化删除残差' }, 'number'),
    column('leverage', { en: 'Leverage', zh: '杠杆值' }, 'unit', { digits: 3 }),
    column('cook', { en: 'Cook’s D', zh: '库克距离' }, 'number', { digits: 3 }),
    column('dffits', { en: 'DFFITS', zh: 'DFFITS' }, 'number'),
    column('dfbetas', { en: 'Largest DFBETAS', zh: '最大 DFBETAS' }, 'number'),
    column('parameter', { en: 'of', zh: '所属系数' }, 'text')
  ];
  const cut = (value: number): string => String(Number(value.toPrecision(3)));
  const limit = { en: `Listed: |studentized deleted residual| > ${limits.deletedResidual}, leverage > 3p/n = ${cut(limits.leverage)}, or Cook’s D > 4/n = ${cut(limits.cook)}: ${all} of ${fit.sample.used} rows${cases.length < all ? `, the first ${cases.length} by Cook’s D are shown` : ''}. Marks to look at, not reasons to delete.`, zh: `列出条件：|学生化删除残差| > ${limits.deletedResidual}，杠杆值 > 3p/n = ${cut(limits.leverage)}，或库克距离 > 4/n = ${cut(limits.cook)}：共 ${all} 行（总 ${fit.sample.used} 行）${cases.length < all ? `，按库克距离列出前 ${cases.length} 行` : ''}。仅提示需要查看，并非删除理由。` };
  return table({ en: 'Unusual cases', zh: '异常个案' }, columns, cases.map((one): TableRow => ({ ...one })), { notes: [limit, ...sampleNotes(fit)] });
}
