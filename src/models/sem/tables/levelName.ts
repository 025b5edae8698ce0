import type { Bilingual } from '../../../shared/table.js';

/** What a level is called in tables and drawings: the model's own word, or within and between where it counts. */
export function levelName(labels: readonly string[], level: number): Bilingual {
  const label = labels[level - 1] ?? '';
  if (!/^(\d+|within|between)$/i.test(label)) return { en: label };
  return level === 1 ? { en: 'within', zh: '组内' } : { en: 'between', zh: '组间' };
}
