import { createRandom } from '../../../numerics/random.js';
import { invertGeneral } from '../../../numerics/dense/lu.js';
import { fail } from '../../../shared/diagnostic.js';
import type { ResolvedSemOptions } from '../options.js';
import { isOrthogonalRotation } from '../specification/efaBlocks.js';
import { crawfordFerguson, entropy, geomin, infomax, oblimin, orthomax, target, type Criterion } from './criteria.js';
import { gradientProjection, rotated, type RotationResult } from './gradientProjection.js';

type RotationSettings = Pick<ResolvedSemOptions, 'rotation' | 'rotationArgs' | 'seed'>;

/** Random starts beside the identity, against local minima (geomin has many). */
const RANDOM_STARTS = 30;
/** lavaan's constant of geomin. */
const GEOMIN_EPSILON = 0.001;
const PROMAX_POWER = 4;

/** The rotation of one block: factors η* = Mη, M = Tᵀ (oblique) or T⁻¹ = Tᵀ (orthogonal). */
export interface BlockRotation {
  /** T, m × m, columns in their final order and sign. */
  readonly t: Float64Array;
  readonly orthogonal: boolean;
  readonly converged: boolean;
  readonly value: number;
}

/**
 * Rotates a block's loadings. Rows are first divided by the indicators' SDs
 * (and, for Kaiser's normalization, to unit length); the best of several starts
 * is kept; factors come in the order of their highest indicators' places, with
 * positive column sums.
 *
 * @param start continue from this rotation alone, keeping order and signs
 */
export function rotateBlock(loadings: Float64Array, sd: Float64Array, p: number, m: number, settings: RotationSettings, start?: Float64Array): BlockRotation {
  const { rotation, rotationArgs } = settings;
  const orthogonal = isOrthogonalRotation(settings);
  if (m === 1 || rotation === 'none') return { t: reflected(loadings, p, m), orthogonal, converged: true, value: 0 };
  const standardize = rotationArgs['std.ov'] !== false;
  const kaiser = rotationArgs['row.weights'] === 'kaiser' || (rotationArgs['row.weights'] === undefined && (rotation === 'varimax' || rotation === 'promax'));
  const a = loadings.slice();
  const weights = new Float64Array(p).fill(1);
  for (let i = 0; i < p; i++) {
    let scale = standardize ? 1 / sd[i] : 1;
    if (kaiser) {
      let square = 0;
      for (let j = 0; j < m; j++) square += (a[i * m + j] * scale) ** 2;
      if (square > 0) weights[i] = Math.sqrt(square);
      scale /= weights[i];
    }
    for (let j = 0; j < m; j++) a[i * m + j] *= scale;
  }
  if (rotation === 'promax') return promax(a, weights, p, m, settings, start);
  const criterion = criterionOf(settings, p, m);
  const result = start ? gradientProjection(a, p, m, criterion, orthogonal, start) : bestOfStarts(a, p, m, criterion, orthogonal, settings);
  return { t: start ? result.t : arranged(result, p, m), orthogonal, converged: result.converged, value: result.value };
}

