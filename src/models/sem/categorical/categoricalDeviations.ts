import { dot } from '../../../numerics/dense/dot.js';
import type { WeightedDeviations } from '../inference/momentDeviations.js';
import type { CategoricalPart } from './categoricalPart.js';
import { categoricalScores, turnedInfluence } from './categoricalScores.js';

/** The rows as the general sandwich and tests take them, by rows. */
export function categoricalDeviations(part: CategoricalPart): WeightedDeviations {
  const { n, layout } = part.moments;
  const turned = turnedInfluence(part);
  return { n, t: transposed(categoricalScores(part), part.q, n), squares: dot(turned, 0, turned, 0, turned.length), z: transposed(turned, layout.count, n), width: layout.count };
}

function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j];
  return out;
}
