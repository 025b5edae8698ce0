import type { GroupSample } from '../../discrepancy/normalTheory.js';
import type { ParameterTable } from '../../parameterTable.js';
import { ALPHA, BETA, LAMBDA, NU, PSI, THETA, type GroupStructure } from '../../structure/modelStructure.js';
import { unitsOf } from './units.js';

/** Starting latent variance and residual share when nothing better is known (lavaan's values). */
export const LATENT_VARIANCE = 0.05;
export const RESIDUAL_SHARE = 0.5;

/** Loadings 1 (in units of the variables where these are wildly different), covariances and regressions 0, half of each variance residual, intercepts at the means. */
export function simpleStart(table: ParameterTable, group: GroupStructure, sample: GroupSample, values: Float64Array): void {
  const { p, m, twin } = group;
  const observedOfTwin = new Int32Array(m).fill(-1);
  twin.forEach((column, i) => {
    if (column >= 0) observedOfTwin[column] = i;
  });
  const unit = unitsOf(group, sample, values);
  for (const { matrix, row, column, parameter } of group.cells) {
    if (!Number.isNaN(values[parameter])) continue;
    const observed = observedOfTwin[row] ?? -1;
    if (matrix === LAMBDA) values[parameter] = unit.observed[row] / unit.latent[column];
    else if (matrix === THETA) values[parameter] = row === column ? RESIDUAL_SHARE * sample.covariance[row * p + row] : 0;
    else if (matrix === PSI && row === column) values[parameter] = observed >= 0 ? RESIDUAL_SHARE * sample.covariance[observed * p + observed] : LATENT_VARIANCE * unit.latent[row] ** 2;
    else if (matrix === NU) values[parameter] = sample.mean[row];
    else if (matrix === ALPHA && observed >= 0) values[parameter] = sample.mean[observed];
    else if (matrix === BETA && table.rows[parameter].op === '=~') values[parameter] = unit.latent[row] / unit.latent[column];
    else values[parameter] = 0;
  }
}
