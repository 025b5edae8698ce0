import { describe, expect, it } from 'vitest';
import { fromDanfo, toDanfo } from '../../../src/survey/danfo.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

/** The part of danfojs's DataFrame that both directions rely on. */
class DataFrame {
  readonly columns: string[];
  readonly shape: number[];
  readonly values: (number | string | undefined)[][];
  constructor(data: (number | string | undefined)[][], { columns }: { columns: string[] }) {
    this.values = data;
    this.columns = columns;
    this.shape = [data.length, columns.length];
  }
}

describe('danfojs data frames', () => {
  const survey = surveyFromColumns({ x: [1, 9, NaN, 4], g: ['a', null, 'b', 'c'] }, { codebook: 'variables: {x: {missing: 9}}' }).withScreening({ returned: 4, steps: [], valid: 3, excludedBy: Uint16Array.of(0, 0, 0, 1) });

  it('get the valid rows, with missing answers missing', () => {
    const frame = toDanfo(survey, { DataFrame });
    expect(frame.columns).toEqual(['x', 'g']);
    expect(frame.values).toEqual([[1, 'a'], [NaN, undefined], [NaN, 'b']]);
    expect(toDanfo(survey, { DataFrame }, { missingCodes: 'keep', validOnly: false }).values).toEqual([[1, 'a'], [9, undefined], [NaN, 'b'], [4, 'c']]);
  });

  it('come back as surveys', () => {
    const back = fromDanfo(toDanfo(survey, { DataFrame }), { name: 'frame', codebook: 'variables: {g: First letter}' });
    expect([...back.numeric('x')]).toEqual([1, NaN, NaN]);
    expect(back.labels('g')).toEqual(['a', null, 'b']);
    expect(back.info('g').label).toEqual({ en: 'First letter' });
  });

  it('are told from other things', () => {
    expect(() => toDanfo(survey, {} as never)).toThrow('danfojs module was expected');
    expect(() => fromDanfo([1, 2] as never)).toThrow('danfojs data frame was expected');
  });
});
