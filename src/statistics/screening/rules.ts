import type { Bilingual } from '../../shared/table.js';
import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import { answerRange } from '../../survey/score.js';
import { withCodes, withStrings } from '../../survey/declaredMissing.js';
import type { ScreeningRules } from '../../survey/screeningRules.js';
import { filterText } from '../../survey/skip/filterText.js';
import { skipReader } from '../../survey/skip/skipsOf.js';
import type { Survey } from '../../survey/survey.js';
import { mahalanobis } from './mahalanobis.js';
import { longestRun, responseDeviation } from './responsePattern.js';

/** One rule, ready to judge: what is wrong with a row, or undefined. */
export interface Judge {
  readonly rule: keyof ScreeningRules;
  readonly label: Bilingual;
  judge(row: number): string | undefined;
}

/** Builds a judge once the rows that passed the earlier rules are known. */
export type JudgeMaker = (stillValid: (row: number) => boolean) => { readonly judge?: Judge; readonly warnings?: readonly Diagnostic[] };

const round = (x: number): string => String(Number(x.toPrecision(4)));

/** The rules that are present, in the order in which they are applied. */
export function judgeMakers(survey: Survey, rules: ScreeningRules): readonly JudgeMaker[] {
  const makers: JudgeMaker[] = [];
  const add = (rule: keyof ScreeningRules, en: string, zh: string, judge: (row: number) => string | undefined): void => {
    makers.push(() => ({ judge: { rule, label: { en, zh }, judge } }));
  };
  const skips = skipReader(survey);
  /** Rows to which a question was legitimately not put. */
  const notAskedOf = (name: string): ReadonlySet<number> => new Set(skips(name)?.notAsked);
  const items = rules.items ?? [...new Set([...survey.codebook.constructs.values()].flatMap((construct) => construct.items))];
  const itemValues = (rule: string): readonly Float64Array[] => {
    if (items.length === 0) fail('no-items', `screening rule \`${rule}\` looks at items, but none are named`, { help: 'declare constructs in the codebook, or name `items` in the screening rules' });
    return items.map((item) => allRows(survey, item));
  };

  if (rules.attention && rules.attention.size > 0) {
    const checks = [...rules.attention].map(([name, accepted]) => ({ name, accepted, notAsked: notAskedOf(name), values: answersOf(survey, name), words: new Set(accepted.map((answer) => String(answer).trim())) }));
    add('attention', 'attention item failed', '注意力检测题未通过', (row) => {
      for (const { name, accepted, notAsked, values, words } of checks) {
        if (notAsked.has(row)) continue;
        const answer = values(row);
        const passed = answer !== null && (typeof answer === 'number' ? accepted.includes(answer) : words.has(answer.trim()));
        if (!passed) return `${name} = ${answer ?? 'no answer'}`;
      }
      return undefined;
    });
  }
  const { seconds, minSeconds, maxSeconds, maxMissing, longString, minDeviation } = rules;
  if (minSeconds !== undefined || maxSeconds !== undefined) {
    if (seconds === undefined) fail('no-seconds', 'an answering time is asked for, but no column holds it', { help: 'name the column: `seconds: COLUMN`' });
    const times = allRows(survey, seconds);
    makers.push((stillValid) => {
      const untimed = countRows(survey, (row) => stillValid(row) && Number.isNaN(times[row]));
      return { warnings: untimed === 0 ? [] : [notJudged(untimed, `no answering time in \`${seconds}\``, `\`${seconds}\` 中没有作答时间`)] };
    });
    const shown = (row: number): string => `${seconds} = ${round(times[row])}`;
    if (minSeconds !== undefined) add('minSeconds', `answered in under ${minSeconds} s`, `作答时间少于 ${minSeconds} 秒`, (row) => (times[row] < minSeconds ? shown(row) : undefined));
    if (maxSeconds !== undefined) add('maxSeconds', `answered in over ${maxSeconds} s`, `作答时间超过 ${maxSeconds} 秒`, (row) => (times[row] > maxSeconds ? shown(row) : undefined));
  }
  if (maxMissing !== undefined) {
    const columns = itemValues('maxMissing');
    const notAsked = items.map(notAskedOf);
    add('maxMissing', `more than ${round(maxMissing * 100)}% of items unanswered`, `缺失题项超过 ${round(maxMissing * 100)}%`, (row) => {
      let missing = 0;
      let due = 0;
      columns.forEach((column, j) => {
        if (notAsked[j].has(row)) return;
        due++;
        if (Number.isNaN(column[row])) missing++;
      });
      return missing > maxMissing * due ? `${missing} of ${due} unanswered` : undefined;
    });
  }
  if (rules.impossible) {
    const checks = survey.columns.flatMap((column) => (column.type === 'numeric' ? impossibleCheck(survey, column.name, column.values) : []));
    add('impossible', 'answer outside the possible ones', '存在不可能的取值', (row) => {
      for (const check of checks) {
        const found = check(row);
        if (found) return found;
      }
      return undefined;
    });
  }
  if (rules.skips) {
    const checks = survey.names().flatMap((name) => {
      const { askedWhen } = survey.info(name);
      const rows = askedWhen && new Set(skips(name)?.answeredThough);
      return askedWhen && rows?.size ? [{ name, rows, asked: filterText(askedWhen).en, values: answersOf(survey, name) }] : [];
    });
    add('skips', 'answered a question that was not to be asked', '回答了应跳过的题目', (row) => {
      const found = checks.find(({ rows }) => rows.has(row));
      return found && `${found.name} = ${found.values(row)}, asked when ${found.asked}`;
    });
  }
  if (longString !== undefined || minDeviation !== undefined) {
    const columns = itemValues(longString === undefined ? 'minDeviation' : 'longString');
    const notAsked = items.map(notAskedOf);
    const answers = new Float64Array(columns.length);
    const at = (row: number): Float64Array => {
      for (let j = 0; j < columns.length; j++) answers[j] = columns[j][row];
      return answers;
    };
    // Questions that were not put do not stand between the others.
    const asked = notAsked.some(({ size }) => size > 0) ? (row: number): Float64Array => at(row).filter((_, j) => !notAsked[j].has(row)) : at;
    if (longString !== undefined) {
      add('longString', `more than ${longString} identical answers in a row`, `连续相同答案超过 ${longString} 题`, (row) => {
        const run = longestRun(asked(row));
        return run > longString ? `${run} identical answers in a row` : undefined;
      });
    }
    if (minDeviation !== undefined) {
      add('minDeviation', `answers vary by less than SD ${minDeviation}`, `个体内作答标准差小于 ${minDeviation}`, (row) => {
        const deviation = responseDeviation(at(row));
        return deviation !== null && deviation < minDeviation ? `SD ${round(deviation)}` : undefined;
      });
    }
  }
  if (rules.duplicates === true || Array.isArray(rules.duplicates)) {
    const names = rules.duplicates === true ? items : (rules.duplicates as readonly string[]);
    if (names.length === 0) itemValues('duplicates');
    const values = names.map((name) => answersOf(survey, name));
    makers.push((stillValid) => {
      const first = new Map<string, number>();
      const copies = new Map<number, number>();
      for (let row = 0; row < survey.rowCount; row++) {
        if (!stillValid(row)) continue;
        const answers = values.map((value) => value(row));
        if (answers.every((answer) => answer === null)) continue;
        const key = JSON.stringify(answers);
        const original = first.get(key);
        if (original === undefined) first.set(key, row);
        else copies.set(row, original);
      }
      const label = { en: 'duplicate of an earlier row', zh: '重复作答' };
      return { judge: { rule: 'duplicates', label, judge: (row) => (copies.has(row) ? `same as row ${(copies.get(row) as number) + 1}` : undefined) } };
    });
  }
  const tail = rules.mahalanobis;
  if (tail !== undefined) {
    const columns = itemValues('mahalanobis');
    makers.push((stillValid) => {
      const result = mahalanobis(columns, stillValid);
      if (!result.ok) {
        const why = result.reason === 'singular' ? `item \`${items[result.item ?? 0]}\` is a combination of the items before it` : `${result.n} complete rows are too few for ${items.length} items`;
        return { warnings: [warning('rule-not-applied', `Mahalanobis distances were not computed: ${why}`, { zh: `未计算马氏距离：${why}` })] };
      }
      const incomplete = countRows(survey, (row) => stillValid(row) && Number.isNaN(result.pValue[row]));
      const warnings = incomplete === 0 ? [] : [notJudged(incomplete, 'no Mahalanobis distance, as answers to items are missing', '题项回答缺失，没有马氏距离')];
      const label = { en: `multivariate outlier (p < ${tail})`, zh: `多元异常值（p < ${tail}）` };
      return { warnings, judge: { rule: 'mahalanobis', label, judge: (row) => (result.pValue[row] < tail ? `D² = ${round(result.squaredDistance[row])}` : undefined) } };
    });
  }
  return makers;
}