function criterionOf({ rotation, rotationArgs }: RotationSettings, p: number, m: number): Criterion {
  const number = (name: string, otherwise: number): number => (typeof rotationArgs[name] === 'number' ? (rotationArgs[name] as number) : otherwise);
  switch (rotation) {
    case 'varimax':
      return orthomax(1);
    case 'quartimax':
      return orthomax(0);
    case 'equamax':
      return orthomax(m / 2);
    case 'orthomax':
      return orthomax(number('orthomax.gamma', 1));
    case 'quartimin':
      return oblimin(0);
    case 'oblimin':
      return oblimin(number('oblimin.gamma', 0));
    case 'geomin':
      return geomin(number('geomin.epsilon', GEOMIN_EPSILON));
    case 'crawford.ferguson':
      return crawfordFerguson(number('cf.gamma', 0));
    case 'cf-quartimax':
      return crawfordFerguson(0);
    case 'cf-varimax':
      return crawfordFerguson(1 / p);
    case 'cf-equamax':
      return crawfordFerguson(m / (2 * p));
    case 'cf-parsimax':
      return crawfordFerguson((m - 1) / (p + m - 2));
    case 'cf-facparsim':
      return crawfordFerguson(1);
    case 'entropy':
      return entropy;
    case 'infomax':
      return infomax;
    case 'target':
    case 'pst': {
      const wanted = rotationArgs['target'];
      if (!Array.isArray(wanted)) return fail('rotation-target', `rotation \`${rotation}\` needs \`target\` in rotation.args: the wanted loadings, one row per indicator`);
      const flat = (wanted as readonly (number | readonly number[])[]).flat() as readonly (number | null)[];
      if (flat.length !== p * m) return fail('rotation-target', `the target has ${flat.length} numbers, expected ${p} indicators × ${m} factors`);
      const mask = rotationArgs['target.mask'];
      const marks = Array.isArray(mask) ? ((mask as readonly (number | readonly number[])[]).flat() as readonly number[]) : flat.map((value) => (value === null ? 0 : 1));
      return target(Float64Array.from(flat, (value) => value ?? 0), Uint8Array.from(marks, (value) => (value ? 1 : 0)));
    }
    default:
      return fail('rotation-unsupported', `rotation \`${rotation}\` is not available`, { help: 'use geomin, oblimin, quartimin, varimax, quartimax, promax, infomax, entropy, a cf- rotation or target' });
  }
}

function bestOfStarts(a: Float64Array, p: number, m: number, criterion: Criterion, orthogonal: boolean, { rotationArgs, seed }: RotationSettings): RotationResult {
  const random = createRandom(seed);
  const starts = typeof rotationArgs['rstarts'] === 'number' ? rotationArgs['rstarts'] : RANDOM_STARTS;
  let best = gradientProjection(a, p, m, criterion, orthogonal, identity(m), false);
  for (let s = 0; s < starts; s++) {
    const next = gradientProjection(a, p, m, criterion, orthogonal, randomRotation(m, () => random.normal()), false);
    if (Number.isFinite(next.value) && next.value < best.value - 1e-9 * Math.abs(best.value)) best = next;
  }
  return gradientProjection(a, p, m, criterion, orthogonal, best.t);
}

/** Promax: varimax, then the least squares rotation to its loadings raised to a power. @see Hendrickson & White (1964) */
function promax(a: Float64Array, weights: Float64Array, p: number, m: number, settings: RotationSettings, start?: Float64Array): BlockRotation {
  const power = typeof settings.rotationArgs['promax.kappa'] === 'number' ? settings.rotationArgs['promax.kappa'] : PROMAX_POWER;
  const varimax = start ? gradientProjection(a, p, m, orthomax(1), true, nearestOrthogonal(start, m)) : bestOfStarts(a, p, m, orthomax(1), true, settings);
  // Kaiser's normalization is for varimax alone
  const l = varimax.loadings.map((value, k) => value * weights[Math.floor(k / m)]);
  const cross = new Float64Array(m * m);
  const right = new Float64Array(m * m);
  for (let i = 0; i < p; i++) {
    for (let r = 0; r < m; r++) {
      for (let c = 0; c < m; c++) {
        cross[r * m + c] += l[i * m + r] * l[i * m + c];
        right[r * m + c] += l[i * m + r] * l[i * m + c] * Math.abs(l[i * m + c]) ** (power - 1);
      }
    }
  }
  const inverse = new Float64Array(m * m);
  invertGeneral(cross, m, inverse);
  const u = times(inverse, right, m);
  // scaled so that the factors have unit variance: U ← U diag(U⁻¹U⁻ᵀ)^½
  const back = new Float64Array(m * m);
  invertGeneral(u.slice(), m, back);
  for (let c = 0; c < m; c++) {
    let square = 0;
    for (let k = 0; k < m; k++) square += back[c * m + k] ** 2;
    for (let r = 0; r < m; r++) u[r * m + c] *= Math.sqrt(square);
  }
  // L = A V U, so T⁻ᵀ = V U
  const whole = times(varimax.t, u, m);
  const inverseWhole = new Float64Array(m * m);
  invertGeneral(whole, m, inverseWhole);
  const t = Float64Array.from({ length: m * m }, (_, k) => inverseWhole[(k % m) * m + Math.floor(k / m)]);
  const loadings = new Float64Array(p * m);
  rotated(a.map((value, k) => value * weights[Math.floor(k / m)]), p, m, t, false, loadings);
  const result: RotationResult = { t, loadings, value: varimax.value, converged: varimax.converged };
  return { t: start ? matched(t, start, m) : arranged(result, p, m), orthogonal: false, converged: varimax.converged, value: varimax.value };
}

