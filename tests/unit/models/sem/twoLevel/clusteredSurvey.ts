import { createRandom } from '../../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../../src/survey/survey.js';

export interface ClusteredOptions {
  readonly clusters?: number;
  readonly seed?: number;
  /** Rows of cluster j; 4 to 9 by default. */
  readonly size?: (j: number) => number;
  /** Standard deviation of the factor between clusters. */
  readonly between?: number;
  /** Standard deviation of the indicators' own part between clusters. */
  readonly residual?: number;
}

/** Four indicators with a factor on each level, a covariate x of level 1, w of level 2, and two groups of clusters. */
export function clusteredSurvey({ clusters = 60, seed = 5, size = (j) => 4 + (j % 6), between = 0.7, residual = 0.3 }: ClusteredOptions = {}): Survey {
  const random = createRandom(seed);
  const columns: Record<string, (number | string)[]> = { y1: [], y2: [], y3: [], y4: [], x: [], w: [], id: [], group: [] };
  for (let j = 0; j < clusters; j++) {
    const w = random.normal();
    const fb = between * random.normal() + 0.4 * w;
    const own = [0, 1, 2, 3].map(() => residual * random.normal());
    const rows = size(j);
    for (let i = 0; i < rows; i++) {
      const x = 0.5 + random.normal();
      const fw = random.normal() + 0.4 * x;
      [1, 0.8, 1.2, 0.9].forEach((loading, k) => columns[`y${k + 1}`].push(2 + k + loading * fw + (1 + 0.1 * k) * fb + own[k] + 0.7 * random.normal()));
      columns.x.push(x);
      columns.w.push(w);
      columns.id.push(`c${j}`);
      columns.group.push(j % 3 === 0 ? 'b' : 'a');
    }
  }
  return surveyFromColumns(columns, { name: 'clusters' });
}

export const BOTH_LEVELS = `
  level: 1
    fw =~ y1 + y2 + y3 + y4
  level: 2
    fb =~ y1 + y2 + y3 + y4`;

export const COVARIATES = `
  level: within
    fw =~ y1 + a*y2 + y3
    y4 ~ fw + x
  level: between
    fb =~ y1 + a*y2 + y3
    y4 ~ fb
    fb ~ w`;
