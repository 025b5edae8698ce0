import { CategoricalPart } from '../categorical/categoricalPart.js';
import { stateOf } from '../fit/fittedModel.js';
import { typedMoments, type Moments } from '../../../statistics/moments.js';
import { cholesky } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { createRandom } from '../../../numerics/random.js';
import { fail } from '../../../shared/diagnostic.js';
import type { SemFit } from '../results.js';
import { oneLevelOnly } from '../twoLevel/oneLevelOnly.js';
import { rolesOfBlock } from '../structure/blocks.js';

/** Model-implied means and covariances of the observed variables (of the latent responses behind ordinal ones, with the scale of the sample's), as moments that a model can be fitted to; groups with different variables have their own `names`. */
export function impliedMoments(fit: SemFit): Moments {
  const { estimation, sample, options, table } = oneLevelOnly(stateOf(fit), 'implied moments in one matrix', 'use `levelMoments(fit)`');
  return typedMoments({
    names: table.roles.observed,
    divisor: options.discrepancy === 'ML' && options.likelihood === 'normal' ? 'n' : 'n-1',
    groups: estimation.implied.map((implied, g) => {
      const { p } = implied.structure;
      const part = estimation.objective.parts[g];
      const { covariance, mean } = part instanceof CategoricalPart ? part.scaledMoments() : { covariance: implied.sigma, mean: implied.mu };
      return {
        label: sample.groupLabels[g], n: sample.groups[g].n, names: implied.structure.observed,
        covariance: Array.from({ length: p }, (_, i) => Array.from(covariance.subarray(i * p, i * p + p))),
        ...(table.meanStructure ? { mean: Array.from(mean) } : {})
      };
    })
  });
}

/** Covariances (and means) of the latent variables, per group (and level). */
export function latentMoments(fit: SemFit): readonly { readonly names: readonly string[]; readonly covariance: Float64Array; readonly mean: Float64Array }[] {
  const { estimation, table } = stateOf(fit);
  return estimation.implied.map((implied, block) => {
    const { m } = implied.structure;
    const names = rolesOfBlock(table, block).latent;
    const k = names.length;
    const covariance = new Float64Array(k * k);
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) covariance[i * k + j] = implied.phi[i * m + j];
    return { names, covariance, mean: implied.kappa.slice(0, k) };
  });
}

/** Normal rows that follow the fitted model: one array per observed variable, groups one after another; NaN where a group lacks the variable. */
export function simulate(fit: SemFit, { n, seed }: { readonly n: number; readonly seed: number }): { readonly columns: ReadonlyMap<string, Float64Array>; readonly group: readonly string[] } {
  const { estimation, sample, table } = oneLevelOnly(stateOf(fit), 'simulated rows');
  if (!Number.isInteger(n) || n < 1) fail('simulate', `the number of rows must be a positive whole number, found ${n}`);
  const random = createRandom(seed);
  const groups = estimation.implied.length;
  const columns = new Map(table.roles.observed.map((name) => [name, new Float64Array(n * groups).fill(NaN)]));
  const group: string[] = [];
  estimation.implied.forEach((implied, g) => {
    const { p } = implied.structure;
    const factor = implied.sigma.slice();
    if (cholesky(factor, p) >= 0) fail('simulate', 'the implied covariance matrix is not positive definite');
    const mean = table.meanStructure ? implied.mu : sample.groups[g].mean;
    const z = new Float64Array(p);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) z[j] = random.normal();
      implied.structure.observed.forEach((name, j) => ((columns.get(name) as Float64Array)[g * n + i] = mean[j] + dot(factor, j * p, z, 0, j + 1)));
      group.push(sample.groupLabels[g]);
    }
  });
  return { columns, group };
}
