import * as otherDanfo from 'danfojs-node';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleDanfo } from '../../../scripts/danfo/bundleDanfo.mjs';
import type { Danfo } from '../../../src/survey/danfoTypes.js';
import { fromDanfo, type DanfoFrame } from '../../../src/survey/fromDanfo.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

const folder = mkdtempSync(join(tmpdir(), 'semlab-danfo-'));
await bundleDanfo(folder);
/** The bundle that is built for users, from danfojs itself. */
const danfo = createRequire(import.meta.url)(join(folder, 'danfo.cjs')) as typeof otherDanfo;
const library = { danfo: danfo as unknown as Danfo };

const CODEBOOK = `
constructs: {SAT: [x, y]}
variables:
  x: {label: Satisfied, zh: 满意, level: ordinal, missing: 9, range: 1-5, values: {1: no, 5: yes}}
  y: {range: 1-5, reverse: true}
  g: {label: First letter, missing: [zz]}
`;
const survey = surveyFromColumns(
  [['x', [1, 9, NaN, 4]], ['y', [0.5, 2, 3, 4]], ['g', ['a', null, '12', 'zz']], ['when', [new Date('2024-03-01'), null, new Date('1899-12-31'), new Date('2024-03-02')]], ['__proto__', [1, 2, 3, 4]], ['constructor', ['p', 'q', 'r', 's']]],
  { codebook: CODEBOOK }
);
const screened = survey.withScreening({ returned: 4, steps: [], valid: 3, excludedBy: Uint16Array.of(0, 0, 0, 1) });

