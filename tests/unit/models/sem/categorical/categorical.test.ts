import { describe, expect, it } from 'vitest';
import { sem } from '../../../../../src/models/sem/sem.js';
import { factorScores } from '../../../../../src/models/sem/questions/factorScores.js';
import { stateOf } from '../../../../../src/models/sem/fit/fittedModel.js';
import { createRandom } from '../../../../../src/numerics/random.js';
import type { Survey } from '../../../../../src/survey/survey.js';
import { surveyFromColumns } from '../../../../../src/survey/surveyFromColumns.js';

function simulated(n: number, seed: number): Survey {
  const random = createRandom(seed);
  const f = Array.from({ length: n }, () => random.normal());
  const x = Array.from({ length: n }, () => random.normal());
  const cut = (y: number): number => (y < -0.8 ? 1 : y < 0.5 ? 2 : 3);
  const columns = [0.9, 0.8, 0.7, 0.6].map((loading, j): [string, number[]] => [`u${j + 1}`, f.map((v, i) => cut(loading * (v + 0.4 * x[i]) + 0.6 * random.normal()))]);
  const y = f.map((v) => 0.5 * v + 0.8 * random.normal());
  return surveyFromColumns([...columns, ['y', y], ['x', x], ['site', f.map((_, i) => i % 2)]]);
}

const ordered = ['u1', 'u2', 'u3', 'u4'];

