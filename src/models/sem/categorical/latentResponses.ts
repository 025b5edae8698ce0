import { ImpliedMoments } from '../implied/impliedMoments.js';
import type { GroupStructure } from '../structure/modelStructure.js';
import type { CategoricalMap } from './categoricalMap.js';
import { twinInverse, type JacobianPoint } from './momentJacobian.js';

/**
 * The latent responses y* of one group given the exogenous variables: their
 * moments, and the scales Δ of the ordinal ones (delta: a parameter; theta:
 * Δ_i = Σ_ii^(−1/2); 1 for continuous variables). Under delta the residual
 * variance of an ordinal variable is what makes Σ_ii = Δ_i⁻².
 *
 * @see Muthén & Asparouhov (2002), Latent variable analysis with categorical outcomes, Mplus Web Notes 4
 */
export class LatentResponses implements JacobianPoint {
  readonly inner: ImpliedMoments;
  readonly values: Float64Array;
  readonly scale: Float64Array;
  readonly conditional: Float64Array;

  constructor(structure: GroupStructure, private readonly map: CategoricalMap) {
    const variables = map.variables.length;
    this.inner = new ImpliedMoments(structure);
    this.values = new Float64Array(map.rowCount);
    this.scale = new Float64Array(variables).fill(1);
    this.conditional = new Float64Array(variables * variables);
  }

  /** Moves to the values of the table's rows; false where the moments or a scale do not exist. */
  move(values: Float64Array): boolean {
    const { inner } = this;
    inner.setCells(values);
    this.unitExogenous();
    if (!this.place(values)) return false;
    this.values.set(values);
    this.readScales(values);
    return this.scale.every(Number.isFinite);
  }

  /** Writes what follows from the others into the table's rows: residual variances under delta, scales under theta. */
  writeImplied(values: Float64Array): void {
    const { map, inner, scale } = this;
    for (const variable of map.variables) if (variable.varianceRow >= 0 && variable.ordinal && !map.theta) values[variable.varianceRow] = residualVariance(inner, variable.index);
    if (map.theta) for (const [v, variable] of map.variables.entries()) if (variable.scaleRow >= 0) values[variable.scaleRow] = scale[v];
  }

  /** Exogenous variables with mean 0 and covariance I, so that Π can be read off. */
  private unitExogenous(): void {
    const implied = this.inner;
    const { m, twin } = implied.structure;
    for (const a of this.map.exogenous) {
      implied.alpha[twin[a]] = 0;
      for (const b of this.map.exogenous) implied.psi[twin[a] * m + twin[b]] = a === b ? 1 : 0;
    }
  }

  /** Sets the residual variances that delta scaling implies, and updates everything. */
  private place(values: Float64Array): boolean {
    const { map, inner: implied } = this;
    if (map.theta) return implied.update();
    const { p, m, twin } = implied.structure;
    const ordinal = map.variables.filter((variable) => variable.ordinal);
    for (const { index } of ordinal) {
      if (twin[index] >= 0) implied.psi[twin[index] * m + twin[index]] = 0;
      else implied.theta[index * p + index] = 0;
    }
    if (!implied.update()) return false;
    const target = (row: number, index: number): number => {
      const scale = row >= 0 ? values[row] : 1;
      return 1 / (scale * scale) + this.explainedByExogenous(index, index);
    };
    const twins = ordinal.filter(({ index }) => twin[index] >= 0);
    if (twins.length > 0) {
      const k = twins.length;
      const inverse = twinInverse(implied, twins.map(({ index }) => index));
      if (!inverse) return false;
      const short = twins.map(({ index, scaleRow }) => target(scaleRow, index) - implied.sigma[index * p + index]);
      twins.forEach(({ index }, i) => {
        let value = 0;
        for (let j = 0; j < k; j++) value += inverse[i * k + j] * short[j];
        implied.psi[twin[index] * m + twin[index]] = value;
      });
      if (!implied.update()) return false;
    }
    for (const { index, scaleRow } of ordinal) {
      if (twin[index] >= 0) continue;
      const wanted = target(scaleRow, index);
      implied.theta[index * p + index] = wanted - implied.sigma[index * p + index];
      implied.sigma[index * p + index] = wanted;
    }
    return true;
  }

  /** Π_a Π_bᵀ: the exogenous variables have unit covariance here. */
  private explainedByExogenous(a: number, b: number): number {
    const { gamma, structure } = this.inner;
    const { m, twin } = structure;
    let sum = 0;
    for (const x of this.map.exogenous) sum += gamma[a * m + twin[x]] * gamma[b * m + twin[x]];
    return sum;
  }

  private readScales(values: Float64Array): void {
    const { inner, map, scale, conditional } = this;
    const { p } = inner.structure;
    const k = map.variables.length;
    for (let a = 0; a < k; a++) {
      for (let b = 0; b <= a; b++) {
        const [i, j] = [map.variables[a].index, map.variables[b].index];
        conditional[a * k + b] = conditional[b * k + a] = inner.sigma[i * p + j] - this.explainedByExogenous(i, j);
      }
      const { ordinal, scaleRow } = map.variables[a];
      if (ordinal) scale[a] = map.theta ? 1 / Math.sqrt(conditional[a * k + a]) : scaleRow >= 0 ? values[scaleRow] : 1;
    }
  }
}

function residualVariance(implied: ImpliedMoments, i: number): number {
  const { twin, p, m } = implied.structure;
  return twin[i] >= 0 ? implied.psi[twin[i] * m + twin[i]] : implied.theta[i * p + i];
}
