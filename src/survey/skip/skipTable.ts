import { table, type Table } from '../../shared/table.js';
import type { Survey } from '../survey.js';
import { filterText } from './filterText.js';
import { countValid, mayBeSkipped, skipReader } from './skipsOf.js';

/**
 * One row per question that not everybody is asked: who is asked, how many
 * answered, how many gave no answer, and how many answered although they were
 * not to be asked. Valid rows only; undefined when everybody is asked everything.
 */
export function skipTable(survey: Survey, names: readonly string[] = survey.names()): Table | undefined {
  const skips = skipReader(survey);
  const rows = names.flatMap((name) => {
    const info = survey.info(name);
    const found = mayBeSkipped(info) ? skips(name) : undefined;
    if (!found) return [];
    const text = info.askedWhen ? filterText(info.askedWhen) : { en: 'as the file marks', zh: '依文件标记' };
    const values = survey.column(name).type === 'string' ? survey.labels(name) : survey.numeric(name);
    let answered = 0;
    for (const value of values) if (value !== null && !Number.isNaN(value)) answered++;
    const notAsked = countValid(survey, found.notAsked);
    return [{ variable: name, asked: text.en, askedZh: text.zh ?? text.en, due: values.length - notAsked, answered, missing: values.length - notAsked - answered, notAsked, though: countValid(survey, found.answeredThough) }];
  });
  if (rows.length === 0) return undefined;
  return table(
    { en: 'Questions that not everybody was asked', zh: '跳转题目的作答情况' },
    [
      { key: 'variable', label: { en: 'Variable', zh: '变量' }, kind: 'text' },
      { key: 'asked', label: { en: 'Asked when', zh: '询问条件' }, kind: 'text', zhFrom: 'askedZh' },
      { key: 'due', label: { en: 'Asked', zh: '应答' }, kind: 'integer' },
      { key: 'answered', label: { en: 'Answered', zh: '已答' }, kind: 'integer' },
      { key: 'missing', label: { en: 'Missing', zh: '缺失' }, kind: 'integer' },
      { key: 'notAsked', label: { en: 'Not asked', zh: '未询问' }, kind: 'integer' },
      { key: 'though', label: { en: 'Answered though not asked', zh: '应跳过却作答' }, kind: 'integer' }
    ],
    rows,
    {
      notes: [
        {
          en: 'Not asked is no missing answer: it counts in no share of missing answers. Where the deciding answer itself is missing, the question counts as asked.',
          zh: '未询问不属于缺失，不计入缺失比例；若决定性题目本身缺失，则该题按应答计。'
        }
      ]
    }
  );
}
