import type { FitState } from '../fit/fitState.js';
import type { FitLevels } from '../results.js';

/**
 * Clusters and intraclass correlations of a two-level fit,
 *
 *   ICC = σ²_B / (σ²_W + σ²_B)
 *
 * of the unrestricted model, per level-1 variable; 0 for one that the model
 * leaves to level 1.
 */
export function fitLevels({ twoLevel, table }: FitState): FitLevels | undefined {
  if (!twoLevel || !table.levelLabels) return undefined;
  const { groups, saturated } = twoLevel;
  return Object.freeze({
    labels: table.levelLabels,
    clusters: groups.map(({ clusters, sizes }) => ({ count: clusters, smallest: sizes[0].size, largest: sizes[sizes.length - 1].size, distinctSizes: sizes.length })),
    intraclass: groups.map((_, g) => {
      const [within, between] = [saturated.estimation.implied[2 * g], saturated.estimation.implied[2 * g + 1]];
      const { p, observed } = within.structure;
      return new Map(observed.map((name, i) => {
        const at = between.structure.observed.indexOf(name);
        const own = at < 0 ? 0 : between.sigma[at * between.structure.p + at];
        return [name, own / (own + within.sigma[i * p + i])];
      }));
    })
  });
}