function countRows({ rowCount }: Survey, counts: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < rowCount; row++) if (counts(row)) count++;
  return count;
}

/** Rows about which a rule can say nothing stay valid, and that is told. */
function notJudged(rows: number, why: string, zh: string): Diagnostic {
  return warning('rows-not-judged', `${rows === 1 ? 'one row has' : `${rows} rows have`} ${why}, and ${rows === 1 ? 'was' : 'were'} not judged by it`, { zh: `${rows} 行${zh}，未按此规则判断` });
}

/** A numeric column over all rows of the file. */
function allRows(survey: Survey, name: string): Float64Array {
  const column = survey.column(name);
  return column.type === 'numeric' ? column.values : survey.numeric(name);
}

/** What the file holds, declared missing codes included: an attention item may ask for a code. */
function answersOf(survey: Survey, name: string): (row: number) => number | string | null {
  const column = survey.column(name);
  if (column.type === 'string') {
    const words = withStrings(column);
    return (row) => words[row];
  }
  const values = withCodes(column);
  return (row) => (Number.isNaN(values[row]) ? null : values[row]);
}

/** Answers outside the declared range, or without a label where all answers of a nominal variable have one. */
function impossibleCheck(survey: Survey, name: string, values: Float64Array): readonly ((row: number) => string | undefined)[] {
  const info = survey.info(name);
  const labelled = info.level === 'nominal' && info.range === undefined && info.valueLabels.size > 1;
  if (labelled) return [(row) => (Number.isNaN(values[row]) || info.valueLabels.has(values[row]) ? undefined : `${name} = ${round(values[row])}`)];
  const range = answerRange(info);
  if (!range) return [];
  return [(row) => (values[row] < range.min || values[row] > range.max ? `${name} = ${round(values[row])}` : undefined)];
}
