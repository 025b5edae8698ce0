import type { Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { column, heading } from '../headings.js';
import type { Frequencies } from './frequencies.js';

/**
 * Who answered, in one table: each class of each characteristic with its
 * count and its share of the answers given; missing answers on lines of their
 * own, so that the counts add up to the rows.
 */
export function sampleProfile({ variables }: Frequencies, rows: number): Table {
  const lines: TableRow[] = [];
  const sections: { beforeRow: number; label?: { en: string; zh?: string } }[] = [];
  for (const { variable, label, rows: classes, n, missing, notAsked } of variables) {
    sections.push({ beforeRow: lines.length, label: { en: label?.en ?? variable, zh: label?.zh ?? label?.en ?? variable } });
    for (const { value, label: wording, frequency, validPercent } of classes) lines.push({ value: wording?.en ?? String(value), valueZh: wording?.zh ?? wording?.en ?? String(value), frequency, validPercent: n > 0 ? validPercent : null });
    if (missing > 0) lines.push({ value: 'missing', valueZh: '缺失', frequency: missing, validPercent: null });
    if (notAsked > 0) lines.push({ value: 'not asked', valueZh: '未询问', frequency: notAsked, validPercent: null });
  }
  return table({ en: 'The sample', zh: '样本特征' }, [heading('value', { label: { en: 'Characteristic', zh: '特征' }, zhFrom: 'valueZh' }), heading('frequency', { label: { en: 'n', zh: '人数' } }), column('validPercent', 'percent', { en: '% of answers', zh: '有效百分比' })], lines, {
    sections,
    notes: [{ en: `n = ${rows} valid rows.`, zh: `有效样本 n = ${rows}。` }]
  });
}