/** Columns of `t` in the order and with the signs of the columns of `like` that they are nearest to. */
function matched(t: Float64Array, like: Float64Array, m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let c = 0; c < m; c++) {
    let best = 0;
    let most = 0;
    for (let k = 0; k < m; k++) {
      let product = 0;
      for (let r = 0; r < m; r++) product += t[r * m + k] * like[r * m + c];
      if (Math.abs(product) > Math.abs(most)) {
        most = product;
        best = k;
      }
    }
    for (let r = 0; r < m; r++) out[r * m + c] = Math.sign(most) * t[r * m + best];
  }
  return out;
}

/** Columns with positive sums, ordered by where their loadings lie: the mean place of the indicators that they load most. */
function arranged({ t, loadings }: RotationResult, p: number, m: number): Float64Array {
  const columns = Array.from({ length: m }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < p; i++) sum += loadings[i * m + j];
    return { j, sign: sum < 0 ? -1 : 1, place: 0 };
  });
  for (const column of columns) {
    let weight = 0;
    for (let i = 0; i < p; i++) {
      const square = loadings[i * m + column.j] ** 2;
      let largest = 0;
      for (let k = 0; k < m; k++) largest = Math.max(largest, loadings[i * m + k] ** 2);
      if (square < largest) continue;
      column.place += i;
      weight++;
    }
    column.place = weight > 0 ? column.place / weight : p;
  }
  columns.sort((x, y) => x.place - y.place);
  const out = new Float64Array(m * m);
  columns.forEach(({ j, sign }, c) => {
    for (let r = 0; r < m; r++) out[r * m + c] = sign * t[r * m + j];
  });
  return out;
}

function reflected(loadings: Float64Array, p: number, m: number): Float64Array {
  const out = identity(m);
  for (let j = 0; j < m; j++) {
    let sum = 0;
    for (let i = 0; i < p; i++) sum += loadings[i * m + j];
    if (sum < 0) out[j * m + j] = -1;
  }
  return out;
}

function identity(m: number): Float64Array {
  return Float64Array.from({ length: m * m }, (_, k) => (k % (m + 1) === 0 ? 1 : 0));
}

function times(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let r = 0; r < m; r++) for (let k = 0; k < m; k++) for (let c = 0; c < m; c++) out[r * m + c] += a[r * m + k] * b[k * m + c];
  return out;
}

/** A random orthogonal matrix: Gram-Schmidt of normal deviates. */
function randomRotation(m: number, normal: () => number): Float64Array {
  return nearestOrthogonal(Float64Array.from({ length: m * m }, normal), m);
}

function nearestOrthogonal(x: Float64Array, m: number): Float64Array {
  const out = x.slice();
  for (let c = 0; c < m; c++) {
    for (let k = 0; k < c; k++) {
      let product = 0;
      for (let r = 0; r < m; r++) product += out[r * m + c] * out[r * m + k];
      for (let r = 0; r < m; r++) out[r * m + c] -= product * out[r * m + k];
    }
    let square = 0;
    for (let r = 0; r < m; r++) square += out[r * m + c] ** 2;
    for (let r = 0; r < m; r++) out[r * m + c] /= Math.sqrt(square) || 1;
  }
  return out;
}
