import { cholesky } from '../../../numerics/dense/cholesky.js';
import { axpy } from '../../../numerics/dense/dot.js';
import type { CategoricalPart } from './categoricalPart.js';

/** T = ΔᵀWC of the rows' influences C on the moments, parameters × rows. */
export function categoricalScores(part: CategoricalPart): Float64Array {
  const { n, influence, layout } = part.moments;
  const { start, column, value } = part.delta();
  const t = new Float64Array(part.q * n);
  const weighted = part.weight.kind === 'diagonal' ? null : fullyWeighted(part);
  for (let r = 0; r < layout.count; r++) {
    const w = part.weight.kind === 'diagonal' ? part.weight.values[r] : 1;
    for (let e = start[r]; e < start[r + 1]; e++) axpy(t, column[e] * n, w * value[e], weighted ?? influence, r * n, n);
  }
  return t;
}

/** WC for a full weight matrix, moments × rows. */
function fullyWeighted(part: CategoricalPart): Float64Array {
  const { n, influence, layout } = part.moments;
  const out = new Float64Array(layout.count * n);
  for (let r = 0; r < layout.count; r++) for (let s = 0; s < layout.count; s++) axpy(out, r * n, part.weight.values[r * layout.count + s], influence, s * n, n);
  return out;
}

/** Z with ZᵀZ = CᵀWC: √W C for a diagonal weight, LᵀC with W = LLᵀ for a full one; moments × rows. */
export function turnedInfluence(part: CategoricalPart): Float64Array {
  const { n, influence, layout } = part.moments;
  const { count } = layout;
  const out = new Float64Array(count * n);
  if (part.weight.kind === 'diagonal') {
    for (let r = 0; r < count; r++) axpy(out, r * n, Math.sqrt(part.weight.values[r]), influence, r * n, n);
    return out;
  }
  const lower = part.weight.values.slice();
  cholesky(lower, count);
  for (let r = 0; r < count; r++) for (let s = r; s < count; s++) axpy(out, r * n, lower[s * count + r], influence, s * n, n);
  return out;
}
