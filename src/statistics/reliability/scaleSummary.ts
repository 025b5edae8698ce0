import { fail, warningOf } from '../../shared/diagnostic.js';
import { table, type Table, type TableRow } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { warningNotes, type Analysis } from '../analysis.js';
import { column, heading, variableColumns } from '../headings.js';
import { labelCells } from '../variables.js';
import { reliability } from './reliability.js';
import type { Reliability, ReliabilityOptions } from './reliabilityResult.js';

export interface ScaleReliabilities extends Analysis {
  readonly kind: 'scale-reliabilities';
  readonly scales: readonly Reliability[];
}

/** Reliability of several constructs (all of the codebook by default): a summary table, then each scale's items. */
export function reliabilityOfScales(survey: Survey, constructs?: readonly string[], options?: Partial<Omit<ReliabilityOptions, 'reverse'>>): ScaleReliabilities {
  const names = constructs ?? [...survey.codebook.constructs.values()].filter((construct) => construct.items.length > 1).map((construct) => construct.name);
  if (names.length === 0) fail('no-constructs', `the codebook of survey \`${survey.name}\` defines no construct with two items`, { help: 'name the items, or add constructs to the codebook' });
  const scales = names.map((name) => reliability(survey, name, options));
  const warnings = scales.flatMap((scale) => scale.warnings.map((one) => warningOf(scale.scale ?? '', one)));
  const rows = scales.map((scale): TableRow => ({ scale: scale.scale ?? null, ...labelCells(scale.label), items: scale.items.length, n: scale.n, alpha: scale.alpha, confLow: scale.confLow, confHigh: scale.confHigh, standardizedAlpha: scale.standardizedAlpha, omega: scale.omega }));
  const columns = [
    ...variableColumns(scales.map((scale) => scale.label), 'scale'),
    heading('items'),
    heading('n'),
    heading('alpha', { digits: 3 }),
    heading('confLow', { kind: 'unit', digits: 3 }),
    heading('confHigh', { kind: 'unit', digits: 3 }),
    column('standardizedAlpha', 'unit', { en: 'Standardized α', zh: '标准化 α' }, { digits: 3 }),
    column('omega', 'unit', { en: 'McDonald’s ω', zh: 'McDonald’s ω' }, { digits: 3 })
  ];
  const summary = table({ en: 'Reliability of the scales', zh: '各量表信度' }, columns, rows, {
    notes: [{ en: 'Listwise within each scale; interval of α after Feldt; ω from a one-factor ML model.', zh: '各量表内按列表删除；α 置信区间用 Feldt 法；ω 基于单因子 ML 模型。' }, ...warningNotes(warnings)]
  });
  return Object.freeze({ kind: 'scale-reliabilities' as const, scales, warnings, tidy: (): Table => summary, tables: (): readonly Table[] => [summary, ...scales.map((scale) => scale.tables()[1])] });
}