describe('ordinal models', () => {
  it.each([
    ['delta', 'f =~ u1 + u2 + u3 + u4\ny ~ f', { ordered }],
    ['theta', 'f =~ u1 + u2 + u3 + u4\ny ~ f', { ordered, parameterization: 'theta' as const }],
    ['covariate', 'f =~ u1 + u2 + u3 + u4\nf ~ x\ny ~ f + x', { ordered }],
    ['an ordinal mediator', 'u1 ~ y + x\nu2 ~ u1 + x', { ordered: ['u1', 'u2'] }],
    ['two groups', 'f =~ u1 + u2 + u3 + u4', { ordered, group: 'site', groupEqual: ['loadings', 'thresholds'] as const }]
  ])('%s: the gradient is that of the discrepancy', (_, model, options) => {
    const { objective, x } = stateOf(sem(model, simulated(400, 7), options)).estimation;
    const at = x.map((value, k) => value + 0.03 * Math.cos(k));
    const gradient = new Float64Array(x.length);
    objective.evaluate(at);
    objective.gradient(gradient);
    for (let k = 0; k < x.length; k++) {
      const shifted = (h: number): number => objective.evaluate(at.map((value, i) => (i === k ? value + h : value))) ?? NaN;
      const numeric = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
      expect(Math.abs(gradient[k] - numeric)).toBeLessThan(1e-6 * Math.max(1, Math.abs(numeric)));
    }
  });

  it('returns the parameters that made the data', () => {
    const fit = sem('f =~ u1 + u2 + u3 + u4', simulated(20_000, 3), { ordered, stdLv: true });
    // standardized loading of u1: 0.9·sd(f + 0.4x) / total sd
    const wanted = Math.sqrt((0.81 * 1.16) / (0.81 * 1.16 + 0.36));
    expect(fit.loadings[0].stdAll).toBeCloseTo(wanted, 1.7);
  });

  it('is the same under delta and theta, and under another coding of the categories', () => {
    const survey = simulated(300, 5);
    const model = 'f =~ u1 + u2 + u3 + u4\ny ~ f + x';
    const delta = sem(model, survey, { ordered });
    const theta = sem(model, survey, { ordered, parameterization: 'theta' });
    const recoded = sem(model, survey.withColumn('u1', survey.numeric('u1').map((value) => value * 10 - 3)), { ordered });
    for (const name of ['chisq', 'chisq.scaled', 'cfi.scaled']) {
      expect(theta.measures[name]).toBeCloseTo(delta.measures[name] as number, 6);
      expect(recoded.measures[name]).toBeCloseTo(delta.measures[name] as number, 9);
    }
    delta.loadings.forEach((row, i) => expect(theta.loadings[i].stdAll).toBeCloseTo(row.stdAll as number, 6));
  });

  it('has the same robust indices when every answer is given twice, as two groups', () => {
    const once = simulated(200, 12);
    const model = 'f =~ u1 + u2 + u3 + u4';
    const twice = surveyFromColumns([...ordered.map((name): [string, number[]] => [name, [...once.numeric(name), ...once.numeric(name)]]), ['copy', Array.from({ length: 400 }, (_, i) => (i < 200 ? 1 : 2))]]);
    const single = sem(model, once, { ordered }).measures;
    const double = sem(model, twice, { ordered, group: 'copy' }).measures;
    for (const name of ['cfi.robust', 'tli.robust', 'rni.robust']) expect(double[name]).toBeCloseTo(single[name] as number, 9);
    expect(single['rni.robust']).not.toBe(1);
  });

  it('gives mean and variance of a 0/1 covariate the standard errors of a share', () => {
    const survey = simulated(300, 4);
    const binary = survey.withColumn('d', survey.numeric('x').map((value) => (value > 0.4 ? 1 : 0)));
    const fit = sem('f =~ u1 + u2 + u3 + u4\nf ~ d', binary, { ordered, conditionalX: false, fixedX: false });
    const share = binary.numeric('d').reduce((sum, value) => sum + value, 0) / 300;
    const error = (op: string): number => fit.parameters.find((row) => row.lhs === 'd' && row.op === op)?.stdError ?? NaN;
    const one = Math.sqrt((share * (1 - share)) / 299);
    expect(error('~1')).toBeCloseTo(one, 12);
    expect(error('~~')).toBeCloseTo(Math.abs(1 - 2 * share) * one, 12);
  });

  it('a weight of 2 is an answer given twice, in the estimates', () => {
    const once = simulated(150, 21);
    const weights = once.numeric('x').map((value) => (value > 0 ? 2 : 1));
    const rows = Array.from(weights, (w, i) => Array.from({ length: w }, () => i)).flat();
    const twice = surveyFromColumns(['u1', 'u2', 'u3', 'u4', 'y', 'x'].map((name): [string, number[]] => [name, rows.map((i) => once.numeric(name)[i])]));
    for (const [model, options] of [['f =~ u1 + u2 + u3 + u4 + y', { ordered }], ['f =~ u1 + u2 + u3 + u4\nf ~ x', { ordered }]] as const) {
      const weighted = sem(model, once.withColumn('w', weights), { ...options, estimator: 'ULSMV', samplingWeights: 'w' });
      const repeated = sem(model, twice, { ...options, estimator: 'ULSMV' });
      weighted.parameters.forEach((row, i) => {
        if (row.free > 0) expect(row.estimate).toBeCloseTo(repeated.parameters[i].estimate as number, 7);
      });
      expect(weighted.parameters[1].stdError).not.toBeCloseTo(repeated.parameters[1].stdError as number, 4);
    }
  });

  it('refuses clusters, and says when items are nearly one', () => {
    const survey = simulated(200, 9);
    const model = 'f =~ u1 + u2 + u3 + u4';
    expect(() => sem(model, survey, { ordered, cluster: 'site' })).toThrow(/conflicting-options[^]*clusters/);
    const doubled = survey.withColumn('u2', survey.numeric('u1'));
    expect(sem(model, doubled, { ordered }).warnings.map(({ code, message }) => `${code}: ${message}`)).toContainEqual(expect.stringMatching(/near-perfect-correlation.*`u1` and `u2`/));
    const never = survey.withColumn('u1', survey.numeric('u1').map((value, i) => (i < 90 ? value : NaN))).withColumn('u2', survey.numeric('u2').map((value, i) => (i < 90 ? NaN : value)));
    expect(() => sem(model, never, { ordered, missing: 'pairwise' })).toThrow(/pair-not-observed/);
    expect(() => sem(model, survey.withColumn('u1', survey.numeric('u1').map(() => 2)), { ordered })).toThrow(/empty-category[^]*u1/);
  });

  it('scores are the same under delta and theta but for scale, follow the data, and are in the table of rows', () => {
    const survey = simulated(200, 31);
    const model = 'f =~ u1 + u2 + u3 + u4';
    const [delta, theta] = (['delta', 'theta'] as const).map((parameterization) => factorScores(sem(model, survey, { ordered, parameterization, stdLv: true })).groups[0]);
    delta.scores.forEach((score, i) => expect(theta.scores[i]).toBeCloseTo(score, 6));
    const fit = sem(model, survey, { ordered, stdLv: true });
    expect(fit.augment().rows[7].s0).toBe(delta.scores[7]);
    // one answer higher, one score higher
    const of = (u1: number): number => {
      const changed = survey.numeric('u1').slice();
      const at = survey.numeric('u1').findIndex((value) => value === 2);
      changed[at] = u1;
      return factorScores(sem(model, survey.withColumn('u1', changed), { ordered, stdLv: true })).groups[0].scores[at];
    };
    expect(of(1)).toBeLessThan(of(2));
    expect(of(2)).toBeLessThan(of(3));
    // all answers at the upper end: a posterior mode, but no maximum of the likelihood
    const top = Array.from({ length: 200 }, (_, i) => i).find((i) => ordered.every((name) => survey.numeric(name)[i] === 3)) ?? -1;
    expect(delta.scores[top]).toBeGreaterThan(0.8);
    expect(factorScores(fit, 'ML').groups[0].scores[top]).toBeNaN();
    expect(() => factorScores(sem('u1 ~ f\nf =~ u2 + u3 + u4', survey, { ordered }))).toThrow(/factor-scores/);
  });

  it('names an empty category of a group, and an ordinal variable with too many values', () => {
    const survey = simulated(300, 5);
    const site = survey.numeric('site');
    expect(() => sem('f =~ u1 + u2 + u3', survey.withColumn('u1', survey.numeric('u1').map((value, i) => (site[i] === 0 && value === 3 ? 2 : value))), { ordered, group: 'site' })).toThrow('empty-category');
    expect(() => sem('f =~ u1 + u2 + y', survey, { ordered: ['y'] })).toThrow('too-many-categories');
  });
});
