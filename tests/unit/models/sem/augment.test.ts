import { describe, expect, it } from 'vitest';
import { augment } from '../../../../src/models/fit.js';
import { factorScores } from '../../../../src/models/sem/questions/factorScores.js';
import { cfa } from '../../../../src/models/sem/sem.js';
import { typedMoments } from '../../../../src/statistics/moments.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';

const random = createRandom(21);
const columns: Record<string, number[]> = { a: [], b: [], c: [] };
for (let i = 0; i < 120; i++) {
  const f = random.normal();
  for (const name of ['a', 'b', 'c']) columns[name].push(f + 0.7 * random.normal());
}
columns.b[4] = NaN;
const fit = cfa('f =~ a + b + c', surveyFromColumns(columns));

describe('augment of a structural equation model', () => {
  it('has one row per row used, with its number, the data and the factor scores', () => {
    const rows = augment(fit).rows;
    expect(rows.length).toBe(119);
    expect(rows.map(({ row }) => row)).not.toContain(5);
    const [group] = factorScores(fit).groups;
    rows.forEach((row, i) => {
      const at = (row.row as number) - 1;
      expect(row.v0).toBe(columns.a[at]);
      expect(row.s0).toBe(group.scores[i]);
    });
  });

  it('needs rows', () => {
    const moments = typedMoments({ names: ['a', 'b', 'c'], groups: [{ n: 100, covariance: [[1], [0.5, 1], [0.5, 0.5, 1]] }] } as never);
    expect(() => augment(cfa('f =~ a + b + c', moments))).toThrow(/rows-needed/);
  });
});
