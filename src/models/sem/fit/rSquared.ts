import type { FitState } from './fitState.js';

/**
 * R² = 1 − residual variance / implied variance, per group (and level), for every
 * dependent variable: observed indicators, outcomes and dependent latent
 * variables. Left out where a variance is negative.
 */
export function rSquared(state: FitState): readonly ReadonlyMap<string, number>[] {
  return state.estimation.implied.map((implied) => {
    const { structure, sigma, theta, psi, phi } = implied;
    const { p, m, observed, latent, twin, cells, loadingStart } = structure;
    const out = new Map<string, number>();
    const dependent = new Set(cells.filter((cell) => cell.matrix === 3).map((cell) => cell.row));
    const set = (name: string, residual: number, total: number): void => {
      const value = 1 - residual / total;
      if (total > 0 && residual >= 0 && Number.isFinite(value)) out.set(name, value);
    };
    for (let i = 0; i < p; i++) if (twin[i] < 0 && loadingStart[i + 1] > loadingStart[i]) set(observed[i], theta[i * p + i], sigma[i * p + i]);
    for (let j = 0; j < m; j++) if (dependent.has(j)) set(latent[j], psi[j * m + j], phi[j * m + j]);
    return out;
  });
}
