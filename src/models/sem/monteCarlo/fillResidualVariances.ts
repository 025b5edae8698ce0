import { fail } from '../../../shared/diagnostic.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ParameterTable } from '../parameterTable.js';

/** Change below which the variances of a model with feedback have settled. */
const SETTLED = 1e-14;
const MOST_ROUNDS = 500;

/**
 * Sets the variances that the text leaves out, and brings the implied moments
 * up to date. With `standardized` each is what its variable's other sources
 * leave of 1: ψ = 1 − (Var(y) − ψ), repeated until nothing moves, which a model
 * without feedback reaches after as many rounds as its longest chain.
 *
 * @throws SurveyError `population-variance` when the other sources already explain more than 1
 */
export function fillResidualVariances(table: ParameterTable, implied: readonly ImpliedMoments[], values: Float64Array, open: readonly number[], standardized: boolean): readonly { readonly name: string; readonly value: number }[] {
  for (const i of open) values[i] = standardized ? 0 : 1;
  const update = (): void => {
    for (const each of implied) {
      each.setCells(values);
      if (!each.update()) fail('population-variance', 'the regressions form a loop without a solution (I − B is singular)');
    }
  };
  update();
  for (let round = 0, moved = Infinity; standardized && moved > SETTLED; round++) {
    if (round === MOST_ROUNDS) fail('population-variance', 'no residual variances make every variance 1: the regressions feed back on themselves too strongly');
    moved = 0;
    for (const i of open) {
      const { lhs, group } = table.rows[i];
      const next = 1 - (varianceOf(implied[group - 1], lhs) - values[i]);
      moved = Math.max(moved, Math.abs(next - values[i]));
      values[i] = next;
    }
    update();
  }
  for (const i of open) {
    if (standardized && values[i] < 0) fail('population-variance', `\`${table.rows[i].lhs}\` would need a residual variance of ${values[i].toPrecision(3)} to have variance 1`, { help: 'its predictors explain more than all of it; lower their coefficients' });
  }
  return open.map((i) => ({ name: table.rows[i].lhs, value: values[i] }));
}

/** Total variance of a latent or observed variable. */
function varianceOf({ structure, phi, sigma }: ImpliedMoments, name: string): number {
  const latent = structure.latent.indexOf(name);
  if (latent >= 0) return phi[latent * structure.m + latent];
  const observed = structure.observed.indexOf(name);
  return sigma[observed * structure.p + observed];
}
