import { fail } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';
import { quantile } from '../../statistics/describe/quantile.js';

/** `sd`: mean − SD, mean, mean + SD; `percentiles`: 16th, 50th, 84th; or values in the moderator's own units. */
export type ProbeRule = 'sd' | 'percentiles' | readonly number[];

/** A value at which a conditional effect is told. */
export interface Probe {
  /** In the moderator's own units. */
  readonly value: number;
  readonly label: Bilingual;
}

/** As PROCESS: percentiles of type 6, about one standard deviation to either side of the median. */
const PERCENTILES = [16, 50, 84];

/** Probe values; a moderator with two values is probed at both, whatever the rule. */
export function probeValues(values: Float64Array, rule: ProbeRule): readonly Probe[] {
  if (Array.isArray(rule)) {
    if (rule.length === 0 || !rule.every((v) => typeof v === 'number' && Number.isFinite(v))) fail('bad-option', '`probe` is `sd`, `percentiles` or a list of numbers');
    return rule.map((value: number) => ({ value, label: { en: String(value) } }));
  }
  if (rule !== 'sd' && rule !== 'percentiles') fail('bad-option', '`probe` is `sd`, `percentiles` or a list of numbers');
  const sorted = Float64Array.from(values).sort();
  const distinct = new Set<number>();
  for (const v of sorted) if (distinct.add(v).size > 2) break;
  if (distinct.size <= 2) return [...distinct].map((value) => ({ value, label: { en: String(value) } }));
  if (rule === 'percentiles') return PERCENTILES.map((p) => ({ value: quantile(sorted, p / 100) ?? NaN, label: { en: `${p}th percentile`, zh: `第 ${p} 百分位` } }));
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1));
  return [
    { value: mean - deviation, label: { en: 'Mean − 1 SD', zh: '均值 − 1 标准差' } },
    { value: mean, label: { en: 'Mean', zh: '均值' } },
    { value: mean + deviation, label: { en: 'Mean + 1 SD', zh: '均值 + 1 标准差' } }
  ];
}
