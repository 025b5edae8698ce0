import { warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Survey } from '../survey.js';
import { answerCodes, mayBeSkipped, skipReader } from './skipsOf.js';
import { filterText } from './filterText.js';

/** Rows that a message names. */
const MOST_ROWS = 5;

function rowList(rows: Uint32Array): string {
  const shown = Array.from(rows.subarray(0, MOST_ROWS), (row) => row + 1).join(', ');
  return `${rows.length === 1 ? 'row' : 'rows'} ${shown}${rows.length > MOST_ROWS ? ', …' : ''}`;
}

const rowListZh = (rows: Uint32Array): string => `第 ${Array.from(rows.subarray(0, MOST_ROWS), (row) => row + 1).join('、')}${rows.length > MOST_ROWS ? '…' : ''} 行`;

/** What contradicts the skip patterns of the codebook: answers to questions that were not put, marks of skipping where they were. */
export function skipWarnings(survey: Survey): readonly Diagnostic[] {
  const skips = skipReader(survey);
  const warnings: Diagnostic[] = [];
  for (const name of survey.names()) {
    const info = survey.info(name);
    if (!mayBeSkipped(info)) continue;
    const { askedWhen } = info;
    for (const clause of askedWhen?.flat() ?? []) {
      if (survey.column(clause.name).type === 'string' || clause.ranges.length > 0) continue;
      const unknown = clause.answers.find((answer) => answerCodes({ ...clause, answers: [answer] }, survey.info(clause.name)).length === 0);
      if (unknown === undefined) continue;
      warnings.push(warning('unknown-answer', `\`${unknown}\` is no answer of \`${clause.name}\`, which decides whether \`${name}\` is asked`, { zh: `\`${unknown}\` 不是 \`${clause.name}\` 的答案，而它决定是否询问 \`${name}\``, help: 'write the code, or the value label of the codebook', helpZh: '请填写代码或编码本中的值标签' }));
    }
    const found = skips(name);
    if (!found || !askedWhen) continue;
    const { en, zh } = filterText(askedWhen);
    const { answeredThough, skippedThough } = found;
    const people = (count: number): string => (count === 1 ? 'one person' : `${count} people`);
    if (answeredThough.length > 0) {
      warnings.push(
        warning('answered-though-skipped', `\`${name}\` was answered by ${people(answeredThough.length)} who ${answeredThough.length === 1 ? 'was' : 'were'} not to be asked (asked when ${en}): ${rowList(answeredThough)}`, {
          zh: `${answeredThough.length} 人回答了本应跳过的 \`${name}\`（仅当 ${zh ?? en} 时询问）：${rowListZh(answeredThough)}`,
          help: 'the answers are kept; `skips: true` in the screening rules excludes these rows',
          helpZh: '这些回答仍保留；筛选规则 `skips: true` 可剔除这些行'
        })
      );
    }
    if (skippedThough.length > 0) {
      warnings.push(
        warning('skipped-though-asked', `\`${name}\` is marked as skipped for ${people(skippedThough.length)} to whom it was to be put (asked when ${en}): ${rowList(skippedThough)}; these count as missing`, {
          zh: `\`${name}\` 对 ${skippedThough.length} 名应答者被标记为跳过，但按条件（${zh ?? en}）应询问：${rowListZh(skippedThough)}；按缺失计`
        })
      );
    }
  }
  return warnings;
}
