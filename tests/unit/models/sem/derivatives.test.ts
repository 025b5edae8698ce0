import { describe, expect, it } from 'vitest';
import { parseModel } from '../../../../src/language/parser.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { buildProblem, freeValues, partMaker, type DiscrepancyChoice, type ModelProblem } from '../../../../src/models/sem/estimation/estimate.js';
import { semSample } from '../../../../src/models/sem/estimation/sample.js';
import type { SemOptions } from '../../../../src/models/sem/options.js';
import { momentCount } from '../../../../src/models/sem/implied/jacobian.js';
import { resolveOptions } from '../../../../src/models/sem/specification/resolveOptions.js';
import { specify } from '../../../../src/models/sem/specify.js';
import { FULL_MODEL, simulatedSurvey, THREE_FACTORS } from './sampleData.js';

const survey = simulatedSurvey();

function problem(text: string, name: DiscrepancyChoice['name'], given: SemOptions = {}): ModelProblem {
  const groupLabels = given.group ? ['a', 'b'] : [''];
  const options = resolveOptions(given, 'sem', { categorical: false, groupCount: groupLabels.length, hasIntercepts: text.includes('~ 1'), hasLevels: false, hasMeans: true });
  const table = specify(parseModel(text), { names: survey.names(), groupLabels }, options);
  const sample = semSample(survey, table, options);
  const weights = Float64Array.from(sample.groups, (group) => group.n / sample.n);
  const count = momentCount(sample.names[0].length, table.meanStructure);
  const random = createRandom(3);
  const momentWeights = sample.groups.map(() => ({ kind: 'diagonal' as const, values: Float64Array.from({ length: count }, () => 0.5 + random.uniform()) }));
  return buildProblem(table, sample.groups, weights, partMaker({ name, groupWeights: weights, ...(name === 'DWLS' ? { momentWeights } : {}) }, sample.groups), 'informed');
}

/** Largest |analytic − central difference|, relative to the largest element. */
function gradientError({ objective, structure, start }: ModelProblem): { gradient: number; hessian: number } {
  const n = objective.size;
  const random = createRandom(11);
  const x = freeValues(structure, start).map((value) => value + 0.05 * random.normal());
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  expect(objective.evaluate(x)).not.toBeNull();
  objective.gradient(gradient);
  objective.hessian(hessian);
  const up = new Float64Array(n);
  const down = new Float64Array(n);
  let worst = 0;
  let worstCurvature = 0;
  const scale = Math.max(...gradient.map(Math.abs));
  const curvatureScale = Math.max(...hessian.map(Math.abs));
  for (let k = 0; k < n; k++) {
    const h = 1e-5 * Math.max(1, Math.abs(x[k]));
    const point = x.slice();
    point[k] = x[k] + h;
    const above = objective.evaluate(point) as number;
    objective.gradient(up);
    point[k] = x[k] - h;
    const below = objective.evaluate(point) as number;
    objective.gradient(down);
    worst = Math.max(worst, Math.abs((above - below) / (2 * h) - gradient[k]) / scale);
    for (let l = 0; l < n; l++) {
      const difference = (up[l] - down[l]) / (2 * h);
      worstCurvature = Math.max(worstCurvature, Math.abs(difference - hessian[Math.max(k, l) * n + Math.min(k, l)]) / curvatureScale);
    }
  }
  return { gradient: worst, hessian: worstCurvature };
}

const MODELS: readonly (readonly [string, string, SemOptions])[] = [
  ['three correlated factors', THREE_FACTORS, {}],
  ['regressions, an observed cause and a twin', FULL_MODEL, { fixedX: false }],
  ['a mean structure with latent means', `${FULL_MODEL}\n f1 ~ 1\n x1 ~ 0*1\n f3 ~ 1\n x7 ~ 0*1`, { meanstructure: true }],
  ['two groups with equal loadings and intercepts', FULL_MODEL, { group: 'group', groupEqual: ['loadings', 'intercepts'] }],
  ['a second-order factor with standardized latents', `${THREE_FACTORS}\n g =~ f1 + f2 + f3`, { stdLv: true }],
  ['a label shared over matrices', 'f1 =~ x1 + a*x2 + x3\n f2 =~ x4 + x5 + x6\n f2 ~ a*f1\n x1 ~~ a*x1', {}]
];

describe('derivatives of the discrepancies', () => {
  for (const name of ['ML', 'GLS', 'ULS', 'DWLS'] as const) {
    for (const [title, text, options] of MODELS) {
      it(`${name}: gradient and Hessian agree with differences for ${title}`, () => {
        const error = gradientError(problem(text, name, options));
        expect(error.gradient).toBeLessThan(1e-7);
        expect(error.hessian).toBeLessThan(1e-6);
      });
    }
  }
});
