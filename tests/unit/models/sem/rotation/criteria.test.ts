import { describe, expect, it } from 'vitest';
import { crawfordFerguson, entropy, geomin, infomax, oblimin, orthomax, target, type Criterion } from '../../../../../src/models/sem/rotation/criteria.js';
import { gradientProjection, rotated } from '../../../../../src/models/sem/rotation/gradientProjection.js';

const loadings = Float64Array.of(0.8, 0.1, -0.2, 0.7, 0.3, 0.05, 0.15, 0.75, 0.4, -0.1, 0.6, 0.2, 0.3, 0.2, 0.9);
const [p, m] = [5, 3];
const criteria: readonly (readonly [string, Criterion])[] = [
  ['varimax', orthomax(1)], ['quartimax', orthomax(0)], ['oblimin', oblimin(0.2)], ['quartimin', oblimin(0)], ['geomin', geomin(0.01)], ['cf-varimax', crawfordFerguson(1 / p)], ['entropy', entropy], ['infomax', infomax],
  ['target', target(new Float64Array(p * m), Uint8Array.from(loadings, (x) => (Math.abs(x) < 0.3 ? 1 : 0)))]
];

describe('rotation criteria', () => {
  it.each(criteria)('%s: the gradient is that of the function', (_, criterion) => {
    const gradient = new Float64Array(p * m);
    const scratch = new Float64Array(p * m);
    criterion(loadings, p, m, gradient);
    for (let k = 0; k < p * m; k++) {
      const at = (shift: number): number => criterion(loadings.map((value, i) => (i === k ? value + shift : value)), p, m, scratch);
      expect(gradient[k]).toBeCloseTo((at(1e-6) - at(-1e-6)) / 2e-6, 7);
    }
  });

  it.each(criteria)('%s: a solution is a rotation of the loadings, and no worse than the start', (_, criterion) => {
    for (const orthogonal of [true, false]) {
      const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
      const before = criterion(loadings, p, m, new Float64Array(p * m));
      const { t, loadings: found, value } = gradientProjection(loadings, p, m, criterion, orthogonal, identity);
      expect(value).toBeLessThanOrEqual(before + 1e-12);
      const again = new Float64Array(p * m);
      rotated(loadings, p, m, t, orthogonal, again);
      again.forEach((x, k) => expect(x).toBeCloseTo(found[k], 12));
      for (let c = 0; c < m; c++) expect(t[c] ** 2 + t[m + c] ** 2 + t[2 * m + c] ** 2).toBeCloseTo(1, 10);
    }
  });
});
