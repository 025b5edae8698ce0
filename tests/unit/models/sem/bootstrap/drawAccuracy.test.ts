import { describe, expect, it } from 'vitest';
import { bootstrapJob } from '../../../../../src/models/sem/bootstrap/bootstrapJob.js';
import { DRAW_NOT_CONVERGED } from '../../../../../src/models/sem/bootstrap/job.js';
import { runDraws } from '../../../../../src/models/sem/bootstrap/runDraws.js';
import { stateOf } from '../../../../../src/models/sem/fit/fittedModel.js';
import type { SemOptions } from '../../../../../src/models/sem/options.js';
import { sem } from '../../../../../src/models/sem/sem.js';
import { createRandom } from '../../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../../src/survey/survey.js';
import { simulatedSurvey, THREE_FACTORS } from '../sampleData.js';

/** Largest distance of a draw's estimate from the full fit of the same rows, in standard errors of that fit. */
const AGREEMENT = 2e-6;
const DRAWS = 60;

const survey = simulatedSurvey(250, 3);
const rounded = surveyFromColumns(Object.fromEntries(survey.names().filter((name) => name !== 'group').map((name) => [name, [...survey.numeric(name)].map(Math.round)])));

/** Three factors with a common cause. */
function hierarchical(n: number): Survey {
  const random = createRandom(12);
  const columns: Record<string, number[]> = {};
  for (let i = 0; i < n; i++) {
    const g = random.normal();
    for (let k = 0; k < 3; k++) {
      const f = 0.8 * g + 0.6 * random.normal();
      for (let j = 1; j <= 3; j++) (columns[`x${3 * k + j}`] ??= []).push(f + 0.7 * random.normal());
    }
  }
  return surveyFromColumns(columns);
}

const MODELS: readonly (readonly [string, string, Survey, SemOptions])[] = [
  ['factors and regressions', `${THREE_FACTORS}\n f3 ~ a*f1 + b*f2\n f2 ~ c*f1\n ab := c*b`, survey, {}],
  ['answers on a scale', `${THREE_FACTORS}\n f3 ~ f1 + f2`, rounded, {}],
  ['residual covariances', `${THREE_FACTORS}\n x1 ~~ x4\n x2 ~~ x5`, survey, {}],
  ['a second-order factor, means', `${THREE_FACTORS}\n g =~ f1 + f2 + f3`, hierarchical(300), { meanstructure: true }],
  ['shared labels', 'f1 =~ x1 + l*x2 + l*x3\n f2 =~ x4 + x5 + x6\n f2 ~ f1', survey, {}],
  ['observed variables (general form)', 'x4 ~ z + x1\n x7 ~ x4 + z', survey, {}],
  ['an observed cause of a latent variable (general form)', `${THREE_FACTORS}\n f1 ~ z\n f3 ~ f1`, survey, {}]
];

describe('a draw is the fit of the rows that were drawn', () => {
  it.each(MODELS)('%s', (_, text, data, options) => {
    const fit = sem(text, data, options);
    expect(fit.convergence.converged).toBe(true);
    const state = stateOf(fit);
    const chunk = runDraws({ ...bootstrapJob(state, 'nonparametric', 21), first: 0, count: DRAWS });
    const n = state.sample.n;
    const width = state.table.rows.length;
    const random = createRandom(21);
    let compared = 0;
    for (let d = 0; d < DRAWS; d++) {
      const stream = random.fork(d);
      const drawn = Array.from({ length: n }, () => stream.integer(n));
      const own = surveyFromColumns(Object.fromEntries(state.sample.names[0].map((name) => [name, drawn.map((i) => data.numeric(name)[i])])));
      const refit = sem(text, own, options);
      expect(chunk.status[d] < DRAW_NOT_CONVERGED, `draw ${d}`).toBe(refit.convergence.converged);
      if (!refit.convergence.converged) continue;
      const wanted = stateOf(refit).estimation.values;
      refit.parameters.forEach(({ stdError, term }, i) => {
        if (!stdError) return;
        compared++;
        expect(Math.abs(chunk.estimates[d * width + i] - wanted[i]) / stdError, `draw ${d}: ${term}`).toBeLessThan(AGREEMENT);
      });
      const statistic = refit.measures.chisq as number;
      expect(Math.abs(chunk.statistics[d] - statistic)).toBeLessThan(1e-8 * Math.max(1, statistic));
    }
    expect(compared).toBeGreaterThan(DRAWS);
  });
});
