import { describe, expect, it } from 'vitest';
import { momentLayout } from '../../../../../src/models/sem/categorical/layout.js';
import { PairwiseLikelihood } from '../../../../../src/models/sem/categorical/pairwise/pairwiseLikelihood.js';
import { bootstrap } from '../../../../../src/models/sem/bootstrap/bootstrap.js';
import { stateOf } from '../../../../../src/models/sem/fit/fittedModel.js';
import type { SemOptions } from '../../../../../src/models/sem/options.js';
import { compareFits } from '../../../../../src/models/sem/questions/compareFits.js';
import { modificationIndices } from '../../../../../src/models/sem/questions/modificationIndices.js';
import { scoreTest } from '../../../../../src/models/sem/questions/scoreTest.js';
import { sem } from '../../../../../src/models/sem/sem.js';
import { createRandom } from '../../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../../src/survey/survey.js';

const ordered = ['u1', 'u2', 'u3', 'u4'];
const MODEL = 'f =~ u1 + u2 + u3 + u4';
const PML: SemOptions = { ordered, estimator: 'PML' };

/** Four items of 2, 3, 3 and 4 categories, a tenth of the answers missing where wanted. */
function simulated(n: number, seed: number, missing = false): Survey {
  const random = createRandom(seed);
  const cuts = [[0.2], [-0.6, 0.7], [-0.4, 0.5], [-1, 0, 0.8]];
  const columns: Record<string, number[]> = { u1: [], u2: [], u3: [], u4: [], x: [], w: [], site: [] };
  for (let i = 0; i < n; i++) {
    const f = random.normal();
    cuts.forEach((at, j) => {
      const y = 0.8 * f + 0.6 * random.normal();
      columns[ordered[j]].push(missing && random.uniform() < 0.1 ? NaN : 1 + at.filter((cut) => y > cut).length);
    });
    columns.x.push(random.normal());
    columns.w.push(1);
    columns.site.push(i % 2);
  }
  return surveyFromColumns(columns);
}

/** Central differences of a vector function. */
function differences(x: Float64Array, f: (x: Float64Array) => Float64Array, h = 1e-5): readonly Float64Array[] {
  return Array.from(x, (_, k) => {
    const [up, down] = [x.slice(), x.slice()];
    up[k] += h;
    down[k] -= h;
    const [a, b] = [f(up), f(down)];
    return a.map((value, i) => (value - b[i]) / (2 * h));
  });
}

describe('the pairwise likelihood', () => {
  it.each([['complete rows', false, false], ['pairs answered both', true, false], ['margins of answers alone too', true, true]] as const)('has the derivatives of its values: %s', (_, missing, available) => {
    const survey = simulated(120, 5, missing);
    const columns = ordered.map((name) => survey.numeric(name).map((value) => value - 1));
    const thresholds = [1, 2, 2, 3];
    const layout = momentLayout(thresholds, 0);
    const likelihood = new PairwiseLikelihood({ n: 120, names: ordered, columns, thresholds, x: new Float64Array(0), q: 0, weights: null }, layout, available);
    const at = Float64Array.from([0.1, -0.5, 0.8, -0.4, 0.6, -1.1, 0.1, 0.9, 0.5, -0.2, 0.97, 0.3, 0.4, 0.6]);
    const gradient = (x: Float64Array): Float64Array => {
      likelihood.move(x);
      const out = new Float64Array(layout.count);
      likelihood.gradient(out);
      return out;
    };
    const own = gradient(at);
    differences(at, (x) => Float64Array.of((likelihood.move(x), likelihood.value))).forEach(([slope], k) => expect(own[k]).toBeCloseTo(slope, 3));
    likelihood.move(at);
    const curvature = likelihood.curvature(true).dense();
    const scores = likelihood.scores();
    const scale = Math.max(...curvature.map(Math.abs));
    differences(at, gradient).forEach((slopes, k) => slopes.forEach((slope, r) => expect(Math.abs(curvature[r * layout.count + k] + slope)).toBeLessThan(1e-6 * scale)));
    for (let r = 0; r < layout.count; r++) expect(scores.subarray(r * 120, (r + 1) * 120).reduce((sum, value) => sum + value, 0)).toBeCloseTo(own[r], 8);
    // the expected information is the observed one where the tables are as expected: both are positive here, and of one size
    const expected = likelihood.curvature(false).dense();
    for (let r = 0; r < layout.count; r++) expect(expected[r * (layout.count + 1)]).toBeGreaterThan(0);
  });

  it.each([['delta', 'delta', {}], ['theta', 'theta', {}], ['free scales and means', 'delta', { group: 'site', groupEqual: ['thresholds'] }]] as const)('has the gradient and Hessian of its model: %s', (_, parameterization, options) => {
    const fit = sem(MODEL, simulated(300, 8), { ...PML, parameterization, ...options, ...('groupEqual' in options ? { groupEqual: [...options.groupEqual] } : {}) });
    const { objective, x } = stateOf(fit).estimation;
    const at = x.map((value, k) => value + 0.03 * Math.sin(k));
    const gradient = (to: Float64Array): Float64Array => {
      objective.evaluate(to);
      const out = new Float64Array(to.length);
      objective.gradient(out);
      return out;
    };
    const own = gradient(at);
    differences(at, (to) => Float64Array.of(objective.evaluate(to) ?? NaN)).forEach(([slope], k) => expect(Math.abs(own[k] - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope))));
    const numeric = differences(at, gradient);
    objective.evaluate(at);
    const hessian = new Float64Array(x.length ** 2);
    objective.hessian(hessian);
    for (let r = 0; r < x.length; r++) for (let c = 0; c <= r; c++) expect(Math.abs(hessian[r * x.length + c] - numeric[r][c])).toBeLessThan(1e-5 * Math.max(1, Math.abs(numeric[r][c])));
  });
});

