import { describe, expect, it } from 'vitest';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import type { Codebook, VariableInfo } from '../../../src/survey/codebook.js';
import { plainVariable } from '../../../src/survey/variableInfo.js';
import { withCodes } from '../../../src/survey/declaredMissing.js';

const codebookOf = (...variables: VariableInfo[]): Codebook => ({ variables: new Map(variables.map((v) => [v.name, v])), constructs: new Map(), notes: [] });

describe('a survey', () => {
  const survey = surveyFromColumns({ x: [1, 2, null, 4], group: ['a', 'b', null, 'a'] }, { name: 'wom' });

  it('looks up columns and names the nearest when there is none', () => {
    expect([...survey.numeric('x')]).toEqual([1, 2, NaN, 4]);
    expect(() => survey.column('grup')).toThrow('did you mean `group`?');
    expect(() => survey.numeric('group')).toThrow('holds words such as `a`');
  });

  it('is frozen', () => {
    expect(Object.isFrozen(survey)).toBe(true);
    expect(Object.isFrozen(survey.columns)).toBe(true);
  });

  it('masks rows without deleting them', () => {
    const screened = survey.withScreening({ returned: 4, steps: [], valid: 2, excludedBy: Uint16Array.of(0, 1, 1, 0) });
    expect([...screened.numeric('x')]).toEqual([1, 4]);
    expect(screened.labels('group')).toEqual(['a', 'a']);
    expect([screened.rowCount, screened.validCount, survey.validCount]).toEqual([4, 2, 4]);
    expect(() => survey.withScreening({ returned: 4, steps: [], valid: 3, excludedBy: Uint16Array.of(0, 1, 1, 0) })).toThrow('keeps 2');
  });

  it('adds and replaces columns over all rows of the file', () => {
    const more = survey.withColumn('y', Float64Array.of(1, 2, 3, 4), { label: { en: 'Y' } });
    expect(more.names()).toEqual(['x', 'group', 'y']);
    expect(more.info('y').label).toEqual({ en: 'Y' });
    expect(survey.has('y')).toBe(false);
    expect(more.withColumn('x', Float64Array.of(9, 9, 9, 9)).names()).toEqual(['x', 'group', 'y']);
    expect(() => survey.withColumn('y', Float64Array.of(1))).toThrow('has 1 values');
  });

  it('counts declared missing codes and can put them back', () => {
    const coded = surveyFromColumns({ x: [1, 9, 99, 9, 3, 120] }, { codebook: codebookOf({ ...plainVariable('x'), missing: { codes: [9], range: { low: 99, high: 120 } } }) });
    const column = coded.column('x');
    if (column.type !== 'numeric') throw new Error('numeric expected');
    expect([...column.values]).toEqual([1, NaN, NaN, NaN, 3, NaN]);
    expect([...column.missingCodesHit]).toEqual([[9, 2], [99, 1], [120, 1]]);
    expect([...withCodes(column)]).toEqual([1, 9, 99, 9, 3, 120]);
  });

  it('turns words into codes when the codebook labels them all, in either language', () => {
    const gender = { ...plainVariable('g'), valueLabels: new Map([[1, { en: 'male', zh: '男' }], [2, { en: 'female', zh: '女' }]]) };
    const survey = surveyFromColumns({ g: ['男', 'Female', null] }, { codebook: codebookOf(gender) });
    expect([...survey.numeric('g')]).toEqual([1, 2, NaN]);
    expect(survey.labels('g')).toEqual(['male', 'female', null]);
    const stray = surveyFromColumns({ g: ['男', '外星人'] }, { codebook: codebookOf(gender) });
    expect(stray.column('g').type).toBe('string');
    expect(stray.warnings[0].message).toContain('外星人');
  });

  it('refuses unequal lengths, doubled names and mixed types', () => {
    expect(() => surveyFromColumns({ a: [1], b: [1, 2] })).toThrow('has 2 values');
    expect(() => surveyFromColumns([['a', [1]], ['a', [2]]])).toThrow('given twice');
    expect(() => surveyFromColumns({ a: [1, 'x'] })).toThrow('mixes numbers (index 0) and strings (index 1)');
  });

  it('does not keep the caller\'s array', () => {
    const mine = Float64Array.of(1, 2);
    const survey = surveyFromColumns({ x: mine });
    mine[0] = 99;
    expect([...survey.numeric('x')]).toEqual([1, 2]);
  });
});
