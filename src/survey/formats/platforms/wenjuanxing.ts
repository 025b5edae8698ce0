import type { MissingRule } from '../../codebook.js';
import type { HeaderPlan } from '../headerPlan.js';

/** Words by which a Wenjuanxing (问卷星) export is known; the platform publishes no specification, so all can be replaced. */
export interface WenjuanxingTokens {
  /** Heading of a column about the answer sheet itself → our name for it. */
  readonly sheetColumns: ReadonlyMap<string, string>;
  /** Between a question and a row of its matrix. */
  readonly rowMarks: readonly string[];
  /** Between several chosen options in one cell. */
  readonly choiceMark: string;
  readonly missingWords: readonly string[];
  readonly missingCodes: readonly number[];
  /** Those of the words and codes that say that the question was not put to the person. */
  readonly skipped?: readonly (number | string)[];
}

export const WENJUANXING: WenjuanxingTokens = {
  sheetColumns: new Map([
    ['序号', 'id'],
    ['编号', 'id'],
    ['提交答卷时间', 'submitted'],
    ['提交时间', 'submitted'],
    ['所用时间', 'seconds'],
    ['来源', 'source'],
    ['来源详情', 'sourceDetail'],
    ['来自IP', 'ip'],
    ['来自ip', 'ip'],
    ['总分', 'total']
  ]),
  rowMarks: ['—', '——', '--'],
  choiceMark: '┋',
  missingWords: ['(跳过)', '（跳过）', '(空)', '（空）'],
  missingCodes: [-3, -2],
  skipped: [-3, '(跳过)', '（跳过）']
};

/** The same as a missing rule: a code stands as a word among words. */
export function noAnswerOf({ missingWords, missingCodes, skipped = [] }: WenjuanxingTokens): MissingRule {
  const asWords = (codes: readonly (number | string)[]): readonly (number | string)[] => codes.flatMap((code) => (typeof code === 'number' ? [code, String(code)] : [code]));
  return { codes: missingCodes, strings: [...missingWords, ...missingCodes.map(String)], ...(skipped.length > 0 ? { skipped: asWords(skipped) } : {}) };
}

/** How many sheet columns must be there before we believe it. */
const ENOUGH_SHEET_COLUMNS = 2;
/** `3、题目`, `Q3.题目`; an option of a question may follow its number at once: `3(微信)`. */
const QUESTION = /^\s*[Qq]?(\d{1,4})\s*(?:[、.．:：]\s*|(?=[(（]))(.*)$/s;
const OPTION = /^(.*)[(（]([^()（）]*)[)）]\s*$/s;

interface Heading {
  readonly number: string;
  readonly text: string;
}

function heading(text: string): Heading | undefined {
  const match = QUESTION.exec(text);
  return match ? { number: match[1], text: match[2].replace(/\s+/g, ' ').trim() } : undefined;
}

/**
 * Columns are recognised by their headings, never by position: `3、满意吗`
 * becomes `Q3` with the question as label, a matrix `5、题—行` becomes `Q5_1`,
 * `Q5_2`, …; so do options of a multiple choice that was split into columns.
 */
export function recogniseWenjuanxing(head: readonly (readonly string[])[], tokens: WenjuanxingTokens = WENJUANXING): HeaderPlan | undefined {
  const [first] = head;
  if (!first || first.filter((field) => tokens.sheetColumns.has(field.trim())).length < ENOUGH_SHEET_COLUMNS) return undefined;
  const headings = first.map(heading);
  const sizes = new Map<string, number>();
  for (const found of headings) if (found) sizes.set(found.number, (sizes.get(found.number) ?? 0) + 1);
  const counters = new Map<string, number>();
  const names: string[] = [];
  const labels: ({ en: string; zh: string } | undefined)[] = [];
  // Matrix rows after the first may come without the question's number.
  let matrix: string | undefined;
  first.forEach((field, i) => {
    const found = headings[i];
    const sheetColumn = tokens.sheetColumns.get(field.trim());
    if (sheetColumn !== undefined) {
      names.push(sheetColumn);
      labels.push({ en: field.trim(), zh: field.trim() });
      matrix = undefined;
      return;
    }
    if (!found) {
      if (matrix !== undefined && field.trim() !== '') {
        const place = (counters.get(matrix) ?? 0) + 1;
        counters.set(matrix, place);
        names.push(`Q${matrix}_${place}`);
      } else names.push(field);
      const label = field.replace(/\s+/g, ' ').trim();
      labels.push(label === '' ? undefined : { en: label, zh: label });
      return;
    }
    const isMatrix = tokens.rowMarks.some((mark) => found.text.includes(mark));
    const several = (sizes.get(found.number) ?? 0) > 1 || isMatrix;
    matrix = isMatrix ? found.number : undefined;
    if (several) {
      const place = (counters.get(found.number) ?? 0) + 1;
      counters.set(found.number, place);
      names.push(`Q${found.number}_${place}`);
      const option = OPTION.exec(found.text)?.[2];
      const label = isMatrix || option === undefined ? found.text : `${found.text.slice(0, found.text.length)}`;
      labels.push({ en: label, zh: label });
    } else {
      names.push(`Q${found.number}`);
      labels.push(found.text === '' ? undefined : { en: found.text, zh: found.text });
    }
  });
  return { platform: 'wenjuanxing', skip: 1, names, labels, noAnswer: noAnswerOf(tokens), notes: ['Wenjuanxing export; columns named by question number, question texts are the labels'] };
}
