import { fail, SurveyError } from '../../../shared/diagnostic.js';
import { finite, table, type Cell, type Table, type TableColumn, type TableRow } from '../../../shared/table.js';
import type { FitState } from '../fit/fitState.js';
import { scoresOf, type FactorScores } from '../fit/scoresOf.js';
import { levelScores } from '../twoLevel/levelScores.js';
import { levelName } from './levelName.js';

/**
 * One row per row used: its number among the valid rows (1-based), the observed
 * variables, and the factor scores (regression, or the posterior mode of ordinal
 * models) where they exist, whose headings start with a dot; of a two-level
 * model those of the row and of its cluster.
 * @throws SurveyError `rows-needed` for a fit to moments
 */
export function augmentTable(state: FitState): Table {
  const { sample, table: parameters } = state;
  const rows = sample.rows ?? fail('rows-needed', 'the model was fitted to moments, so there are no rows to augment');
  const { observed, latent } = parameters.roles;
  const scores = latent.length > 0 && !state.twoLevel ? existingScores(state) : null;
  const ofLevels = state.twoLevel ? scoresOfLevels(state) : [];
  const grouped = rows.groups.length > 1;
  const columns: TableColumn[] = [
    { key: 'row', label: { en: 'row', zh: '行' }, kind: 'integer' },
    ...(grouped ? [{ key: 'group', label: { en: 'group', zh: '组' }, kind: 'text' } as const] : []),
    ...observed.map((name, j): TableColumn => ({ key: `v${j}`, label: { en: name }, kind: 'number' })),
    ...(scores ? latent.map((name, f): TableColumn => ({ key: `s${f}`, label: { en: `.${name}` }, kind: 'estimate' })) : []),
    ...ofLevels.map(({ label }, f): TableColumn => ({ key: `s${f}`, label, kind: 'estimate' }))
  ];
  const out: TableRow[] = [];
  rows.groups.forEach((group, g) => {
    const own = rows.names[g];
    const scored = scores?.groups[g];
    const marked = scored?.latent ?? [];
    const values = observed.map((name, j) => ({ at: own.indexOf(name), key: `v${j}` }));
    const marks = scored ? latent.map((name, f) => ({ at: marked.indexOf(name), key: `s${f}` })) : [];
    for (let i = 0; i < group.n; i++) {
      const row: Record<string, Cell> = { row: group.index[i] + 1 };
      if (grouped) row.group = group.label;
      for (const { at, key } of values) row[key] = at < 0 ? null : finite(group.values[i * own.length + at]);
      for (const { at, key } of marks) row[key] = at < 0 ? null : finite((scored?.scores as Float64Array)[i * marked.length + at]);
      ofLevels.forEach(({ at }, f) => (row[`s${f}`] = finite(at(g, i))));
      out.push(row);
    }
  });
  return table({ en: 'Rows and factor scores', zh: '样本与因子得分' }, columns, out, { notes: [ofLevels.length > 0 ? { en: `n = ${sample.n}; scores by regression, those of clusters in every row.`, zh: `n = ${sample.n}；回归法因子得分，群的得分列于其每一行。` } : note(sample.n, scores)] });
}

/** One column per latent variable of each level; a name of both levels says which. */
function scoresOfLevels(state: FitState): readonly { readonly label: TableColumn['label']; readonly at: (group: number, row: number) => number }[] {
  const { blockRoles, levelLabels = [] } = state.table;
  const names = ([1, 2] as const).map((level) => [...new Set(blockRoles.flatMap((roles, block) => (block % 2 === level - 1 ? roles.latent : [])))]);
  return ([1, 2] as const).flatMap((level) => {
    if (names[level - 1].length === 0) return [];
    const { latent, groups } = levelScores(state, 'regression', level);
    const place = levelName(levelLabels, level);
    return latent.map((name, f) => {
      const twice = names[2 - level].includes(name);
      return {
        label: twice ? { en: `.${name} (${place.en})`, zh: `.${name}（${place.zh ?? place.en}）` } : { en: `.${name}` },
        at: (g: number, i: number): number => groups[g].scores[(level === 1 ? i : (state.twoLevel?.groups[g].clusterOf[i] ?? 0)) * latent.length + f]
      };
    });
  });
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
