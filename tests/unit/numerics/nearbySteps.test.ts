import { describe, expect, it } from 'vitest';
import { PlainSteps } from '../../../src/numerics/optimize/nearby/plainSteps.js';
import type { NearbySteps } from '../../../src/numerics/optimize/nearby/nearbySteps.js';
import { simdSteps } from '../../../src/numerics/optimize/nearby/simdSteps.js';
import { minimizeNear } from '../../../src/numerics/optimize/quasiNewton.js';
import { createRandom, type Random } from '../../../src/numerics/random.js';

/** A positive definite matrix whose variables have the given units. */
function positiveDefinite(n: number, unit: Float64Array, random: Random): Float64Array {
  const half = Float64Array.from({ length: n * n }, () => random.normal());
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? n : 0;
    for (let k = 0; k < n; k++) sum += half[i * n + k] * half[j * n + k];
    return sum * unit[i] * unit[j];
  });
}

const multiply = (matrix: Float64Array, v: ArrayLike<number>, n: number): number[] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => matrix[i * n + j] * v[j]).reduce((a, b) => a + b, 0));

function both(inverse: Float64Array, n: number): readonly NearbySteps[] {
  const simd = simdSteps(inverse, n);
  if (!simd) throw new Error('no WebAssembly here');
  return [simd, new PlainSteps(inverse, n)];
}

describe('quasi-Newton steps upon a known curvature', () => {
  it.each([1, 4, 7, 109])('%i parameters: the first direction is −sH⁻¹s∇f to seven digits, in units from 1e−30 to 1e30', (n) => {
    const random = createRandom(n);
    const unit = Float64Array.from({ length: n }, () => 10 ** (60 * random.uniform() - 30));
    const inverse = positiveDefinite(n, unit, random);
    const [{ memory, direct }] = [both(inverse, n)[0]].map((steps) => ({ memory: steps.memory, direct: () => steps.direct(0) }));
    for (let i = 0; i < n; i++) {
      memory.scale[i] = 0.5 + random.uniform();
      memory.gradient[i] = random.normal() / unit[i];
    }
    const descent = direct();
    const wanted = multiply(inverse, Array.from({ length: n }, (_, i) => -memory.scale[i] * memory.gradient[i]), n).map((value, i) => value * memory.scale[i]);
    const largest = Math.max(...wanted.map((value, i) => Math.abs(value / unit[i])));
    wanted.forEach((value, i) => expect(Math.abs((memory.direction[i] - value) / unit[i])).toBeLessThan(2e-6 * largest * Math.sqrt(n)));
    const slope = wanted.reduce((sum, value, i) => sum + value * memory.gradient[i], 0);
    expect(Math.abs(descent / slope - 1)).toBeLessThan(1e-5);
    memory.gradient.fill(0);
    expect(direct()).toBe(0);
  });

  it.each([1, 6, 109])('%i parameters: the same bits with and without WebAssembly, also after more updates than are kept', (n) => {
    const inverse = positiveDefinite(n, new Float64Array(n).fill(1), createRandom(3));
    const [fast, plain] = both(inverse, n).map((steps) => {
      const random = createRandom(8);
      const { memory } = steps;
      const seen: number[] = [];
      memory.scale.fill(1);
      let kept = 0;
      for (let iteration = 0; iteration < 20; iteration++) {
        for (let i = 0; i < n; i++) memory.gradient[i] = random.normal();
        seen.push(steps.direct(kept));
        steps.advance(0.3 + random.uniform());
        memory.before.set(memory.gradient);
        for (let i = 0; i < n; i++) memory.gradient[i] += (1 + random.uniform()) * (memory.trial[i] - memory.x[i]);
        const kind = steps.keep(kept);
        if (kind) kept++;
        seen.push(kept, ...memory.x.subarray(0, n));
      }
      return seen;
    });
    expect(fast).toEqual(plain);
  });

  it('find the minimum of a quartic near a quadratic', () => {
    const n = 9;
    const random = createRandom(5);
    const hessian = positiveDefinite(n, new Float64Array(n).fill(1), random);
    const centre = Float64Array.from({ length: n }, () => random.normal());
    let at = new Float64Array(n);
    const objective = {
      size: n,
      evaluate(x: Float64Array): number {
        at = Float64Array.from(x, (value, i) => value - centre[i]);
        return 0.5 * multiply(hessian, at, n).reduce((sum, value, i) => sum + value * at[i], 0) + at.reduce((sum, value) => sum + value ** 4, 0);
      },
      gradient(out: Float64Array): void {
        multiply(hessian, at, n).forEach((value, i) => (out[i] = value + 4 * at[i] ** 3));
      }
    };
    // the curvature is known to within a third only
    const inverse = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 / hessian[k] : 0));
    const x = new Float64Array(n);
    expect(minimizeNear(objective, x, both(inverse, n)[0], 1e-8, 60)).toBe(true);
    x.forEach((value, i) => expect(Math.abs(value - centre[i])).toBeLessThan(1e-8));
  });
});
