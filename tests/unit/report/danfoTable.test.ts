import * as danfo from 'danfojs-node';
import { describe, expect, it } from 'vitest';
import { toBundle } from '../../../src/report/bundle.js';
import { isSurveyTable } from '../../../src/shared/mime/surveyTable.js';

const TABLE = 'application/vnd.semlab.survey-table.v1+json';
const shown = (value: unknown): { data: Record<string, unknown>; cells: string[][] } => {
  const { data } = toBundle(value);
  expect(isSurveyTable(data[TABLE])).toBe(true);
  return { data, cells: (data[TABLE] as unknown as { printed: { cells: string[][] } }).printed.cells };
};

describe('danfojs values are shown as tables', () => {
  const frame = new danfo.DataFrame([[1, 0.25, 'a', new Date(0)], [NaN, 2, '<b>', undefined]], { columns: ['n', 'x', 'word', 'when'], index: ['r1', 'r2'] });

  it('frames with their index, missing cells empty', () => {
    const { data, cells } = shown(frame);
    expect(cells).toEqual([['r1', '1', '0.250', 'a', '1970-01-01T00:00:00.000Z'], ['r2', '', '2.000', '<b>', '']]);
    expect(data['text/html']).not.toContain('<b>');
    expect(data['text/plain']).toContain('danfojs DataFrame, 2 rows × 4 columns.');
  });

  it('series as one column, and what a group or a summary gives', () => {
    expect(shown(frame.column('x')).cells).toEqual([['r1', '0.250'], ['r2', '2.000']]);
    expect(shown(new danfo.DataFrame([[1, 'a'], [3, 'a']], { columns: ['x', 'g'] }).groupby(['g']).col(['x']).mean()).cells).toEqual([['0', 'a', '2']]);
  });

  it('long and wide ones in part, and said so', () => {
    const { data, cells } = shown(new danfo.DataFrame(Array.from({ length: 2000 }, () => Array.from({ length: 40 }, (_, j) => j))));
    expect([cells.length, cells[0].length]).toEqual([50, 31]);
    expect(data['text/plain']).toContain('2000 rows × 40 columns (50 × 30 shown)');
  });

  it('empty ones without rows', () => {
    expect(shown(new danfo.DataFrame([], { columns: ['a', 'b'] })).cells).toEqual([]);
  });
});
