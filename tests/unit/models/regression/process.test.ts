import { describe, expect, it } from 'vitest';
import { SurveyError } from '../../../../src/shared/diagnostic.js';
import { mediate, moderate, type MediationSpec, type ModerationSpec } from '../../../../src/models/regression/index.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';

const random = createRandom(9);
const n = 400;
const x = Float64Array.from({ length: n }, () => random.normal());
const w = Float64Array.from({ length: n }, () => random.integer(2));
const m = x.map((v, i) => 0.5 * v + 0.4 * v * w[i] + random.normal());
const y = m.map((v, i) => 0.6 * v + 0.1 * x[i] + random.normal());
const survey = surveyFromColumns({ x, w, m, y, word: Array.from(w, (v) => (v === 0 ? 'low' : 'high')) });

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SurveyError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('mediate', () => {
  it('finds the indirect effect that made the data, the same for the same seed', () => {
    const spec: MediationSpec = { predictor: 'x', mediators: 'm', outcome: 'y', draws: 1000, seed: 3 };
    const [first, again, other] = [spec, spec, { ...spec, seed: 4 }].map((each) => mediate(survey, each).effects[0]);
    expect(Math.abs(first.estimate - 0.42)).toBeLessThan(0.12);
    expect(again).toEqual(first);
    expect(other.confLow).not.toBe(first.confLow);
    expect(first.confLow as number).toBeGreaterThan(0);
    // total = direct + indirect holds exactly in linear models
    const fit = mediate(survey, spec);
    const slope = (of: typeof fit.total): number => of?.coefficients[1].estimate ?? NaN;
    expect(slope(fit.total)).toBeCloseTo(slope(fit.equations[1]) + first.estimate, 12);
  });

  it('a two-valued moderator is probed at its values', () => {
    const fit = mediate(survey, { predictor: 'x', mediators: 'm', outcome: 'y', moderator: 'w', model: 7, draws: 200 });
    expect(fit.effects.map(({ kind, probe }) => [kind, probe?.value])).toEqual([['indirect', 0], ['indirect', 1], ['index', undefined]]);
    expect(fit.effects[1].estimate - fit.effects[0].estimate).toBeCloseTo(fit.effects[2].estimate, 12);
  });

  it('tables say draws, seed and n, and hold no NaN', () => {
    const tables = mediate(survey, { predictor: 'x', mediators: ['m'], outcome: 'y', draws: 200, covariates: ['word'] }).tables();
    expect(tables.map(({ title }) => title.en)).toEqual(['Equations of the mediation model (PROCESS model 4)', 'Effect of x on y', 'Indirect effects']);
    expect(tables[2].notes[0].en).toBe('95% percentile bootstrap intervals, 200 draws, seed 1.');
    expect(tables[2].notes[1].en).toContain('n = 400');
    expect(JSON.stringify(tables.map(({ rows }) => rows))).not.toMatch(/NaN|null,"pValue":0[,}]/);
  });

  it.each<[string, object]>([
    ['unknown-option', { mediator: 'm' }],
    ['missing-option', { mediators: [] }],
    ['missing-option', { moderator: 'w' }],
    ['bad-option', { model: 4, moderator: 'w' }],
    ['bad-option', { model: 7 }],
    ['bad-option', { model: 1 }],
    ['bad-option', { mediators: 'y' }],
    ['bad-option', { draws: 5 }],
    ['unknown-variable', { mediators: 'mm' }],
    ['not-numeric', { mediators: 'word' }]
  ])('refuses with %s: %o', (code, change) => {
    expect(codeOf(() => mediate(survey, { predictor: 'x', mediators: 'm', outcome: 'y', ...change } as MediationSpec))).toBe(code);
  });
});

describe('moderate', () => {
  const spec: ModerationSpec = { outcome: 'm', predictor: 'x', moderator: 'w' };

  it('probes a two-valued moderator at its values', () => {
    const { slopes } = moderate(survey, spec);
    expect(slopes.map(({ probe }) => probe.value)).toEqual([0, 1]);
    expect(Math.abs(slopes[1].estimate - slopes[0].estimate - 0.4)).toBeLessThan(0.25);
  });

  it('takes given values and robust standard errors', () => {
    const classical = moderate(survey, { ...spec, probe: [0.25] }).slopes[0];
    const robust = moderate(survey, { ...spec, probe: [0.25], se: 'HC3' }).slopes[0];
    expect(robust.estimate).toBe(classical.estimate);
    expect(robust.stdError).not.toBe(classical.stdError);
  });

  it.each<[string, object]>([
    ['unknown-option', { centered: true }],
    ['bad-option', { moderator: 'x' }],
    ['bad-option', { probe: 'quartiles' }],
    ['unknown-variable', { moderator: 'ww' }],
    ['not-identified', { moderator: 'constant' }]
  ])('refuses with %s: %o', (code, change) => {
    const data = survey.withColumn('constant', new Float64Array(n).fill(2));
    expect(codeOf(() => moderate(data, { ...spec, ...change } as ModerationSpec))).toBe(code);
  });
});
