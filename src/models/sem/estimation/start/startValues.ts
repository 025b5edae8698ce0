import type { GroupSample } from '../../discrepancy/normalTheory.js';
import type { ParameterTable } from '../../parameterTable.js';
import { tightestBounds } from '../../structure/modelConstraints.js';
import type { GroupStructure, ModelStructure } from '../../structure/modelStructure.js';
import { informedStart } from './informedStart.js';
import { makeRoom } from './makeRoom.js';
import { simpleStart } from './simpleStart.js';

/** `informed` estimates the start from the sample moments; `simple` is the safe fallback. */
export type StartMethod = 'informed' | 'simple';

/**
 * One starting value per row of the parameter table: fixed rows their value,
 * exogenous observed variables their sample moments, and free rows a start
 * close to the solution, so that few iterations remain.
 *
 * @param samples null where a group's moments come from elsewhere.
 */
export function startValues(table: ParameterTable, structure: ModelStructure, samples: readonly GroupSample[], method: StartMethod): Float64Array {
  const values = new Float64Array(table.rows.length).fill(NaN);
  table.rows.forEach((row, i) => {
    if (row.ustart !== null && !row.exo) values[i] = row.ustart;
  });
  structure.groups.forEach((group, g) => {
    fillExogenous(table, group, samples[g], values);
    if (method === 'informed') informedStart(table, group, samples[g], values);
    simpleStart(table, group, samples[g], values);
  });
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = 0;
  makeRoom(table, values);
  shareStarts(table, structure, values);
  const { lower, upper } = tightestBounds(table, structure);
  for (let i = 0; i < values.length; i++) {
    const k = structure.position[i];
    if (k >= 0) values[i] = Math.min(Math.max(values[i], lower[k]), upper[k]);
  }
  return values;
}

function fillExogenous(table: ParameterTable, group: GroupStructure, sample: GroupSample, values: Float64Array): void {
  const observedOf = new Map(group.observed.map((name, i) => [name, i]));
  for (const cell of group.cells) {
    const row = table.rows[cell.parameter];
    if (!row.exo) continue;
    const i = observedOf.get(row.lhs);
    const j = observedOf.get(row.rhs);
    if (row.op === '~1' && i !== undefined) values[cell.parameter] = sample.mean[i];
    else if (i !== undefined && j !== undefined) values[cell.parameter] = sample.covariance[i * group.p + j];
  }
}

/** Rows that share a position start at the mean of their starts. */
function shareStarts(table: ParameterTable, structure: ModelStructure, values: Float64Array): void {
  const sum = new Float64Array(structure.size);
  const count = new Float64Array(structure.size);
  for (let i = 0; i < table.rows.length; i++) {
    const k = structure.position[i];
    if (k < 0) continue;
    sum[k] += values[i];
    count[k]++;
  }
  for (let i = 0; i < table.rows.length; i++) {
    const k = structure.position[i];
    if (k >= 0) values[i] = sum[k] / count[k];
  }
}
