import { table } from '../shared/table.js';
import { importancePerformanceMap } from '../report/charts/importancePerformanceMap.js';
import { describeValues } from '../statistics/describe/describe.js';
import { score } from '../survey/score.js';
import type { Survey } from '../survey/survey.js';
import { findConstruct, type Study } from '../studies/study.js';
import type { RegressionFit } from '../models/regression/index.js';

/**
 * Importance (standardized slope) against performance (mean score on 0…100,
 * 100·(mean − 1)/(points − 1)) of each predictor: where importance is above
 * and performance below the average, there is most to win.
 */
export function importancePerformance(survey: Survey, study: Study, fit: RegressionFit): readonly unknown[] {
  const rows = fit.coefficients.flatMap((row) => {
    const construct = findConstruct(study, row.term);
    if (!construct || row.beta === null) return [];
    const { mean } = describeValues(survey.withColumn(construct.name, score(survey, construct.name)).numeric(construct.name));
    return mean === null ? [] : [{ construct, importance: row.beta, performance: (100 * (mean - 1)) / (study.points - 1) }];
  });
  if (rows.length === 0) return [];
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const importance = average(rows.map((row) => row.importance));
  const performance = average(rows.map((row) => row.performance));
  return [
    importancePerformanceMap(rows.map((row) => ({ label: row.construct.label, importance: row.importance, performance: row.performance }))),
    table(
      { en: 'Importance and performance', zh: '重要性–绩效分析' },
      [
        { key: 'construct', label: { en: 'Construct', zh: '变量' }, kind: 'text' },
        { key: 'importance', label: { en: 'Importance (β)', zh: '重要性 (β)' }, kind: 'unit', digits: 3 },
        { key: 'performance', label: { en: 'Performance (0–100)', zh: '绩效 (0–100)' }, kind: 'number', digits: 1 },
        { key: 'advice', label: { en: 'Quadrant', zh: '象限' }, kind: 'text' }
      ],
      [...rows]
        .sort((a, b) => b.importance - a.importance)
        .map((row) => ({
          construct: `${row.construct.name} ${row.construct.label.en} ${row.construct.label.zh ?? ''}`.trim(),
          importance: row.importance,
          performance: row.performance,
          advice: row.importance >= importance ? (row.performance < performance ? 'improve first 优先改进' : 'keep up 继续保持') : row.performance < performance ? 'low priority 次要' : 'possible overkill 可适当减少投入'
        })),
      { notes: [{ en: `Quadrants split at the averages: importance ${importance.toFixed(3)}, performance ${performance.toFixed(1)}. A reading aid, not a test.`, zh: `以均值划分象限:重要性 ${importance.toFixed(3)},绩效 ${performance.toFixed(1)}。仅供参考,并非检验。` }] }
    )
  ];
}
