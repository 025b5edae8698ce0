import { dot } from '../../../numerics/dense/dot.js';
import { constrainedInverse } from '../../../numerics/optimize/equalityStep.js';
import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import { activeJacobian } from '../inference/activeConstraints.js';
import { releasedModel } from '../inference/releasedModel.js';
import type { Candidates } from './candidates.js';

/** Share of its own information that a candidate must keep given the free parameters. */
const LEFT_OVER = 1e-9;

/**
 * Modification indices of regressions of fixed exogenous variables. What is an
 * outcome is random: the moments of the exogenous variables count as free
 * parameters here, as with `fixed.x: false`.
 */
export function exogenousOutcomeIndices(estimation: Estimation, sample: SemSample, { table, exogenousOutcomes }: Candidates): readonly { readonly row: number; readonly mi: number; readonly epc: number }[] {
  if (exogenousOutcomes.size === 0) return [];
  const free = estimation.structure.size;
  let base = free;
  const position = Int32Array.from(table.rows, (row, i) => (row.exo && (row.op === '~~' || row.op === '~1') ? base++ : (estimation.structure.position[i] ?? -1)));
  const rows = [...exogenousOutcomes];
  rows.forEach((row, k) => (position[row] = base + k));
  const size = base + rows.length;
  const released = releasedModel(estimation, sample, table, position, size);
  if (!released) return [];
  const { gradient, information } = released;
  const nuisance = new Float64Array(base * base);
  for (let i = 0; i < base; i++) for (let j = 0; j <= i; j++) nuisance[i * base + j] = information[i * size + j];
  const active = activeJacobian(estimation);
  const jacobian = new Float64Array(active ? (active.jacobian.length / free) * base : 0);
  if (active) for (let r = 0; r < active.jacobian.length / free; r++) for (let k = 0; k < free; k++) jacobian[r * base + k] = active.jacobian[r * free + k];
  const inverse = constrainedInverse(nuisance, jacobian, active?.rows ?? [], base);
  if (!inverse) return [];
  return rows.flatMap((row, k) => {
    const at = (base + k) * size;
    const cross = information.subarray(at, at + base);
    let left = information[at + base + k];
    for (let i = 0; i < base; i++) left -= cross[i] * dot(inverse, i * base, cross, 0, base);
    if (!(left > LEFT_OVER * information[at + base + k])) return [];
    const s = -gradient[base + k];
    return [{ row, mi: (sample.n * s * s) / left, epc: s / left }];
  });
}
