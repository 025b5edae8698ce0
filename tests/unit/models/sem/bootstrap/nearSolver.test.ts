import { describe, expect, it } from 'vitest';
import { bootstrapJob } from '../../../../../src/models/sem/bootstrap/bootstrapJob.js';
import { momentDrawer } from '../../../../../src/models/sem/bootstrap/drawMoments.js';
import { PlainSolver } from '../../../../../src/models/sem/bootstrap/solver/plainSolver.js';
import { SimdSolver } from '../../../../../src/models/sem/bootstrap/solver/simdSolver.js';
import { PlainKernel } from '../../../../../src/models/sem/discrepancy/factor/plainKernel.js';
import { buildProblem, partMaker, type ModelProblem } from '../../../../../src/models/sem/estimation/estimate.js';
import { stateOf } from '../../../../../src/models/sem/fit/fittedModel.js';
import type { SemOptions } from '../../../../../src/models/sem/options.js';
import { sem } from '../../../../../src/models/sem/sem.js';
import { cholesky, choleskyInverse } from '../../../../../src/numerics/dense/cholesky.js';
import { eliminatedLogDeterminant } from '../../../../../src/numerics/dense/eliminatedLogDeterminant.js';
import { PlainSteps } from '../../../../../src/numerics/optimize/nearby/plainSteps.js';
import { createRandom } from '../../../../../src/numerics/random.js';
import { simulatedSurvey, THREE_FACTORS } from '../sampleData.js';

const survey = simulatedSurvey();
const MOST_STEPS = 60;

const MODELS: readonly (readonly [string, string, SemOptions])[] = [
  ['correlated factors', THREE_FACTORS, {}],
  ['regressions among latent variables', `${THREE_FACTORS}\n f3 ~ f1 + f2\n f2 ~ f1`, {}],
  ['residual covariances in blocks', `${THREE_FACTORS}\n x1 ~~ x4 + x7\n x2 ~~ x5`, {}],
  ['a second-order factor, with means', `${THREE_FACTORS}\n g =~ 1*f1 + 0.5*f2 + f3`, { meanstructure: true }],
  ['a chain of residual covariances across factors, with means', `${THREE_FACTORS}\n x1 ~~ x2\n x2 ~~ x4\n x7 ~~ x8\n f3 ~ f1`, { meanstructure: true }],
  ['two loadings on one item', `${THREE_FACTORS}\n f1 =~ x4`, {}],
  ['shared labels', 'f1 =~ x1 + l*x2 + l*x3\n f2 =~ x4 + x5 + x6\n f2 ~ f1', {}],
  ['two groups, equal loadings and intercepts', `${THREE_FACTORS}\n f3 ~ f1`, { group: 'group', groupEqual: ['loadings', 'intercepts'] }],
  ['standardized latent variables', THREE_FACTORS, { stdLv: true }]
];

/** Inverse of the Hessian at the solution. */
function inverseHessian({ objective }: ModelProblem, x: Float64Array): Float64Array {
  const n = objective.size;
  const [factor, inverse] = [new Float64Array(n * n), new Float64Array(n * n)];
  objective.evaluate(x);
  objective.hessian(factor);
  expect(cholesky(factor, n)).toBe(-1);
  choleskyInverse(factor, n, inverse, new Float64Array(n * n));
  return inverse;
}

describe('the solver of draws', () => {
  it.each(MODELS)('%s: the bits in WebAssembly are those without', (_, text, options) => {
    const job = bootstrapJob(stateOf(sem(text, survey, options)), 'nonparametric', 3);
    const samples = job.groups.map(({ n, mean, covariance }) => ({ n, mean: mean.slice(), covariance: covariance.slice() }));
    const problem = buildProblem(job.table, samples, job.groupWeights, partMaker({ name: 'ML', groupWeights: job.groupWeights }, samples), 'simple');
    const inverse = inverseHessian(problem, job.from);
    const tolerance = 1e-6 / Math.sqrt(300);
    const fast = SimdSolver.of(problem, job.from, samples, inverse, tolerance, MOST_STEPS);
    if (!fast) throw new Error('no WebAssembly here');
    const plain = new PlainSolver(problem, job.from, samples, new PlainSteps(inverse, job.from.length), tolerance, MOST_STEPS, (pattern, means) => new PlainKernel(pattern, means));
    const drawers = job.groups.map((group) => momentDrawer(group, problem.table.roles.observed.length));
    const random = createRandom(3);
    let solved = 0;
    for (let d = 0; d < 40; d++) {
      const stream = random.fork(d);
      drawers.forEach((drawer, g) => drawer.draw(stream, 0, samples[g]));
      // samples that no model fits are given up alike
      if (d % 10 === 9) for (const { covariance } of samples) covariance.fill(0.3, 1, 3);
      const [found, wanted] = [fast.solve(samples), plain.solve()];
      expect(found && [...found], `draw ${d}`).toEqual(wanted && [...wanted]);
      if (!found) continue;
      solved++;
      expect([...fast.groupValues]).toEqual([...plain.groupValues]);
    }
    expect(solved).toBeGreaterThan(10);
  });

  it('leaves models whose latent variables cause each other in a circle to the solver without', () => {
    const job = bootstrapJob(stateOf(sem(`${THREE_FACTORS}\n f3 ~ f1\n f2 ~ 0.3*f1\n f1 ~ 0.1*f3`, survey)), 'nonparametric', 3);
    const problem = buildProblem(job.table, job.groups, job.groupWeights, partMaker({ name: 'ML', groupWeights: job.groupWeights }, job.groups), 'simple');
    expect(SimdSolver.of(problem, job.from, job.groups, inverseHessian(problem, job.from), 1e-8, MOST_STEPS)).toBeUndefined();
  });
});

describe('ln|A| by elimination', () => {
  it.each([1, 2, 5, 38])('order %i: of a matrix with known factor', (n) => {
    const random = createRandom(n);
    const l = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) l[i * n + j] = i === j ? 0.5 + random.uniform() : random.normal() / n;
    const a = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      let sum = 0;
      for (let k = 0; k < n; k++) sum += l[i * n + k] * l[j * n + k];
      return sum;
    });
    let wanted = 0;
    for (let i = 0; i < n; i++) wanted += 2 * Math.log(l[i * (n + 1)]);
    expect(Math.abs(eliminatedLogDeterminant(a, n)! - wanted)).toBeLessThan(1e-13 * n);
  });

  it('is null where the matrix is singular or holds no numbers', () => {
    expect(eliminatedLogDeterminant(Float64Array.of(1, 1, 1, 1), 2)).toBeNull();
    expect(eliminatedLogDeterminant(Float64Array.of(1, 2, 2, 1), 2)).toBeNull();
    expect(eliminatedLogDeterminant(Float64Array.of(NaN, 0, 0, 1), 2)).toBeNull();
  });
});
