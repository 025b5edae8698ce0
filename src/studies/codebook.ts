import type { Bilingual } from '../shared/table.js';
import type { Codebook, Construct, MissingRule, VariableInfo } from '../survey/codebook.js';
import { studyItems, type Study } from './study.js';

const NONE_MISSING: MissingRule = { codes: [] };

const AGREEMENT: readonly Bilingual[] = [
  { en: 'strongly disagree', zh: '非常不同意' },
  { en: 'strongly agree', zh: '非常同意' }
];

/** The codebook of a study's data file: labels, levels, value labels, missing codes, reverse items, constructs. */
export function studyCodebook(study: Study): Codebook {
  const variables = new Map<string, VariableInfo>();
  variables.set('id', { name: 'id', label: { en: 'Respondent', zh: '编号' }, valueLabels: new Map(), level: 'nominal', missing: NONE_MISSING });
  for (const item of studyItems(study)) {
    variables.set(item.code, {
      name: item.code,
      label: item.text,
      valueLabels: new Map([
        [1, AGREEMENT[0]],
        [study.points, AGREEMENT[1]]
      ]),
      level: 'ordinal',
      missing: NONE_MISSING,
      range: { min: 1, max: study.points },
      ...(item.reverse ? { reverse: true } : {})
    });
  }
  for (const [column, answer] of study.screening.attention) {
    variables.set(column, {
      name: column,
      label: { en: `Attention check: please choose ${answer}`, zh: `注意力检测:请选择${answer}` },
      valueLabels: new Map(),
      level: 'nominal',
      missing: NONE_MISSING,
      range: { min: 1, max: study.points }
    });
  }
  for (const question of study.questions) {
    variables.set(question.code, {
      name: question.code,
      label: question.label,
      valueLabels: new Map(question.values),
      level: question.level,
      missing: { codes: question.missingCodes ?? [] }
    });
  }
  const [seconds] = study.screening.seconds;
  variables.set(seconds, { name: seconds, label: { en: 'Response time in seconds', zh: '答题用时(秒)' }, valueLabels: new Map(), level: 'scale', missing: NONE_MISSING });
  const constructs = new Map<string, Construct>(
    study.constructs.map(({ name, label, items }) => [name, { name, label, items: items.map((item) => item.code) }])
  );
  return { variables, constructs, notes: [study.banner.en] };
}
