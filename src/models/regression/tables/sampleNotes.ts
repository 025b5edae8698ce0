import { warningNote } from '../../../shared/diagnostic.js';
import type { Bilingual } from '../../../shared/table.js';
import type { Fit } from '../../fit.js';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['missing values (listwise)', '缺失值（成列删除）'],
  ['excluded by screening', '筛选剔除']
]);

/** n, dropped rows and warnings: what stands under every table of a fit. */
export function sampleNotes(fit: Fit): readonly Bilingual[] {
  const { used, total, dropped } = fit.sample;
  const reasons = dropped.map(({ reason, count }) => `${count} ${reason}`).join(', ');
  const grounds = dropped.map(({ reason, count }) => `${REASONS.get(reason) ?? reason} ${count}`).join('，');
  const first: Bilingual = dropped.length === 0 ? { en: `n = ${used}; no row dropped.`, zh: `n = ${used}；未剔除个案。` } : { en: `n = ${used} of ${total} rows; dropped: ${reasons}.`, zh: `n = ${used}（共 ${total} 行）；剔除：${grounds}。` };
  return [first, ...fit.warnings.map(warningNote)];
}
