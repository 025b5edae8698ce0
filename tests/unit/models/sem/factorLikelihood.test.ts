import { describe, expect, it } from 'vitest';
import { sem } from '../../../../src/models/sem/sem.js';
import type { SemOptions } from '../../../../src/models/sem/options.js';
import { FactorLikelihood } from '../../../../src/models/sem/discrepancy/factor/factorLikelihood.js';
import { PlainKernel } from '../../../../src/models/sem/discrepancy/factor/plainKernel.js';
import { simdKernel } from '../../../../src/models/sem/discrepancy/factor/simd/simdKernel.js';
import { factorPattern, hasFactorForm } from '../../../../src/models/sem/discrepancy/factor/factorPattern.js';
import type { MaximumLikelihood } from '../../../../src/models/sem/discrepancy/normalTheory.js';
import { FactorPart } from '../../../../src/models/sem/estimation/factorPart.js';
import { NormalPart } from '../../../../src/models/sem/estimation/normalPart.js';
import { stateOf } from '../../../../src/models/sem/fit/fittedModel.js';
import { derivatives } from '../../../../src/models/sem/implied/derivatives.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { simulatedSurvey, THREE_FACTORS } from './sampleData.js';

const survey = simulatedSurvey();

const MODELS: readonly (readonly [string, string, SemOptions])[] = [
  ['correlated factors', THREE_FACTORS, {}],
  ['regressions among latent variables', `${THREE_FACTORS}\n f3 ~ f1 + f2\n f2 ~ f1`, {}],
  ['a reciprocal path', `${THREE_FACTORS}\n f3 ~ f1\n f2 ~ 0.3*f1\n f1 ~ 0.1*f3`, {}],
  ['residual covariances in blocks', `${THREE_FACTORS}\n x1 ~~ x4 + x7\n x2 ~~ x5`, {}],
  ['a second-order factor', `${THREE_FACTORS}\n g =~ f1 + f2 + f3`, {}],
  ['a chain of residual covariances across factors, with means', `${THREE_FACTORS}\n x1 ~~ x2 + x3 + x4\n x4 ~~ x5\n x7 ~~ x8`, { meanstructure: true }],
  ['two loadings on one item', `${THREE_FACTORS}\n f1 =~ x4`, {}],
  ['a bifactor model', `${THREE_FACTORS}\n g =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9`, { orthogonal: true }],
  ['means', `${THREE_FACTORS}\n f3 ~ f1`, { meanstructure: true }],
  ['two groups, equal loadings and intercepts', `${THREE_FACTORS}\n f3 ~ f1`, { group: 'group', groupEqual: ['loadings', 'intercepts'] }],
  ['standardized latent variables', THREE_FACTORS, { stdLv: true }]
];

describe('maximum likelihood in factor form', () => {
  it.each(MODELS)('%s: value, gradient and diagonal of the information are those of the general form', (_, text, options) => {
    const { estimation, sample, table } = stateOf(sem(text, survey, { control: { maxIterations: 0 }, ...options }));
    const { objective, structure } = estimation;
    const random = createRandom(4);
    objective.parts.forEach((part, g) => {
      const general = part as NormalPart;
      expect(general).toBeInstanceOf(NormalPart);
      expect(hasFactorForm(structure.groups[g])).toBe(true);
      const d = derivatives(structure.groups[g], structure.position);
      const factor = new FactorPart(general, general.discrepancy as MaximumLikelihood, sample.groups[g], d, table.meanStructure);
      for (let trial = 0; trial < 5; trial++) {
        const values = estimation.values.map((value, i) => (structure.position[i] >= 0 ? value * (1 + 0.2 * (random.uniform() - 0.5)) + 0.02 * random.uniform() : value));
        const value = factor.evaluate(values);
        const found = new Float64Array(structure.size);
        factor.addGradient(0.7, found);
        const wantedValue = general.evaluate(values);
        const wanted = new Float64Array(structure.size);
        general.addGradient(0.7, wanted);
        expect(value).not.toBeNull();
        expect(Math.abs((value as number) - (wantedValue as number))).toBeLessThan(1e-12 * Math.max(1, Math.abs(wantedValue as number)));
        const largest = Math.max(...wanted.map(Math.abs));
        found.forEach((slope, k) => expect(Math.abs(slope - wanted[k])).toBeLessThan(1e-12 * largest));
        // parameters of one cell: the diagonal has no terms between cells
        const uses = new Int32Array(structure.size);
        for (const position of d.position) uses[position]++;
        const diagonal = new Float64Array(structure.size);
        factor.addInformationDiagonal(0.7, diagonal);
        const information = new Float64Array(structure.size ** 2);
        general.addInformation(0.7, structure.size, information);
        diagonal.forEach((entry, k) => {
          if (uses[k] === 1) expect(Math.abs(entry / information[k * structure.size + k] - 1), table.rows[structure.firstRow[k]].lhs).toBeLessThan(1e-10);
        });
      }
    });
  });

  it.each(MODELS)('%s: the bits in WebAssembly are those without', (_, text, options) => {
    const { estimation, sample, table } = stateOf(sem(text, survey, { control: { maxIterations: 0 }, ...options }));
    const { structure, implied, values } = estimation;
    const random = createRandom(9);
    implied.forEach((moments, g) => {
      const pattern = factorPattern(structure.groups[g]);
      const d = derivatives(structure.groups[g], structure.position);
      const simd = simdKernel(pattern, table.meanStructure);
      if (!simd) throw new Error('no WebAssembly here');
      const all = [new PlainKernel(pattern, table.meanStructure), simd].map((kernel) => new FactorLikelihood(moments, sample.groups[g], d, pattern, kernel, () => 0));
      for (let trial = 0; trial < 20; trial++) {
        moments.setCells(values.map((value, i) => (structure.position[i] >= 0 ? value * (1 + 0.6 * (random.uniform() - 0.5)) : value)));
        expect(moments.updateLatent()).toBe(true);
        const [plain, fast] = all.map((likelihood) => {
          const numbers = new Float64Array(2 * structure.size);
          const value = likelihood.value();
          if (value === null) return [null];
          likelihood.addGradient(0.7, numbers.subarray(0, structure.size));
          likelihood.addInformationDiagonal(0.7, numbers.subarray(structure.size));
          return [value, ...numbers];
        });
        expect(fast).toEqual(plain);
      }
    });
  });

  it('is not used where an observed variable has no residual of its own', () => {
    for (const text of [`${THREE_FACTORS}\n f1 ~ z`, 'x1 ~ x2 + x3', `${THREE_FACTORS}\n x1 ~~ 0*x1`]) {
      const { estimation } = stateOf(sem(text, survey));
      const form = estimation.structure.groups.map(hasFactorForm);
      expect(form.every(Boolean) && !text.includes('0*')).toBe(false);
    }
  });

  it('answers null where a residual variance is zero or negative', () => {
    const { estimation, sample } = stateOf(sem(THREE_FACTORS, survey));
    const { objective, structure, table } = estimation;
    const general = objective.parts[0] as NormalPart;
    const factor = new FactorPart(general, general.discrepancy as MaximumLikelihood, sample.groups[0], derivatives(structure.groups[0], structure.position), false);
    const row = table.rows.findIndex(({ lhs, op, rhs }) => lhs === 'x1' && op === '~~' && rhs === 'x1');
    for (const value of [0, -0.01, 1e-9]) expect(factor.evaluate(estimation.values.with(row, value))).toBeNull();
  });
});