describe('estimator PML', () => {
  it('is the same model under delta and theta, and fits three items exactly', () => {
    const survey = simulated(300, 8);
    const [delta, theta] = (['delta', 'theta'] as const).map((parameterization) => sem(MODEL, survey, { ...PML, parameterization }));
    for (const name of ['chisq', 'chisq.scaled', 'df.scaled', 'pl.aic', 'baseline.chisq.scaled']) expect(theta.measures[name]).toBeCloseTo(delta.measures[name] as number, 5);
    delta.parameters.forEach((row, i) => {
      if (row.op === '=~') expect(theta.parameters[i].stdAll).toBeCloseTo(row.stdAll as number, 6);
    });
    const three = sem('f =~ u1 + u2 + u3', survey, PML);
    expect([three.measures['chisq'], three.measures['df']]).toEqual([0, 0]);
    expect(delta.measures['pvalue']).toBeNull();
    expect(delta.measures['gfi']).toBeUndefined();
  });

  it('counts a row once per pair: twice the rows, half the variances and the same dimension', () => {
    const once = simulated(200, 4);
    const twice = surveyFromColumns(ordered.map((name): [string, number[]] => [name, [...once.numeric(name), ...once.numeric(name)]]));
    const [a, b] = [sem(MODEL, once, PML), sem(MODEL, twice, PML)];
    a.parameters.forEach((row, i) => {
      if (row.free > 0) expect((b.parameters[i].stdError as number) * Math.SQRT2).toBeCloseTo(row.stdError as number, 6);
    });
    expect(b.measures['pl.dimension']).toBeCloseTo(a.measures['pl.dimension'] as number, 5);
  });

  it('groups that share nothing have the standard errors of each by itself', () => {
    const survey = simulated(400, 12);
    const both = sem(MODEL, survey, { ...PML, group: 'site' });
    for (const g of [0, 1]) {
      const rows = Array.from(survey.numeric('site').keys()).filter((i) => survey.numeric('site')[i] === g);
      const alone = sem(MODEL, surveyFromColumns(ordered.map((name): [string, number[]] => [name, rows.map((i) => survey.numeric(name)[i])])), PML);
      const own = both.parameters.filter(({ group }) => group === g + 1);
      alone.parameters.forEach((row, i) => {
        if (row.free > 0) expect([own[i].estimate, own[i].stdError].map((value) => (value as number).toFixed(6))).toEqual([row.estimate, row.stdError].map((value) => (value as number).toFixed(6)));
      });
    }
  });

  it('difference tests do not depend on how the models are written', () => {
    const survey = simulated(300, 8);
    const free = sem(MODEL, survey, PML);
    const rows = [['f =~ u1 + 1*u2 + 1*u3 + 1*u4', {}], ['f =~ a*u1 + a*u2 + a*u3 + a*u4', { stdLv: true }]] as const;
    const [marker, unit] = rows.map(([model, options]) => compareFits({ free, equal: sem(model, survey, { ...PML, ...options }) }).rows[1]);
    expect(unit.chiSquareDifference).toBeCloseTo(marker.chiSquareDifference as number, 5);
    expect(unit.dfDifference).toBeCloseTo(marker.dfDifference as number, 5);
    expect(() => compareFits({ free, equal: free }, { method: 'satorra.2000' })).toThrow(/compare-fits[^]*mean.var.adjusted.PLRT/);
    expect(() => compareFits([sem(MODEL, survey, { ordered }), sem(MODEL, survey, { ordered })], { method: 'mean.var.adjusted.PLRT' })).toThrow(/estimator PML/);
  });

  it('bootstrap draws are fitted by it, and spread as its standard errors say', async () => {
    const fit = sem(MODEL, simulated(250, 3, true), { ...PML, missing: 'available.cases' });
    const result = await bootstrap(fit, { draws: 250, seed: 5 });
    expect(result.used).toBeGreaterThan(245);
    // a standard deviation of 250 draws has a relative standard error near 4.5 %: four of them
    for (const name of ['u2|t1', 'u4|t2']) {
      const own = fit.parameters.find(({ lhs, op, rhs }) => `${lhs}${op}${rhs}` === name);
      const drawn = result.estimates.find(({ lhs, op, rhs }) => `${lhs}${op}${rhs}` === name);
      expect(Math.abs((drawn?.stdError ?? NaN) / (own?.stdError ?? NaN) - 1)).toBeLessThan(0.18);
    }
  });

  it('refuses what it cannot answer, with a code', () => {
    const survey = simulated(200, 9);
    const refused = (options: SemOptions): unknown => sem(MODEL, survey, { ...PML, ...options });
    expect(() => sem(MODEL, survey, { estimator: 'PML' })).toThrow(/conflicting-options[^]*ordered variables/);
    expect(() => refused({ se: 'standard' })).toThrow(/conflicting-options[^]*sandwich/);
    expect(() => refused({ test: 'satorra.bentler' })).toThrow(/conflicting-options/);
    expect(() => refused({ information: 'expected' })).toThrow(/conflicting-options[^]*observed information/);
    expect(() => refused({ samplingWeights: 'w' })).toThrow(/conflicting-options[^]*weights/);
    expect(() => sem(`${MODEL}\nf ~ x`, survey, PML)).toThrow(/pairwise-variables[^]*`x`/);
    expect(() => sem(`${MODEL} + x`, survey, PML)).toThrow(/pairwise-variables[^]*`x`/);
    const fit = sem(MODEL, survey, PML);
    expect(() => modificationIndices(fit)).toThrow(/modification-indices/);
    expect(() => scoreTest(fit, { add: 'u1 ~~ u2' })).toThrow(/score-test/);
  });
});
