import type { DiscrepancyName } from '../options.js';

/** Discrepancies whose plain statistic is no χ², whatever the data: it has no p value. */
export function noReference(discrepancy: DiscrepancyName): boolean {
  return discrepancy === 'ULS' || discrepancy === 'PML';
}
