import { fail } from '../../../shared/diagnostic.js';
import type { GroupRows } from '../../../statistics/rows.js';
import type { SemSample } from '../estimation/sample.js';

/** The rows of every group; robust statistics cannot be had from moments. */
export function rowsOf(sample: SemSample): readonly GroupRows[] {
  return sample.rows?.groups ?? fail('rows-needed', 'robust standard errors and tests need the rows of the data, and only moments were given', { help: 'pass the survey itself, or use estimator ML' });
}
