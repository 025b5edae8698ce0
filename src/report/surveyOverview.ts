import { countValid, skipReader } from '../survey/skip/skipsOf.js';
import { skipTable } from '../survey/skip/skipTable.js';
import type { Survey } from '../survey/survey.js';
import { table, type Bilingual, type Table, type TableRow } from '../shared/table.js';

function missingNote(survey: Survey): Bilingual {
  const { name, source, rowCount, validCount } = survey;
  const sha = source.sha256 === undefined ? '' : `, SHA-256 ${source.sha256.slice(0, 12)}…`;
  const encoding = source.encoding === undefined ? '' : `, ${source.encoding}`;
  return {
    en: `${name}: ${validCount} valid of ${rowCount} rows; read from ${source.name} (${source.format}${encoding}${sha}).`,
    zh: `${name}：共 ${rowCount} 行，有效 ${validCount} 行；来源 ${source.name}（${source.format}${encoding}${sha}）。`
  };
}

/** Mean, extremes and count of the numbers that are there, in one pass. */
function summaryOf(values: Float64Array): { n: number; mean: number | null; min: number | null; max: number | null } {
  let n = 0;
  let mean = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    mean += (value - mean) / n;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return n === 0 ? { n, mean: null, min: null, max: null } : { n, mean, min, max };
}

function variableTable(survey: Survey): Table {
  const skips = skipReader(survey);
  const rows = survey.columns.map((column): TableRow => {
    const notAsked = countValid(survey, skips(column.name)?.notAsked);
    const info = survey.info(column.name);
    const label = { variable: column.name, label: info.label?.en ?? '', labelZh: info.label?.zh ?? '', level: info.level ?? '' };
    if (column.type === 'string') {
      const n = survey.labels(column.name).filter((word) => word !== null).length;
      return { ...label, type: 'text', n, missing: survey.validCount - n - notAsked, notAsked, mean: null, min: null, max: null };
    }
    const { n, mean, min, max } = summaryOf(survey.numeric(column.name));
    return { ...label, type: 'number', n, missing: survey.validCount - n - notAsked, notAsked, mean: info.level === 'nominal' ? null : mean, min, max };
  });
  const filled = ({ key }: { readonly key: string }): boolean => (key !== 'label' && key !== 'level' && key !== 'notAsked') || rows.some((row) => row[key] !== '' && row[key] !== 0);
  const wholeRange = rows.every(({ min, max }) => [min, max].every((value) => value === null || Number.isInteger(value))) ? { digits: 0 } : {};
  return table(
    { en: `Survey ${survey.name}`, zh: `问卷 ${survey.name}` },
    ([
      { key: 'variable', label: { en: 'Variable', zh: '变量' }, kind: 'text' },
      { key: 'label', label: { en: 'Label', zh: '标签' }, kind: 'text', zhFrom: 'labelZh' },
      { key: 'type', label: { en: 'Type', zh: '类型' }, kind: 'text' },
      { key: 'level', label: { en: 'Level', zh: '测量层次' }, kind: 'text' },
      { key: 'n', label: { en: 'n' }, kind: 'integer' },
      { key: 'missing', label: { en: 'Missing', zh: '缺失' }, kind: 'integer' },
      { key: 'notAsked', label: { en: 'Not asked', zh: '未询问' }, kind: 'integer' },
      { key: 'mean', label: { en: 'M', zh: '均值' }, kind: 'number' },
      { key: 'min', label: { en: 'Min', zh: '最小值' }, kind: 'number', ...wholeRange },
      { key: 'max', label: { en: 'Max', zh: '最大值' }, kind: 'number', ...wholeRange }
    ] as const).filter(filled),
    rows,
    { notes: [missingNote(survey)] }
  );
}

function flowTable(survey: Survey): Table | null {
  const { screening } = survey;
  if (!screening) return null;
  const { sent, returned, steps, valid } = screening;
  const share = (count: number): number | null => (returned > 0 ? count / returned : null);
  const rows: TableRow[] = [];
  if (sent !== undefined) rows.push({ step: 'sent', stepZh: '发放', excluded: null, remaining: sent, share: null });
  rows.push({ step: 'returned', stepZh: '回收', excluded: sent === undefined ? null : sent - returned, remaining: returned, share: share(returned) });
  for (const { label, excluded, remaining } of steps) rows.push({ step: label.en, stepZh: label.zh ?? '', excluded, remaining, share: share(remaining) });
  rows.push({ step: 'valid', stepZh: '有效', excluded: returned - valid, remaining: valid, share: share(valid) });
  return table(
    { en: 'From sent to valid', zh: '样本筛选流程' },
    [
      { key: 'step', label: { en: 'Step', zh: '步骤' }, kind: 'text', zhFrom: 'stepZh' },
      { key: 'excluded', label: { en: 'Excluded', zh: '剔除' }, kind: 'integer' },
      { key: 'remaining', label: { en: 'Remaining', zh: '剩余' }, kind: 'integer' },
      { key: 'share', label: { en: 'Of returned', zh: '占回收' }, kind: 'percent' }
    ],
    rows,
    { notes: [{ en: 'Excluded rows are masked, not deleted.', zh: '被剔除的行仅被屏蔽，未删除。' }] }
  );
}

/** What a survey holds: its variables, the flow from sent to valid when it was screened, and who was asked what when not everybody was asked everything. */
export function surveyOverview(survey: Survey): readonly Table[] {
  const flow = flowTable(survey);
  const skips = skipTable(survey);
  return [...(flow ? [flow] : []), variableTable(survey), ...(skips ? [skips] : [])];
}
