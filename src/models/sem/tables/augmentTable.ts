import { fail } from '../../../shared/diagnostic.js';
import { finite, table, type Cell, type Table, type TableColumn, type TableRow } from '../../../shared/table.js';
import type { FitState } from '../fit/fitState.js';
import { scoresOf } from '../fit/scoresOf.js';

/**
 * One row per row used: its number among the valid rows (1-based), the observed
 * variables, and the regression factor scores, whose headings start with a dot.
 * @throws SurveyError `rows-needed` for a fit to moments
 */
export function augmentTable(state: FitState): Table {
  const { sample, table: parameters } = state;
  const rows = sample.rows ?? fail('rows-needed', 'the model was fitted to moments, so there are no rows to augment');
  const { observed, latent } = parameters.roles;
  const p = observed.length;
  const scores = latent.length > 0 && !state.options.categorical ? scoresOf(state) : null;
  const grouped = rows.groups.length > 1;
  const columns: TableColumn[] = [
    { key: 'row', label: { en: 'row', zh: '行' }, kind: 'integer' },
    ...(grouped ? [{ key: 'group', label: { en: 'group', zh: '组' }, kind: 'text' } as const] : []),
    ...observed.map((name, j): TableColumn => ({ key: `v${j}`, label: { en: name }, kind: 'number' })),
    ...(scores ? latent.map((name, f): TableColumn => ({ key: `s${f}`, label: { en: `.${name}` }, kind: 'estimate' })) : [])
  ];
  const out: TableRow[] = [];
  rows.groups.forEach((group, g) => {
    for (let i = 0; i < group.n; i++) {
      const row: Record<string, Cell> = { row: group.index[i] + 1 };
      if (grouped) row.group = group.label;
      for (let j = 0; j < p; j++) row[`v${j}`] = finite(group.values[i * p + j]);
      if (scores) for (let f = 0; f < latent.length; f++) row[`s${f}`] = finite(scores.groups[g].scores[i * latent.length + f]);
      out.push(row);
    }
  });
  return table({ en: 'Rows and factor scores', zh: '样本与因子得分' }, columns, out, { notes: [{ en: `n = ${sample.n}; scores by regression.`, zh: `n = ${sample.n}；回归法因子得分。` }] });
}
