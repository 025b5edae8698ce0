import { multiplyTransposed } from '../../../numerics/dense/product.js';
import { Slab } from '../../../numerics/dense/slab.js';
import { invertGeneral } from '../../../numerics/dense/lu.js';
import { ALPHA, BETA, LAMBDA, NU, PSI, THETA, type GroupStructure } from '../structure/modelStructure.js';
import { LatentPaths } from './latentPaths.js';

/**
 * The model matrices of one group and the moments they imply,
 *
 *   A = (I − Β)⁻¹,  Γ = ΛA,  Φ = AΨAᵀ,  Σ = ΛΦΛᵀ + Θ,  κ = Aα,  μ = ν + Λκ.
 *
 * All arrays are row-major and live as long as the object: `setCells` and
 * `update` write in place.
 */
export class ImpliedMoments {
  readonly structure: GroupStructure;
  readonly lambda: Float64Array;
  readonly theta: Float64Array;
  readonly psi: Float64Array;
  readonly beta: Float64Array;
  readonly nu: Float64Array;
  readonly alpha: Float64Array;
  /** A, m × m. */
  readonly effects: Float64Array;
  /** Γ = ΛA, p × m. */
  readonly gamma: Float64Array;
  /** Φ, covariances of the latent variables, m × m. */
  readonly phi: Float64Array;
  /** ΛΦ, p × m: covariances of observed with latent variables. */
  readonly lambdaPhi: Float64Array;
  readonly sigma: Float64Array;
  /** κ, means of the latent variables. */
  readonly kappa: Float64Array;
  readonly mu: Float64Array;
  /** All of the above, and where the cells lie there. */
  private readonly memory: Float64Array;
  private readonly cellIndex: Int32Array;
  private readonly cellMirror: Int32Array;
  private readonly cellParameter: Int32Array;
  /** Null without regressions, and where variables cause each other in a circle. */
  readonly paths: LatentPaths | null;
  private readonly scratch: Float64Array;
  private readonly product: Float64Array;
  private readonly four: Float64Array = new Float64Array(4);

  constructor(structure: GroupStructure) {
    const { p, m, cells, twin } = structure;
    this.structure = structure;
    this.paths = structure.regressions ? LatentPaths.of(structure) : null;
    const regressions = structure.regressions ? 1 : 0;
    const slab = new Slab((2 + regressions) * p * m + 2 * p * p + (5 + regressions) * m * m + 2 * p + (1 + regressions) * m);
    this.lambda = slab.take(p * m);
    this.theta = slab.take(p * p);
    this.psi = slab.take(m * m);
    this.beta = slab.take(m * m);
    this.nu = slab.take(p);
    this.alpha = slab.take(m);
    this.effects = slab.take(m * m);
    this.gamma = structure.regressions ? slab.take(p * m) : this.lambda;
    this.phi = structure.regressions ? slab.take(m * m) : this.psi;
    this.lambdaPhi = slab.take(p * m);
    this.sigma = slab.take(p * p);
    this.kappa = structure.regressions ? slab.take(m) : this.alpha;
    this.mu = slab.take(p);
    this.scratch = slab.take(m * m);
    this.product = slab.take(m * m);
    for (let i = 0; i < m; i++) this.effects[i * m + i] = 1;
    for (let i = 0; i < p; i++) if (twin[i] >= 0) this.lambda[i * m + twin[i]] = 1;
    const arrays = [this.lambda, this.theta, this.psi, this.beta, this.nu, this.alpha];
    const width = [m, p, m, m, 1, 1];
    this.memory = new Float64Array(this.lambda.buffer);
    const place = (matrix: number, row: number, column: number): number => arrays[matrix].byteOffset / Float64Array.BYTES_PER_ELEMENT + row * width[matrix] + column;
    this.cellIndex = Int32Array.from(cells, ({ matrix, row, column }) => place(matrix, row, column));
    this.cellMirror = Int32Array.from(cells, ({ matrix, row, column }) => (matrix === THETA || matrix === PSI ? place(matrix, column, row) : place(matrix, row, column)));
    this.cellParameter = Int32Array.from(cells, (cell) => cell.parameter);
  }

  /** Writes the values of the parameter table's rows into the matrices. */
  setCells(values: Float64Array): void {
    const { memory, cellIndex, cellMirror, cellParameter } = this;
    for (let c = 0; c < cellIndex.length; c++) {
      const value = values[cellParameter[c]];
      memory[cellIndex[c]] = value;
      memory[cellMirror[c]] = value;
    }
  }

