import { describe, expect, it } from 'vitest';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { efa, efaOfMatrix } from '../../../src/statistics/factor/efa.js';
import { factorialAnova } from '../../../src/statistics/factorial/factorialAnova.js';
import { compare } from '../../../src/statistics/groups/compare.js';
import { reliability } from '../../../src/statistics/reliability/reliability.js';

const survey = surveyFromColumns({ x: [1, 2, 3, 4, 5, 2], y: [2, 1, 4, 3, 5, 1], one: [1, 1, 1, 1, 1, 1], g: [1, 1, 2, 2, 2, 2], h: [1, 1, 2, 2, 2, 2], single: [1, 2, 2, 2, 2, 2], word: ['a', 'b', 'a', 'b', 'a', 'b'] });

/** What is asked, and what the message must hold. */
const WRONG: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['a misspelt column', () => correlate(survey, ['x', 'yy']), /`yy`[\s\S]*did you mean `y`/],
  ['a column of words', () => correlate(survey, ['x', 'word']), /holds words/],
  ['a misspelt option', () => correlate(survey, ['x', 'y'], { methods: 'spearman' } as object), /no option `methods`[\s\S]*did you mean `method`/],
  ['a misspelt choice', () => compare(survey, ['x'], 'g', { postHoc: 'tukay' as 'tukey' }), /cannot be `tukay`[\s\S]*did you mean `tukey`/],
  ['one variable', () => correlate(survey, ['x']), /needs two variables, found 1/],
  ['a control that is correlated too', () => correlate(survey, ['x', 'y'], { control: ['x'] }), /both correlated and held constant/],
  ['a confidence of 95', () => compare(survey, ['x'], 'g', { confidence: 95 }), /between 0 and 1, found 95/],
  ['one group', () => compare(survey, ['x'], 'one'), /one value only/],
  ['a group of one', () => compare(survey, ['x'], 'single'), /has one answer to `x`, a t test needs two/],
  ['one item', () => reliability(survey, ['x']), /needs two items/],
  ['an unknown construct', () => reliability(survey, 'TRUST'), /not a construct/],
  ['a constant item', () => efa(survey, ['x', 'y', 'one']), /`one` does not vary/],
  ['more factors than items', () => efa(survey, ['x', 'y'], { factors: 3 }), /3 factors cannot be drawn from 2 items/],
  ['a matrix that is none', () => efaOfMatrix({ names: ['a', 'b'], correlation: [[1, 2], [2, 1]], n: 10 }), /between −1 and 1/],
  ['factors that coincide', () => factorialAnova(survey, 'x', ['g', 'h']), /has no rows, or a covariate is determined/]
];

describe('what cannot be done is refused with a reason', () => {
  for (const [what, run, message] of WRONG) it(what, () => expect(run).toThrow(message));
});
