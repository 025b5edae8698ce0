import { fail, type Diagnostic } from '../../shared/diagnostic.js';
import { table, type Table } from '../../shared/table.js';
import type { ScreeningRules } from '../../survey/screeningRules.js';
import type { ScreeningStep, Survey } from '../../survey/survey.js';
import { judgeMakers } from './rules.js';

/**
 * Masks invalid rows: each rule judges the rows that the rules before it left,
 * so that the steps add up to the flow sent → returned → valid. Nothing is
 * deleted; an earlier screening of the survey is replaced.
 *
 * @param rules by default those of the codebook
 * @throws SurveyError `no-rules`, `unknown-variable`, `no-items`
 */
export function screen(survey: Survey, rules: ScreeningRules | undefined = survey.codebook.screening): Survey {
  if (!rules) fail('no-rules', `survey \`${survey.name}\` has no screening rules`, { help: 'add `screening:` to the codebook, or give rules' });
  if (rules.sent !== undefined && rules.sent < survey.rowCount) {
    fail('bad-option', `${rules.sent} questionnaires were sent but ${survey.rowCount} came back`, { help: '`sent` counts all questionnaires that went out' });
  }
  const excludedBy = new Uint16Array(survey.rowCount);
  const steps: ScreeningStep[] = [];
  const warnings: Diagnostic[] = [];
  let remaining = survey.rowCount;
  for (const maker of judgeMakers(survey, rules)) {
    const made = maker((row) => excludedBy[row] === 0);
    warnings.push(...(made.warnings ?? []));
    if (!made.judge) continue;
    const found = new Map<number, string>();
    for (let row = 0; row < excludedBy.length; row++) {
      if (excludedBy[row] !== 0) continue;
      const fault = made.judge.judge(row);
      if (fault === undefined) continue;
      found.set(row, fault);
    }
    for (const row of found.keys()) excludedBy[row] = steps.length + 1;
    remaining -= found.size;
    steps.push(Object.freeze({ rule: made.judge.rule, label: made.judge.label, excluded: found.size, remaining, found }));
  }
  return survey.withScreening({ returned: survey.rowCount, steps, valid: remaining, excludedBy, ...(rules.sent === undefined ? {} : { sent: rules.sent }), ...(warnings.length > 0 ? { warnings } : {}) });
}

/** One row per excluded questionnaire: its row in the file (1-based), the rule and what was found. */
export function exclusionTable(survey: Survey): Table {
  const rows = (survey.screening?.steps ?? [])
    .flatMap((step) => [...(step.found ?? [])].map(([row, found]) => ({ row: row + 1, rule: step.label.en, ruleZh: step.label.zh ?? null, found })))
    .sort((a, b) => a.row - b.row);
  return table(
    { en: 'Excluded questionnaires', zh: '被剔除的问卷' },
    [
      { key: 'row', label: { en: 'Row', zh: '行' }, kind: 'integer' },
      { key: 'rule', label: { en: 'Reason', zh: '原因' }, kind: 'text', zhFrom: 'ruleZh' },
      { key: 'found', label: { en: 'Found', zh: '发现' }, kind: 'text' }
    ],
    rows,
    { notes: [{ en: 'Rows are counted from 1 in the file, below its header. Excluded rows are masked, not deleted.', zh: '行号自文件首个数据行起计。被剔除的行仅被屏蔽，并未删除。' }] }
  );
}