describe('danfojs data frames', () => {
  it('get the valid rows, with missing answers missing and dates as ISO text', () => {
    const frame = screened.toDanfo(library);
    expect(frame.columns).toEqual(['x', 'y', 'g', 'when', '__proto__', 'constructor']);
    expect(frame.values).toEqual([[1, 0.5, 'a', '2024-03-01T00:00:00', 1, 'p'], [NaN, 2, undefined, undefined, 2, 'q'], [NaN, 3, '12', '1899-12-31T00:00:00', 3, 'r']]);
    expect(frame.dtypes).toEqual(['int32', 'float32', 'string', 'string', 'int32', 'string']);
    expect(frame.shape).toEqual([3, 6]);
  });

  it('get all rows and the codes of the file when asked', () => {
    const frame = screened.toDanfo({ ...library, validOnly: false, missingCodes: 'keep' });
    expect(frame.column('x').values).toEqual([1, 9, NaN, 4]);
    expect(frame.column('g').values).toEqual(['a', undefined, '12', 'zz']);
    expect(survey.toDanfo({ ...library, answers: 'labels' }).column('x').values).toEqual(['no', undefined, undefined, '4']);
  });

  it('can be worked with: group, filter, and dates in the reader’s own time zone', () => {
    const frame = survey.toDanfo(library);
    expect(frame.column('when').dropNa().dt.dayOfMonth().values).toEqual([1, 31, 2]);
    expect(frame.query(frame.column('y').gt(1)).shape).toEqual([3, 6]);
    expect(frame.loc({ columns: ['y'] }).mean({ axis: 0 }).values).toEqual([2.375]);
  });

  it('come back with labels, codes and constructs', () => {
    const back = fromDanfo(survey.toDanfo({ ...library, missingCodes: 'keep' }), { like: survey });
    expect(back.names()).toEqual(survey.names());
    expect(back.columns.map(({ values }) => [...values])).toEqual(survey.columns.map(({ values }) => [...values]));
    expect(back.columns.map(({ missingReasons }) => missingReasons)).toEqual(survey.columns.map(({ missingReasons }) => missingReasons));
    expect([...back.codebook.variables]).toEqual([...survey.codebook.variables]);
    expect([...back.codebook.constructs.keys()]).toEqual(['SAT']);
  });

  it('come back with labels as codes, and without what they lost', () => {
    const frame = survey.toDanfo({ ...library, answers: 'labels' });
    const back = fromDanfo(frame.loc({ rows: [0, 1], columns: ['x', 'when'] }), { like: survey });
    expect([...back.numeric('x')]).toEqual([1, NaN]);
    expect(back.info('x')).toEqual(survey.info('x'));
    expect([...back.numeric('when')]).toEqual([Date.UTC(2024, 2, 1), NaN]);
    expect(back.codebook.constructs.size).toBe(0);
  });

  it('made by danfojs itself become surveys', () => {
    const frame = new danfo.DataFrame({ score: [1.5, null, 3], ok: [true, false, undefined], when: [new Date('2024-01-02T03:04:05Z'), undefined, new Date(0)], word: ['a', 'b', NaN] });
    expect(() => fromDanfo(frame as DanfoFrame)).toThrow('column `word` mixes numbers (index 2) and strings (index 0)');
    const read = fromDanfo(frame.drop({ columns: ['word'] }) as DanfoFrame, { name: 'frame', codebook: 'variables: {score: The score}' });
    expect([...read.numeric('score')]).toEqual([1.5, NaN, 3]);
    expect([...read.numeric('ok')]).toEqual([1, 0, NaN]);
    expect(read.info('when').temporal).toBe('datetime');
    expect(read.labels('when')).toEqual(['2024-01-02T03:04:05', null, '1970-01-01T00:00:00']);
    expect(read.info('score').label).toEqual({ en: 'The score' });
  });

  it('keep working with columns named like their members', () => {
    const names = ['shape', 'columns', 'values', '$data', '__proto__', 'constructor', 'head', '<img onerror>'];
    const frame = surveyFromColumns(names.map((name, j): [string, number[]] => [name, [j, j + 1]])).toDanfo(library);
    expect(frame.columns).toEqual(names);
    expect(frame.shape).toEqual([2, 8]);
    expect(frame.column('shape').values).toEqual([0, 1]);
    expect(frame.head(1).tail(1).values).toEqual([[0, 1, 2, 3, 4, 5, 6, 7]]);
    expect([...fromDanfo(frame.query([false, true])).numeric('__proto__')]).toEqual([5]);
    frame.addColumn('size', [5, 6], { inplace: true });
    expect(frame.size).toBe(18);
    expect(frame.column('size').values).toEqual([5, 6]);
  });

  it('say what the bundle leaves out', async () => {
    expect(() => new danfo.DataFrame([[1, 2]]).tensor).toThrow('tensorflow.tensor2d is not part of the danfojs that semlab brings');
    await expect(async () => danfo.readCSV('https://example.org/a.csv')).rejects.toThrow('reading from the web is not part');
  });

  it('compute what the package computes', () => {
    const rows = Array.from({ length: 30 }, (_, i) => [Math.sin(i) * 3, i % 3, `g${i % 2}`]);
    const make = ({ DataFrame }: typeof otherDanfo): unknown => {
      const frame = new DataFrame(rows, { columns: ['a', 'b', 'g'] });
      return [frame.describe().values, frame.groupby(['g']).agg({ a: 'std', b: 'mean' }).values, frame.column('b').mode(), frame.sortValues('a').values];
    };
    expect(make(danfo)).toEqual(make(otherDanfo));
  });

  it('may be empty', () => {
    const none = surveyFromColumns({ a: [], b: [] });
    expect(none.toDanfo(library).columns).toEqual(['a', 'b']);
    expect(fromDanfo(none.toDanfo(library)).names()).toEqual(['a', 'b']);
    expect(surveyFromColumns({}).toDanfo(library).shape).toEqual([0, 0]);
  });

  it('are told from other things, and from names that another danfojs cannot take', () => {
    expect(() => survey.toDanfo({ danfo: {} as never })).toThrow('danfojs module was expected');
    expect(() => fromDanfo([1, 2] as never)).toThrow('danfojs data frame was expected');
    expect(() => fromDanfo(new danfo.Series([1, 2]) as never)).toThrow('danfojs data frame was expected');
    expect(() => surveyFromColumns({ shape: [1] }).toDanfo({ danfo: otherDanfo as unknown as Danfo })).toThrow('has the name of a member');
    expect(() => fromDanfo({ columns: ['when'], values: [['yesterday']] }, { like: survey })).toThrow('`yesterday` is no date');
  });
});
