import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { pearson } from '../../../src/statistics/correlate/pearson.js';

describe('pairwise correlations among many columns', () => {
  const random = createRandom(3);
  const column = (gap: (row: number) => boolean, at = (row: number): number => random.normal() + row / 40): (number | null)[] => Array.from({ length: 80 }, (_, row) => (gap(row) ? null : at(row)));
  const columns = {
    a: column((row) => row % 11 === 3),
    b: column((row) => row % 7 === 2),
    // nearly everything missing, and a giant among the rows that the others lack
    c: column((row) => row > 12),
    d: column((row) => row % 13 === 5, (row) => (row === 3 ? 1e9 : random.normal() + row / 40)),
    e: column(() => false)
  };
  const survey = surveyFromColumns(columns);
  const names = Object.keys(columns) as (keyof typeof columns)[];
  const found = correlate(survey, names);

  it.each(names.flatMap((first, i) => names.slice(0, i).map((second) => [first, second] as const)))('%s and %s: as from the rows that answer both, whatever the other columns lack', (first, second) => {
    const rows = columns[first].map((_, row) => row).filter((row) => columns[first][row] !== null && columns[second][row] !== null);
    const take = (name: keyof typeof columns): Float64Array => Float64Array.from(rows, (row) => columns[name][row] ?? NaN);
    const { r, n } = found.at(names.indexOf(first), names.indexOf(second));
    expect(n).toBe(rows.length);
    expect(Math.abs((r ?? NaN) - pearson(take(first), take(second)))).toBeLessThan(1e-11);
  });
});
