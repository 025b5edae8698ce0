import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { withCodes, withStrings } from '../../../src/survey/declaredMissing.js';
import type { Survey } from '../../../src/survey/survey.js';

interface ExpectedColumn {
  readonly type: 'numeric' | 'string';
  readonly temporal?: 'date' | 'datetime' | 'time' | null;
  readonly label?: string | null;
  readonly values: readonly (string | null)[];
  readonly labelValues: readonly string[];
  readonly labelTexts: readonly string[];
  readonly missingValues: readonly string[];
  readonly missingRange: readonly string[];
}
interface ExpectedFile {
  readonly file: string;
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly ExpectedColumn[];
}

const fixtures = new URL('../../fixtures/survey/sav/', import.meta.url);
const { files } = JSON.parse(readFileSync(new URL('sav/expected.json', import.meta.url), 'utf8')) as { files: readonly ExpectedFile[] };
const read = (file: string): Promise<Survey> => readSurvey(readFileSync(new URL(file, fixtures)), { name: file });

/** haven gives moments in seconds or days; a rounding of the last bit is not a difference. */
const sameNumber = (ours: number, theirs: string | null): boolean => (theirs === null ? Number.isNaN(ours) : Math.abs(ours - Number(theirs)) <= 1e-15 * Math.abs(Number(theirs)));
const bound = (text: string): number => (text === 'Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text));

/** First cell in which the survey differs from what haven read, in words. */
function difference(survey: Survey, expected: ExpectedFile): string | undefined {
  for (const [j, wanted] of expected.columns.entries()) {
    const column = survey.columns[j];
    if (column.type !== wanted.type) return `${column.name} is ${column.type}`;
    const values = column.type === 'numeric' ? withCodes(column) : withStrings(column);
    for (const [i, value] of wanted.values.entries()) {
      const ours = values[i];
      const same = typeof ours === 'number' ? sameNumber(ours, value) : ours === value;
      if (!same) return `${column.name}[${i}] is ${String(ours)}, haven reads ${String(value)}`;
    }
  }
  return undefined;
}

describe('SPSS files, against haven', () => {
  it('covers every fixture', () => {
    expect(files.map(({ file }) => file)).toEqual(readdirSync(fixtures).sort());
  });

  describe.each(files.map((expected) => [expected.file, expected] as const))('%s', (file, expected) => {
    it('agrees in names and in every cell, with missing codes put back', async () => {
      const survey = await read(file);
      expect(survey.names()).toEqual(expected.names);
      expect(survey.rowCount).toBe(expected.rows);
      expect(difference(survey, expected)).toBeUndefined();
      const [first] = expected.columns;
      const perturbed = { ...expected, columns: [{ ...first, values: first.values.map((value, i) => (i === 0 ? `${String(value)}1` : value)) }, ...expected.columns.slice(1)] };
      expect(difference(survey, perturbed)).toBeDefined();
    });

    it('agrees in labels, value labels, missing codes and ranges, and moments', async () => {
      const survey = await read(file);
      for (const [j, wanted] of expected.columns.entries()) {
        const info = survey.info(expected.names[j]);
        expect(info.label?.en).toBe(wanted.label ?? undefined);
        expect(info.temporal).toBe(wanted.temporal ?? undefined);
        const isText = wanted.type === 'string';
        expect(new Map([...info.valueLabels].map(([value, label]) => [value, label.en]))).toEqual(new Map(wanted.labelValues.map((value, k) => [isText ? value : Number(value), wanted.labelTexts[k]])));
        expect((isText ? info.missing.strings ?? [] : info.missing.codes).map(String)).toEqual(wanted.missingValues.map((value) => (isText ? value : String(Number(value)))));
        expect(info.missing.range).toEqual(wanted.missingRange.length === 2 ? { low: bound(wanted.missingRange[0]), high: bound(wanted.missingRange[1]) } : undefined);
      }
    });
  });
});

describe('SPSS files, what haven does not tell', () => {
  it.each(['pspp_plain.sav', 'pspp_bytecode.sav', 'pspp_zlib.zsav', 'bigendian_plain.sav', 'bigendian_bytecode.sav'])('%s: levels, attributes, sets, documents, weight', async (file) => {
    const survey = await read(file);
    expect(survey.names().slice(0, 4).map((name) => survey.info(name).level)).toEqual(['scale', 'scale', 'ordinal', 'nominal']);
    expect([...(survey.info('satisfaction').attributes ?? [])]).toEqual([
      ['$@Role', ['1']],
      ['Note', ["it's one", 'two']],
      ['Source', ['page 3 / item 1']]
    ]);
    expect([...(survey.codebook.multipleResponse ?? [])].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'any', label: { en: 'Any of' }, items: ['q1', 'q2'] },
      { name: 'used', label: { en: 'Used which' }, items: ['q1', 'q2', 'q3'], countedValue: 1 }
    ]);
    expect(survey.codebook.notes).toEqual(expect.arrayContaining(['A file with a label', 'First line of the document', 'Second line', 'Made: by PSPP']));
    expect(survey.warnings.map(({ code }) => code)).toEqual(['weighted-file']);
    expect([...(survey.column('a_very_long_variable_name_for_tests') as { missingCodesHit: ReadonlyMap<number, number> }).missingCodesHit]).toEqual([[8, 1], [9, 1]]);
  });

  it('decodes GB18030, also when told so', async () => {
    const survey = await read('pspp_gb18030.sav');
    expect(survey.source.encoding).toBe('gb18030');
    expect(survey.info('性别').label?.en).toBe('您的性别');
    const overridden = await readSurvey(readFileSync(new URL('pspp_gb18030.sav', fixtures)), { name: 'x.sav', encoding: 'gbk' });
    expect(overridden.names()).toEqual(['编号', '性别', '城市', '评语']);
  });
});
