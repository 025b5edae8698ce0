import { cholesky, choleskySolve } from '../../../../numerics/dense/cholesky.js';
import { dot } from '../../../../numerics/dense/dot.js';
import type { SparseRows } from '../momentJacobian.js';

/**
 * A symmetric matrix over the moments of ordinal variables, as a sum over
 * pairs makes it: a full block of locations (thresholds), each correlation
 * with its variables' locations, and no two correlations together.
 */
export class MomentCurvature {
  /** Lower triangle, locations × locations. */
  readonly location: Float64Array;
  /** Correlations × locations. */
  readonly cross: Float64Array;
  readonly correlation: Float64Array;

  constructor(readonly locations: number, readonly correlations: number) {
    this.location = new Float64Array(locations * locations);
    this.cross = new Float64Array(correlations * locations);
    this.correlation = new Float64Array(correlations);
  }

  /** Adds a pair's block: `size` − 1 locations at `places`, then its correlation; lower triangle. */
  addPair(pair: number, places: Int32Array, size: number, block: Float64Array): void {
    const { locations, location, cross, correlation } = this;
    const last = size - 1;
    for (let i = 0; i < last; i++) {
      const r = places[i];
      for (let j = 0; j <= i; j++) {
        const c = places[j];
        location[r >= c ? r * locations + c : c * locations + r] += block[i * size + j];
      }
      cross[pair * locations + r] += block[last * size + i];
    }
    correlation[pair] += block[last * size + last];
  }

  /** Adds a block of neighbouring locations, lower triangle. */
  addLocations(at: number, size: number, block: Float64Array): void {
    for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) this.location[(at + i) * this.locations + at + j] += block[i * size + j];
  }

  /** Adds weight · ΔᵀHΔ, q × q, to the lower triangle of `out`. */
  addCongruence({ start, column, value }: SparseRows, weight: number, q: number, out: Float64Array): void {
    const { locations, correlations } = this;
    const product = new Float64Array(q);
    const addRow = (h: number, r: number): void => {
      for (let e = start[r]; e < start[r + 1]; e++) product[column[e]] += h * value[e];
    };
    for (let r = 0; r < locations + correlations; r++) {
      if (start[r] === start[r + 1]) continue;
      product.fill(0);
      this.forRow(r, addRow);
      for (let e = start[r]; e < start[r + 1]; e++) {
        const left = weight * value[e];
        const at = column[e] * q;
        for (let c = 0; c <= column[e]; c++) out[at + c] += left * product[c];
      }
    }
  }

  /** H⁻¹g in place, by way of the locations given the correlations; false where H is not positive definite. */
  solve(g: Float64Array): boolean {
    const { locations: l, correlations, location, cross, correlation } = this;
    const schur = location.slice();
    const right = g.slice(0, l);
    for (let pair = 0; pair < correlations; pair++) {
      if (!(correlation[pair] > 0)) return false;
      const at = pair * l;
      for (let r = 0; r < l; r++) {
        const share = cross[at + r] / correlation[pair];
        if (share === 0) continue;
        right[r] -= share * g[l + pair];
        for (let c = 0; c <= r; c++) schur[r * l + c] -= share * cross[at + c];
      }
    }
    if (cholesky(schur, l) >= 0) return false;
    choleskySolve(schur, l, right);
    g.set(right);
    for (let pair = 0; pair < correlations; pair++) g[l + pair] = (g[l + pair] - dot(cross, pair * l, right, 0, l)) / correlation[pair];
    return true;
  }

  /**
   * The correlations given the locations: K = H_ρτ H_ττ⁻¹ (correlations ×
   * locations) and H_ρρ − K H_τρ (correlations × correlations); null where
   * H_ττ is not positive definite.
   */
  givenLocations(): { readonly slopes: Float64Array; readonly information: Float64Array } | null {
    const { locations: l, correlations: p, location, cross, correlation } = this;
    const factor = location.slice();
    if (cholesky(factor, l) >= 0) return null;
    const slopes = cross.slice();
    for (let pair = 0; pair < p; pair++) choleskySolve(factor, l, slopes, pair * l);
    const information = new Float64Array(p * p);
    for (let a = 0; a < p; a++) for (let b = 0; b <= a; b++) information[a * p + b] = information[b * p + a] = (a === b ? correlation[a] : 0) - dot(slopes, a * l, cross, b * l, l);
    return { slopes, information };
  }

  /** The whole matrix, symmetric. */
  dense(): Float64Array {
    const size = this.locations + this.correlations;
    const out = new Float64Array(size * size);
    for (let r = 0; r < size; r++) this.forRow(r, (h, c) => void (out[r * size + c] = h));
    return out;
  }

  /** The elements of one row that are not 0. */
  forRow(r: number, visit: (h: number, column: number) => void): void {
    const { locations, correlations, location, cross, correlation } = this;
    if (r >= locations) {
      const pair = r - locations;
      for (let c = 0; c < locations; c++) if (cross[pair * locations + c] !== 0) visit(cross[pair * locations + c], c);
      visit(correlation[pair], r);
      return;
    }
    for (let c = 0; c < locations; c++) {
      const h = location[c <= r ? r * locations + c : c * locations + r];
      if (h !== 0) visit(h, c);
    }
    for (let pair = 0; pair < correlations; pair++) {
      const h = cross[pair * locations + r];
      if (h !== 0) visit(h, locations + pair);
    }
  }
}