  /** Recomputes everything implied; false when I − Β is singular. */
  update(): boolean {
    if (!this.updateLatent()) return false;
    this.updateObserved();
    return true;
  }

  /** Recomputes what is said of the latent variables (A, Φ, κ), and μ; false when I − Β is singular. */
  updateLatent(): boolean {
    const { structure, lambda, kappa, mu, nu } = this;
    const { p, m, loadingStart, loadingColumn } = structure;
    if (structure.regressions) {
      if (this.paths) this.follow(this.paths);
      else if (!this.invert()) return false;
    }
    for (let i = 0; i < p; i++) {
      let mean = nu[i];
      for (let e = loadingStart[i]; e < loadingStart[i + 1]; e++) mean += lambda[i * m + loadingColumn[e]] * kappa[loadingColumn[e]];
      mu[i] = mean;
    }
    return true;
  }

  /** A, Φ and κ along the paths. */
  private follow(paths: LatentPaths): void {
    const { effects, beta, psi, phi, kappa, alpha, product } = this;
    const { m } = this.structure;
    effects.fill(0);
    for (let i = 0; i < m; i++) effects[i * m + i] = 1;
    paths.carry(beta, effects, m, m);
    product.set(psi);
    paths.carry(beta, product, m, m);
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) phi[j * m + i] = product[i * m + j];
    paths.carry(beta, phi, m, m);
    kappa.set(alpha);
    paths.carry(beta, kappa, 1, 1);
  }

  /** A, Φ and κ by the inverse of I − Β; false when it is singular. */
  private invert(): boolean {
    const { effects, beta, psi, phi, kappa, alpha, scratch, product } = this;
    const { m } = this.structure;
    for (let i = 0; i < m * m; i++) scratch[i] = -beta[i];
    for (let i = 0; i < m; i++) scratch[i * m + i] += 1;
    if (!invertGeneral(scratch, m, effects)) return false;
    multiplyInto(effects, psi, product, m);
    multiplyTransposed(product, effects, m, phi, this.four);
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += effects[i * m + j] * alpha[j];
      kappa[i] = sum;
    }
    return true;
  }

  /** Recomputes the diagonal of Σ alone from the latent variables. */
  updateVariances(): void {
    const { structure, phi, lambda, sigma, theta } = this;
    const { p, m, loadingStart, loadingColumn } = structure;
    for (let i = 0; i < p; i++) {
      let sum = theta[i * p + i];
      for (let e = loadingStart[i]; e < loadingStart[i + 1]; e++) {
        for (let f = loadingStart[i]; f < loadingStart[i + 1]; f++) sum += lambda[i * m + loadingColumn[e]] * phi[loadingColumn[e] * m + loadingColumn[f]] * lambda[i * m + loadingColumn[f]];
      }
      sigma[i * p + i] = sum;
    }
  }

  /** Recomputes Γ, ΛΦ and Σ from the latent variables. */
  updateObserved(): void {
    const { structure, effects, phi, gamma, lambda, lambdaPhi, sigma, theta } = this;
    const { p, m, loadingStart, loadingColumn } = structure;
    for (let i = 0; i < p; i++) {
      const row = i * m;
      lambdaPhi.fill(0, row, row + m);
      if (structure.regressions) gamma.fill(0, row, row + m);
      for (let e = loadingStart[i]; e < loadingStart[i + 1]; e++) {
        const k = loadingColumn[e];
        const loading = lambda[row + k];
        const from = k * m;
        for (let j = 0; j < m; j++) lambdaPhi[row + j] += loading * phi[from + j];
        if (structure.regressions) for (let j = 0; j < m; j++) gamma[row + j] += loading * effects[from + j];
      }
    }
    for (let i = 0; i < p; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = theta[i * p + j];
        for (let e = loadingStart[j]; e < loadingStart[j + 1]; e++) {
          const k = loadingColumn[e];
          sum += lambdaPhi[i * m + k] * lambda[j * m + k];
        }
        sigma[i * p + j] = sum;
        sigma[j * p + i] = sum;
      }
    }
  }
}

/** c = a b, all n × n. */
export function multiplyInto(a: Float64Array, b: Float64Array, c: Float64Array, n: number): void {
  c.fill(0, 0, n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k];
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) c[i * n + j] += factor * b[k * n + j];
    }
  }
}

export const MATRIX_NAMES: readonly string[] = Object.freeze(Object.assign([] as string[], { [LAMBDA]: 'lambda', [THETA]: 'theta', [PSI]: 'psi', [BETA]: 'beta', [NU]: 'nu', [ALPHA]: 'alpha' }));
