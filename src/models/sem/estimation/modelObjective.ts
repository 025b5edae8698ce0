import type { Objective } from '../../../numerics/optimize/objective.js';
import type { ModelStructure } from '../structure/modelStructure.js';
import type { GroupPart } from './groupPart.js';

/** f(x) = ½ Σ_g w_g F_g over the distinct free parameters x; the test statistic is 2 N f. */
export class ModelObjective implements Objective {
  readonly size: number;
  /** One value per row of the parameter table. */
  readonly values: Float64Array;
  /** F_g at the point evaluated last. */
  readonly groupValues: Float64Array;
  private readonly last: Float64Array;

  constructor(readonly structure: ModelStructure, readonly parts: readonly GroupPart[], readonly weights: Float64Array, fixed: Float64Array) {
    this.size = structure.size;
    this.values = fixed.slice();
    this.groupValues = new Float64Array(parts.length);
    this.last = new Float64Array(this.size).fill(NaN);
  }

  /** Spreads x over the table's rows. */
  setValues(x: Float64Array): void {
    const { values } = this;
    const { position } = this.structure;
    for (let i = 0; i < position.length; i++) {
      const at = position[i];
      if (at >= 0) values[i] = x[at];
    }
  }

  /** `evaluate`, unless x is the point evaluated last. Holds as long as nobody else moves the implied moments. */
  moveTo(x: Float64Array): void {
    const { last } = this;
    for (let k = 0; k < last.length; k++) if (last[k] !== x[k]) return void this.evaluate(x);
  }

  evaluate(x: Float64Array): number | null {
    this.last.set(x);
    this.setValues(x);
    let total = 0;
    for (let g = 0; g < this.parts.length; g++) {
      const value = this.parts[g].evaluate(this.values);
      if (value === null) return null;
      this.groupValues[g] = value;
      total += this.weights[g] * value;
    }
    return total / 2;
  }

  gradient(out: Float64Array): void {
    out.fill(0);
    this.parts.forEach((part, g) => part.addGradient(this.weights[g], out));
  }

  information(out: Float64Array): void {
    this.parts.forEach((part, g) => part.addInformation(this.weights[g], this.size, out));
  }

  hessian(out: Float64Array): void {
    this.parts.forEach((part, g) => part.addHessian(this.weights[g], this.size, out));
  }
}
