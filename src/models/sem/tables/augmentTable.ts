import { fail, SurveyError } from '../../../shared/diagnostic.js';
import { finite, table, type Cell, type Table, type TableColumn, type TableRow } from '../../../shared/table.js';
import type { FitState } from '../fit/fitState.js';
import { scoresOf, type FactorScores } from '../fit/scoresOf.js';

/**
 * One row per row used: its number among the valid rows (1-based), the observed
 * variables, and the factor scores (regression, or the posterior mode of ordinal
 * models) where they exist, whose headings start with a dot.
 * @throws SurveyError `rows-needed` for a fit to moments
 */
export function augmentTable(state: FitState): Table {
  const { sample, table: parameters } = state;
  const rows = sample.rows ?? fail('rows-needed', 'the model was fitted to moments, so there are no rows to augment');
  const { observed, latent } = parameters.roles;
  const p = observed.length;
  const scores = latent.length > 0 && !state.twoLevel ? existingScores(state) : null;
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
  return table({ en: 'Rows and factor scores', zh: '样本与因子得分' }, columns, out, { notes: [note(sample.n, scores)] });
}

/** Null where scores do not exist: see `ordinalScores`. */
function existingScores(state: FitState): FactorScores | null {
  try {
    return scoresOf(state);
  } catch (error) {
    if (error instanceof SurveyError && error.diagnostics.every(({ code }) => code === 'factor-scores')) return null;
    throw error;
  }
}

function note(n: number, scores: FactorScores | null): { readonly en: string; readonly zh: string } {
  if (!scores) return { en: `n = ${n}.`, zh: `n = ${n}。` };
  return scores.method === 'EBM' ? { en: `n = ${n}; scores by posterior mode (EBM).`, zh: `n = ${n}；后验众数（EBM）因子得分。` } : { en: `n = ${n}; scores by regression.`, zh: `n = ${n}；回归法因子得分。` };
}
