import { warningNote } from '../shared/diagnostic.js';
import { table, type Bilingual, type Table } from '../shared/table.js';
import { countValid, skipReader } from './skip/skipsOf.js';
import type { Survey } from './survey.js';

const column = (key: string, en: string, zh: string, kind: 'text' | 'integer' | 'percent') => ({ key, label: { en, zh }, kind });

/** Labels of more answers than this are summed up. */
const MOST_SHOWN = 7;

/** One row per variable: what it is called, what it means, how many answered it. */
export function variableTable(survey: Survey): Table {
  const skips = skipReader(survey);
  const rows = survey.names().map((name) => {
    const notAsked = countValid(survey, skips(name)?.notAsked);
    const info = survey.info(name);
    const isText = survey.column(name).type === 'string';
    const values = isText ? survey.labels(name) : survey.numeric(name);
    let answered = 0;
    for (const value of values) if (value !== null && !Number.isNaN(value)) answered++;
    const labels = [...info.valueLabels];
    const answers = labels.slice(0, MOST_SHOWN).map(([value, label]) => `${value} = ${label.en}`).join(', ') + (labels.length > MOST_SHOWN ? `, … (${labels.length})` : '');
    return {
      name,
      label: info.label?.en ?? null,
      labelZh: info.label?.zh ?? null,
      type: isText ? 'text' : (info.temporal ?? 'number'),
      level: info.level ?? null,
      answers: answers || (info.range ? `${info.range.min}–${info.range.max}` : null),
      n: answered,
      missing: values.length - answered - notAsked,
      notAsked
    };
  });
  const columns = [
    column('name', 'Variable', '变量', 'text'),
    { ...column('label', 'Label', '标签', 'text'), zhFrom: 'labelZh' },
    column('type', 'Type', '类型', 'text'),
    column('level', 'Level', '测量尺度', 'text'),
    column('answers', 'Answers', '取值', 'text'),
    column('n', 'n', 'n', 'integer'),
    column('missing', 'Missing', '缺失', 'integer'),
    ...(rows.some(({ notAsked }) => notAsked > 0) ? [column('notAsked', 'Not asked', '未询问', 'integer')] : [])
  ];
  return table({ en: `Variables of ${survey.name}`, zh: `${survey.name} 的变量` }, columns, rows, { notes: sourceNotes(survey) });
}

/** One row per construct. */
export function constructTable(survey: Survey): Table {
  const rows = [...survey.codebook.constructs.values()].map((construct) => ({
    name: construct.name,
    label: construct.label?.en ?? null,
    labelZh: construct.label?.zh ?? null,
    count: construct.items.length,
    items: construct.items.map((item) => (survey.info(item).reverse ? `${item} (R)` : item)).join(', ')
  }));
  const columns = [column('name', 'Construct', '构念', 'text'), { ...column('label', 'Label', '标签', 'text'), zhFrom: 'labelZh' }, column('count', 'Items', '题项数', 'integer'), column('items', 'Item names', '题项', 'text')];
  const reversed = rows.some((row) => row.items.includes('(R)'));
  return table({ en: `Constructs of ${survey.name}`, zh: `${survey.name} 的构念` }, columns, rows, { notes: reversed ? [{ en: '(R) reversed item, scored min + max − x', zh: '(R) 反向题，计分为 最小值 + 最大值 − x' }] : [] });
}

/** The flow sent → returned → valid, one row per screening rule that was applied. */
export function screeningTable(survey: Survey): Table {
  const screening = survey.screening;
  const returned = screening?.returned ?? survey.rowCount;
  const valid = screening?.valid ?? survey.rowCount;
  const sent = screening?.sent ?? survey.codebook.screening?.sent;
  const base = sent ?? returned;
  const share = (n: number): number | null => (base > 0 ? n / base : null);
  const rows = [
    ...(sent === undefined ? [] : [{ step: 'sent', stepZh: '发放', excluded: null, remaining: sent, share: share(sent) }]),
    { step: 'returned', stepZh: '回收', excluded: sent === undefined ? null : sent - returned, remaining: returned, share: share(returned) },
    ...(screening?.steps ?? []).map((step) => ({ step: step.label.en, stepZh: step.label.zh ?? null, excluded: step.excluded, remaining: step.remaining, share: share(step.remaining) })),
    { step: 'valid', stepZh: '有效', excluded: returned - valid, remaining: valid, share: share(valid) }
  ];
  const columns = [{ ...column('step', 'Step', '步骤', 'text'), zhFrom: 'stepZh' }, column('excluded', 'Excluded', '剔除', 'integer'), column('remaining', 'Remaining', '剩余', 'integer'), column('share', 'Share', '比例', 'percent')];
  const notes: Bilingual[] = [
    screening
      ? { en: 'A questionnaire is counted at the first rule that excludes it; excluded rows are masked, not deleted.', zh: '每份问卷计入首个将其剔除的规则；被剔除的行仅被屏蔽，并未删除。' }
      : { en: 'No screening rule was applied.', zh: '未应用筛选规则。' },
    ...sourceNotes(survey)
  ];
  return table({ en: 'Questionnaires sent, returned and valid', zh: '问卷发放、回收与有效情况' }, columns, rows, { notes, sections: [{ beforeRow: rows.length - 1 }] });
}

function sourceNotes(survey: Survey): readonly Bilingual[] {
  const { source, rowCount, validCount } = survey;
  const hash = source.sha256 === undefined ? '' : `, SHA-256 ${source.sha256.slice(0, 12)}…`;
  const encoding = source.encoding === undefined ? '' : `, ${source.encoding}`;
  return [
    {
      en: `${source.name} (${source.format}${encoding}${hash}): ${rowCount} rows${validCount === rowCount ? '' : `, ${validCount} valid`}.`,
      zh: `${source.name}（${source.format}${encoding}${hash}）：${rowCount} 行${validCount === rowCount ? '' : `，有效 ${validCount} 行`}。`
    },
    ...survey.warnings.map(warningNote)
  ];
}
