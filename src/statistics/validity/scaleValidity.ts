import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Table, TableRow } from '../../shared/table.js';
import { finite, table } from '../../shared/table.js';
import { constructOf } from '../../survey/score.js';
import type { Survey } from '../../survey/survey.js';
import { sampleNote, warningNotes, type Analysis } from '../analysis.js';
import { correlationFromCovariance, covarianceMatrix } from '../covariance.js';
import { oneFactor } from '../factor/oneFactor.js';
import { column, heading } from '../headings.js';
import { itemValues } from '../itemValues.js';
import { cronbachAlpha, scaleSums } from '../reliability/alpha.js';
import { completeRows, takeRows } from '../variables.js';
import { averageVarianceExtracted, constructReliability } from './convergent.js';
import { fornellLarckerTable, htmtTable } from './discriminantTables.js';
import { heterotraitMonotrait } from './heterotraitMonotrait.js';

export interface ConstructValidity {
  readonly construct: string;
  readonly items: readonly { readonly item: string; readonly loading: number | null }[];
  readonly alpha: number | null;
  readonly compositeReliability: number | null;
  readonly averageVarianceExtracted: number | null;
}

export interface ScaleValidity extends Analysis {
  readonly kind: 'scale-validity';
  readonly n: number;
  readonly rows: number;
  readonly constructs: readonly ConstructValidity[];
  /** Correlations of the constructs' mean scores, row-major. */
  readonly correlation: Float64Array;
  /** HTMT, row-major. */
  readonly htmt: Float64Array;
}

/**
 * Convergent and discriminant validity without a full measurement model:
 * loadings of separate one-factor ML models, CR, AVE, Fornell-Larcker on score
 * correlations, HTMT. Listwise over all items. A confirmatory factor analysis
 * of all constructs at once gives the loadings that papers report.
 * @throws SurveyError `unknown-construct`, `too-few-constructs`, `too-few-rows`
 */
export function scaleValidity(survey: Survey, names?: readonly string[]): ScaleValidity {
  const wanted = (names ?? [...survey.codebook.constructs.keys()]).map((name) => constructOf(survey, name));
  if (wanted.length === 0) fail('too-few-constructs', `the codebook of survey \`${survey.name}\` defines no construct`);
  const items = [...new Set(wanted.flatMap((construct) => construct.items))];
  const place = new Map(items.map((item, i) => [item, i]));
  const values = items.map((item) => itemValues(survey, item));
  const rows = completeRows(values.map((item) => item.values));
  if (rows.length < 3) fail('too-few-rows', `only ${rows.length} of ${survey.validCount} rows answer all ${items.length} items`);
  const p = items.length;
  const columns = values.map((item) => takeRows(item.values, rows));
  const { covariance } = covarianceMatrix(columns);
  const correlation = correlationFromCovariance(covariance, p);
  const warnings: Diagnostic[] = values.flatMap((item) => item.warnings);
  const groups = wanted.map((construct) => construct.items.map((item) => place.get(item) ?? 0));
  const constructs = wanted.map(({ name }, c) => constructValidity(name, items, groups[c], covariance, correlation, p, warnings));
  const scores = groups.map((group) => Float64Array.from(rows, (_, i) => group.reduce((sum, item) => sum + columns[item][i], 0) / group.length));
  const between = correlationFromCovariance(covarianceMatrix(scores).covariance, scores.length);
  const facts = { kind: 'scale-validity' as const, n: rows.length, rows: survey.validCount, constructs, correlation: between, htmt: heterotraitMonotrait(correlation, p, groups), warnings };
  return Object.freeze({ ...facts, tidy: () => convergentTable(facts), tables: () => validityTables(facts) });
}

function constructValidity(construct: string, names: readonly string[], group: readonly number[], covariance: Float64Array, correlation: Float64Array, p: number, warnings: Diagnostic[]): ConstructValidity {
  const k = group.length;
  const block = (matrix: Float64Array): Float64Array => Float64Array.from(group.flatMap((i) => group.map((j) => matrix[i * p + j])));
  const within = block(correlation);
  const fit = within.every(Number.isFinite) ? oneFactor(within, k) : null;
  const usable = fit !== null && fit.converged;
  if (fit?.boundary) warnings.push(warning('heywood-case', `the one-factor model of \`${construct}\` has a uniqueness at its lower bound (Heywood case)`, { zh: `\`${construct}\` 的单因子模型有唯一性达到下界（Heywood 现象）` }));
  if (k > 2 && !usable) warnings.push(warning('no-convergence', `the one-factor model of \`${construct}\` has no solution, so its CR and AVE are left out`, { zh: `\`${construct}\` 的单因子模型无解，略去 CR 与 AVE` }));
  if (k < 3) warnings.push({ ...warning('not-identified', `\`${construct}\` has ${k} item${k === 1 ? '' : 's'}: a one-factor model needs three, so its loadings, CR and AVE are left out`, { zh: `\`${construct}\` 只有 ${k} 个题项，单因子模型需要三个，略去载荷、CR 与 AVE` }), severity: 'note' });
  return {
    construct,
    items: group.map((i, at) => ({ item: names[i], loading: usable ? fit.loadings[at] : null })),
    alpha: cronbachAlpha(scaleSums(block(covariance), k)),
    compositeReliability: usable ? constructReliability(fit.loadings, fit.uniquenesses) : null,
    averageVarianceExtracted: usable ? averageVarianceExtracted(fit.loadings, fit.uniquenesses) : null
  };
}

type Facts = Omit<ScaleValidity, 'tidy' | 'tables'>;

function validityTables(facts: Facts): readonly Table[] {
  const names = facts.constructs.map((construct) => construct.construct);
  if (names.length < 2) return [convergentTable(facts)];
  const note = sampleNote(facts.n, facts.rows);
  const scores = { en: 'Correlations of mean scores, not corrected for unreliability.', zh: '相关系数基于均分，未校正信度。' };
  return [convergentTable(facts), fornellLarckerTable({ names, ave: facts.constructs.map((construct) => construct.averageVarianceExtracted), correlation: facts.correlation, notes: [scores, note] }), htmtTable(names, facts.htmt, [note])];
}

function convergentTable(facts: Facts): Table {
  const rows = facts.constructs.flatMap((construct) =>
    construct.items.map(({ item, loading }, i): TableRow => {
      const first = i === 0;
      return { scale: first ? construct.construct : null, item, loading: finite(loading), alpha: first ? construct.alpha : null, cr: first ? construct.compositeReliability : null, ave: first ? construct.averageVarianceExtracted : null };
    })
  );
  const columns = [
    heading('scale', { label: { en: 'Construct', zh: '构念' } }),
    heading('item'),
    column('loading', 'unit', { en: 'Standardized loading', zh: '标准化载荷' }, { digits: 3 }),
    heading('alpha', { digits: 3 }),
    column('cr', 'unit', { en: 'CR', zh: 'CR' }, { digits: 3 }),
    column('ave', 'unit', { en: 'AVE', zh: 'AVE' }, { digits: 3 })
  ];
  return table({ en: 'Convergent validity', zh: '收敛效度' }, columns, rows, {
    notes: [sampleNote(facts.n, facts.rows), { en: 'Loadings of a separate one-factor ML model for each construct.', zh: '载荷来自各构念单独的单因子 ML 模型。' }, ...warningNotes(facts.warnings)]
  });
}
