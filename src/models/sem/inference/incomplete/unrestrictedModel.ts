import type { Estimation } from '../../estimation/estimate.js';
import type { SemSample } from '../../estimation/sample.js';
import { derivatives } from '../../implied/derivatives.js';
import { jacobian, momentCount } from '../../implied/jacobian.js';
import { fixedExogenous } from '../fixedExogenous.js';
import { rowsOf } from '../rowsOf.js';
import { patternFirstOrder, patternInformation } from './patternWeights.js';
import { addForm } from './whitening.js';

/**
 * What a model takes from the unrestricted one of incomplete rows at its
 * maximum-likelihood moments (`h1.information: "unstructured"`): ΔᵀAΔ and
 * ΔᵀBΔ, q × q per row, A its information and B its first-order information.
 * Moments of fixed exogenous variables have no part in them.
 */
export interface UnrestrictedModel {
  readonly information: Float64Array;
  readonly meat: Float64Array;
}

/** @returns null where a pattern's covariance matrix is not positive definite */
export function unrestrictedModel(estimation: Estimation, sample: SemSample, kind: 'expected' | 'observed'): UnrestrictedModel | null {
  const { structure, implied } = estimation;
  const q = structure.size;
  const information = new Float64Array(q * q);
  const meat = new Float64Array(q * q);
  for (const [g, { patterns, saturated }] of (sample.incomplete ?? []).entries()) {
    const own = implied[g];
    const { p } = own.structure;
    const a = patternInformation(saturated, patterns, kind === 'expected');
    const b = patternFirstOrder(saturated, patterns, rowsOf(sample)[g]);
    if (!a || !b) return null;
    const width = momentCount(p, true);
    const delta = new Float64Array(width * q);
    jacobian(derivatives(own.structure, structure.position), own, q, true, delta);
    const free = freeMoments(p, fixedExogenous(estimation, g));
    const rows = new Float64Array(q * free.length);
    for (let j = 0; j < q; j++) free.forEach((moment, i) => (rows[j * free.length + i] = delta[moment * q + j]));
    const share = sample.groups[g].n / sample.n;
    addForm(rows, part(a, width, free), q, free.length, share, information);
    addForm(rows, part(b, width, free), q, free.length, share, meat);
  }
  return { information, meat };
}

/** Places of the moments that are not those of fixed variables alone. */
function freeMoments(p: number, exogenous: readonly number[]): readonly number[] {
  const fixed = new Set(exogenous);
  const out: number[] = [];
  for (let i = 0; i < p; i++) if (!fixed.has(i)) out.push(i);
  for (let j = 0, at = p; j < p; j++) for (let i = j; i < p; i++, at++) if (!fixed.has(i) || !fixed.has(j)) out.push(at);
  return out;
}

function part(matrix: Float64Array, width: number, index: readonly number[]): Float64Array {
  const k = index.length;
  const out = new Float64Array(k * k);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) out[a * k + b] = matrix[index[a] * width + index[b]];
  return out;
}
