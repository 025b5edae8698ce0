import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { invertGeneral } from '../../../numerics/dense/lu.js';
import type { FitState, RotatedSolution } from '../fit/fitState.js';
import { CategoricalPart } from '../categorical/categoricalPart.js';
import type { Parameter } from '../parameterTable.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import { standardizedValues, type Standardization } from '../standardize.js';
import { ALPHA, BETA, LAMBDA, PSI } from '../structure/modelStructure.js';
import { rotateBlock, type BlockRotation } from './rotateLoadings.js';

/** Relative step of central differences; rotations are solved far more exactly. */
const STEP = 1e-5;

/** Derivatives below this are rounding of a row that does not move, such as a factor's variance. */
const CONSTANT = 1e-8;

/**
 * Rotates the exploratory blocks of a fit. With η* = Mη (M = Tᵀ on the factors
 * of a block, I elsewhere): Λ* = ΛM⁻¹, Β* = MΒM⁻¹, Ψ* = MΨMᵀ, α* = Mα. Standard
 * errors by the delta method through the whole rotation.
 *
 * @see Asparouhov & Muthén (2009), Structural Equation Modeling 16(3)
 */
export function rotateFit(state: FitState): FitState {
  const { table, estimation, options } = state;
  if (!table.rows.some((row) => row.efa !== '') || !estimation.minimum.converged || options.rotation === 'none') return state;
  const problems: Diagnostic[] = [];
  const base = rotatedValues(state, estimation.values, undefined, problems);
  const { structure } = estimation;
  const q = structure.size;
  const rowCount = table.rows.length;
  const at = (k: number, shift: number): Float64Array => {
    const values = estimation.values.slice();
    for (let i = 0; i < rowCount; i++) if (structure.position[i] === k) values[i] += shift;
    // ordinal variables: residual variances that follow from the others
    for (const part of estimation.objective.parts) if (part instanceof CategoricalPart) part.evaluate(values);
    return rotatedValues(state, values, base.rotations).values;
  };
  const derivative = (of: (values: Float64Array) => Float64Array): Float64Array => {
    const out = new Float64Array(rowCount * q);
    for (let k = 0; k < q; k++) {
      const h = STEP * Math.max(1, Math.abs(estimation.x[k]));
      const up = of(at(k, h));
      const down = of(at(k, -h));
      for (let i = 0; i < rowCount; i++) out[i * q + k] = (up[i] - down[i]) / (2 * h);
    }
    return out;
  };
  const implied = (values: Float64Array): readonly ImpliedMoments[] =>
    structure.groups.map((group) => {
      const moments = new ImpliedMoments(group);
      moments.setCells(values);
      moments.update();
      return moments;
    });
  const standardized = (values: Float64Array, kind: Standardization): Float64Array => {
    const out = values.slice();
    implied(values).forEach((moments, g) => standardizedValues(table, moments.structure, moments, g, values, kind, out));
    table.rows.forEach((row, i) => {
      if (row.op === ':=' && row.expression) out[i] = estimation.names.value(row.expression, out);
    });
    return out;
  };
  const rows = (gradient: Float64Array): readonly (Float64Array | null)[] => table.rows.map((_, i) => {
      const row = gradient.slice(i * q, (i + 1) * q);
      return row.some((value) => Math.abs(value) > CONSTANT) ? row : null;
    });
  const rotated: RotatedSolution = {
    // residual variances and scales of ordinal variables follow from the rest: they are no estimates
    gradients: rows(derivative((values) => values)).map((gradient, i) => (isDerivedScale(table.rows[i], table.roles.ordered) ? null : gradient)),
    standardizedGradients: (kind) => rows(derivative((values) => standardized(values, kind)))
  };
  for (const part of estimation.objective.parts) if (part instanceof CategoricalPart) part.evaluate(estimation.values.slice());
  return { ...state, estimation: { ...estimation, values: base.values, implied: implied(base.values) }, rotated, warnings: [...state.warnings, ...problems] };
}

function isDerivedScale({ lhs, op, rhs, free }: Parameter, ordered: readonly string[]): boolean {
  return free === 0 && ordered.includes(lhs) && (op === '~*~' || (op === '~~' && lhs === rhs));
}

interface Rotated {
  readonly values: Float64Array;
  /** By group and block. */
  readonly rotations: ReadonlyMap<string, BlockRotation>;
}

function rotatedValues(state: FitState, values: Float64Array, before: ReadonlyMap<string, BlockRotation> | undefined, problems?: Diagnostic[]): Rotated {
  const { table, estimation, options } = state;
  const out = values.slice();
  const rotations = new Map<string, BlockRotation>();
  estimation.structure.groups.forEach((structure, g) => {
    const moments = new ImpliedMoments(structure);
    moments.setCells(values);
    moments.update();
    const { p, m, latent } = structure;
    const change = new Float64Array(m * m);
    for (let j = 0; j < m; j++) change[j * m + j] = 1;
    const blocks = new Map<string, Set<number>>();
    for (const row of table.rows) if (row.efa !== '' && row.group === g + 1) blocks.set(row.efa, (blocks.get(row.efa) ?? new Set()).add(latent.indexOf(row.lhs)));
    for (const [block, members] of blocks) {
      const factors = [...members];
      const indicators = structure.cells.filter((cell) => cell.matrix === LAMBDA && members.has(cell.column)).map((cell) => cell.row);
      const used = [...new Set(indicators)];
      const k = factors.length;
      const loadings = Float64Array.from({ length: used.length * k }, (_, at) => moments.lambda[used[Math.floor(at / k)] * m + factors[at % k]]);
      const key = `${g} ${block}`;
      const sd = Float64Array.from(used, (i) => Math.sqrt(moments.sigma[i * p + i]));
      const rotation = rotateBlock(loadings, sd, used.length, k, options, before?.get(key)?.t);
      rotations.set(key, rotation);
      if (!rotation.converged) problems?.push(warning('rotation-not-converged', `the rotation of block \`${block}\` did not converge`, { zh: `区块 \`${block}\` 的旋转未收敛`, help: 'try another rotation', helpZh: '换用其他旋转方法' }));
      for (let r = 0; r < k; r++) for (let c = 0; c < k; c++) change[factors[r] * m + factors[c]] = rotation.t[c * k + r];
    }
    const back = new Float64Array(m * m);
    if (!invertGeneral(change.slice(), m, back)) return;
    const lambda = product(moments.lambda, back, p, m, m);
    const beta = product(product(change, moments.beta, m, m, m), back, m, m, m);
    const psi = product(product(change, moments.psi, m, m, m), transpose(change, m), m, m, m);
    const alpha = product(change, moments.alpha, m, m, 1);
    for (const { matrix, row, column, parameter } of structure.cells) {
      if (matrix === LAMBDA) out[parameter] = lambda[row * m + column];
      else if (matrix === BETA) out[parameter] = beta[row * m + column];
      else if (matrix === PSI) out[parameter] = psi[row * m + column];
      else if (matrix === ALPHA) out[parameter] = alpha[row];
    }
  });
  table.rows.forEach((row, i) => {
    if (row.op === ':=' && row.expression) out[i] = estimation.names.value(row.expression, out);
  });
  return { values: out, rotations };
}

function product(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let k = 0; k < inner; k++) for (let j = 0; j < columns; j++) out[i * columns + j] += a[i * inner + k] * b[k * columns + j];
  return out;
}

function transpose(a: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => a[(k % n) * n + Math.floor(k / n)]);
}
