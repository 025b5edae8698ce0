import { parseCodebook } from '../../../../src/survey/codebookText/parseCodebook.js';
import { buildSurvey } from '../../../../src/survey/buildSurvey.js';
import type { RawColumn } from '../../../../src/survey/rawSurvey.js';
import { mergeVariable, plainVariable } from '../../../../src/survey/variableInfo.js';
import type { Survey } from '../../../../src/survey/survey.js';

/** A survey with everything that a writer must carry over. */
export function surveyToWrite(): Survey {
  const day = Date.UTC(2024, 1, 29);
  const rows = 12;
  const each = <T>(value: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => value(i));
  const numeric = (name: string, value: (i: number) => number): RawColumn => ({ name, type: 'numeric', values: Float64Array.from(each(value)) });
  const words = (name: string, value: (i: number) => string | null): RawColumn => ({ name, type: 'string', values: each(value) });
  const columns: RawColumn[] = [
    numeric('id', (i) => i + 1),
    numeric('SAT1', (i) => [1, 2, 3, 4, 5, 9][i % 6]),
    numeric('dbl', (i) => [0.1, -1e300, 1e-300, NaN, 150, 151, 152, -99, -100, 1234.5678, 252, -0.5][i]),
    numeric('income', (i) => [100.5, -7, -1, NaN][i % 4]),
    numeric('born', (i) => (i === 3 ? NaN : day + i * 86_400_000)),
    numeric('seen', (i) => day + i * 3_600_500),
    numeric('took', (i) => i * 61_250),
    words('g', (i) => ['m', 'f', null][i % 3]),
    words('城市', (i) => ['北京', '上海市浦东新区', 'x', null][i % 4]),
    words('story', (i) => (i === 0 ? null : '满意é'.repeat(i * 40))),
    words('exactly255', (i) => 'y'.repeat(i === 1 ? 255 : i)),
    words('exactly256', (i) => 'z'.repeat(i === 1 ? 256 : i)),
    words('exactly504', (i) => 'w'.repeat(i === 1 ? 504 : i)),
    words('exactly505', (i) => 'w'.repeat(i === 1 ? 505 : i)),
    numeric('a name with blanks', (i) => i % 2),
    numeric('ALL', (i) => i),
    numeric('a_name_that_is_longer_than_sixty_four_bytes_and_must_therefore_be_cut', (i) => 3 - i),
    numeric('a_name_that_is_longer_than_sixty_four_bytes_and_must_therefore_be_cut2', (i) => i / 4)
  ];
  const variables = new Map([
    ['born', mergeVariable(plainVariable('born'), { temporal: 'date' })],
    ['seen', mergeVariable(plainVariable('seen'), { temporal: 'datetime' })],
    ['took', mergeVariable(plainVariable('took'), { temporal: 'time' })],
    ['dbl', mergeVariable(plainVariable('dbl'), { decimals: 3, attributes: new Map([['Source', ['page 1', "it's"]]]) })]
  ]);
  const codebook = parseCodebook(`
variables:
  id: {label: Running number, level: scale}
  SAT1: {label: Satisfied | 满意, level: ordinal, values: {1: no | 否, 5: yes | 是, 9: refused}, missing: 9}
  income: {missing: [-1, -99..-5]}
  g: {label: Gender, level: nominal, values: {m: male, f: female}, missing: [f]}
  城市: {label: City, values: {北京: capital}, missing: [x]}
notes: [Made for a test of the writers, 第二行]
`);
  const raw = { rowCount: rows, columns, variables, notes: [], multipleResponse: [{ name: 'pair', label: { en: 'A pair' }, items: ['id', 'SAT1'], countedValue: 1 }], warnings: [] };
  return buildSurvey('written', raw, { name: 'written', format: 'memory' }, codebook);
}
