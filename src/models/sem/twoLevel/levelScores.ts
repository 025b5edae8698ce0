import { dot } from '../../../numerics/dense/dot.js';
import { fail } from '../../../shared/diagnostic.js';
import type { FitState } from '../fit/fitState.js';
import { scoreWeights } from '../fit/scoresOf.js';
import type { FactorScores } from '../fit/scoreTypes.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import { isLevelPart } from './levelPart.js';

/**
 * Factor scores of one level. A cluster's part of the variables of both levels
 * is expected to be B_j = μ_B + Σ_B e_j (e_j as in `LevelPart`). Scores of
 * level 2 are those of a model for B_j, scores of level 1 those of the rows
 * less B_j; by regression that makes E(η | all answers of the cluster), with
 * what the between-only variables say of it.
 *
 * @see Lee & Poon (1998), Statistica Sinica 8; Croon & van Veldhoven (2007), Psychological Methods 12(1)
 * @throws SurveyError `no-latent`, `rows-needed`
 */
export function levelScores(state: FitState, method: 'regression' | 'Bartlett', level: 1 | 2): FactorScores {
  const { estimation, sample, table, data, options } = state;
  const rows = sample.rows ?? fail('rows-needed', 'factor scores need the rows of the data');
  const latent = [...new Set(table.blockRoles.flatMap((roles, block) => (block % 2 === level - 1 ? roles.latent : [])))];
  if (latent.length === 0) fail('no-latent', `level \`${table.levelLabels?.[level - 1]}\` has no latent variables`, { help: `ask for the scores of level ${3 - level}` });
  const labels = 'labels' in data && options.cluster !== null ? data.labels(options.cluster) : [];
  const groups = estimation.objective.parts.flatMap((part, g) => {
    if (!isLevelPart(part)) return [];
    const { group, within, between } = part;
    const own = level === 1 ? within : between;
    const order = table.blockRoles[2 * g + level - 1].latent.map((name) => latent.indexOf(name));
    const drifts = part.clusterDrifts();
    const centred = level === 1 ? rowsWithoutClusters(part, drifts, rows.groups[g].values, sample.names[g]) : clusterParts(between, drifts, group.clusters);
    const n = level === 1 ? group.n : group.clusters;
    const scores = new Float64Array(n * latent.length).fill(NaN);
    if (level === 2 && method === 'regression') expectations(between, drifts, n, order, latent.length, scores);
    else scoreRows(own, method, centred, n, order, latent.length, scores);
    const index = level === 1 ? rows.groups[g].index : firstRows(group.clusterOf, group.clusters, rows.groups[g].index);
    return [{ group: rows.groups[g].label, latent, index, scores, stdError: new Float64Array(latent.length).fill(NaN), cluster: Array.from(index, (row) => labels[row] ?? '') }];
  });
  return { method, latent, level, groups };
}

/** y − μ − B_j over the level-1 variables, missing cells NaN. */
function rowsWithoutClusters({ group, within, between }: { readonly group: { readonly n: number; readonly within: Int32Array; readonly clusterOf: Int32Array }; readonly within: ImpliedMoments; readonly between: ImpliedMoments }, drifts: Float64Array, values: Float64Array, names: readonly string[]): Float64Array {
  const { p, observed } = within.structure;
  const level2 = between.structure.p;
  const place = observed.map((name) => names.indexOf(name));
  const out = new Float64Array(group.n * p);
  for (let i = 0; i < group.n; i++) {
    const j = group.clusterOf[i] * level2;
    for (let k = 0; k < p; k++) {
      const entry = group.within[k];
      const cluster = entry < level2 ? between.mu[entry] + dot(between.sigma, entry * level2, drifts, j, level2) : 0;
      out[i * p + k] = values[i * names.length + place[k]] - within.mu[k] - cluster;
    }
  }
  return out;
}

/** B_j − μ_B = Σ_B e_j of every cluster. */
function clusterParts({ structure, sigma }: ImpliedMoments, drifts: Float64Array, clusters: number): Float64Array {
  const { p } = structure;
  const out = new Float64Array(clusters * p);
  for (let j = 0; j < clusters; j++) for (let k = 0; k < p; k++) out[j * p + k] = dot(sigma, k * p, drifts, j * p, p);
  return out;
}

/** κ + ΦΛᵀe_j: the regression on B_j, which needs no inverse of Σ_B. */
function expectations({ structure, lambdaPhi, kappa }: ImpliedMoments, drifts: Float64Array, clusters: number, order: readonly number[], width: number, out: Float64Array): void {
  const { p, m } = structure;
  for (let j = 0; j < clusters; j++)
    order.forEach((to, f) => {
      let value = kappa[f];
      for (let i = 0; i < p; i++) value += lambdaPhi[i * m + f] * drifts[j * p + i];
      out[j * width + to] = value;
    });
}

function scoreRows(implied: ImpliedMoments, method: 'regression' | 'Bartlett', centred: Float64Array, n: number, order: readonly number[], width: number, out: Float64Array): void {
  const { p } = implied.structure;
  const k = order.length;
  const known = new Map<string, Float64Array | null>();
  const d = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    let pattern = '';
    for (let j = 0; j < p; j++) {
      const value = centred[i * p + j];
      pattern += Number.isNaN(value) ? '0' : '1';
      d[j] = Number.isNaN(value) ? 0 : value;
    }
    let weights = known.get(pattern);
    if (weights === undefined) known.set(pattern, (weights = scoreWeights(implied, method, k, [...pattern].flatMap((each, j) => (each === '1' ? [j] : [])))));
    if (weights) for (let f = 0; f < k; f++) out[i * width + order[f]] = implied.kappa[f] + dot(weights, f * p, d, 0, p);
  }
}

/** The first row of every cluster, by which it is known among the valid rows. */
function firstRows(clusterOf: Int32Array, clusters: number, index: Int32Array): Int32Array {
  const out = new Int32Array(clusters).fill(-1);
  clusterOf.forEach((j, i) => {
    if (out[j] < 0) out[j] = index[i];
  });
  return out;
}
