import { createRandom } from '../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../src/survey/survey.js';

/**
 * Three factors with three indicators each (f3 caused by f1 and f2), an
 * observed cause z and a two-valued group: skewed, not quite the model, as
 * real answers are.
 */
export function simulatedSurvey(n = 300, seed = 7): Survey {
  const random = createRandom(seed);
  const columns = new Map<string, number[]>();
  const put = (name: string, value: number): void => void (columns.get(name) ?? columns.set(name, []).get(name))?.push(value);
  const group: string[] = [];
  for (let i = 0; i < n; i++) {
    const z = random.normal();
    const f1 = random.normal() + 0.3 * z;
    const f2 = 0.4 * f1 + random.normal();
    const f3 = 0.5 * f1 - 0.3 * f2 + 0.2 * z + 0.8 * random.normal();
    const method = 0.3 * random.normal();
    [f1, f2, f3].forEach((f, k) => {
      for (let j = 0; j < 3; j++) put(`x${3 * k + j + 1}`, 1 + 0.2 * j + (1 - 0.1 * j) * f + (j === 1 ? method : 0) + 0.6 * random.normal() ** 2 * (random.uniform() < 0.5 ? -1 : 1));
    });
    put('z', z);
    group.push(i % 3 === 0 ? 'b' : 'a');
  }
  return surveyFromColumns({ ...Object.fromEntries(columns), group }, { name: 'simulated' });
}

export const THREE_FACTORS = `
  f1 =~ x1 + x2 + x3
  f2 =~ x4 + x5 + x6
  f3 =~ x7 + x8 + x9`;

/** Loadings, regressions among latents, an observed cause, a residual covariance, an indicator that is also regressed on. */
export const FULL_MODEL: string = `${THREE_FACTORS}
  f3 ~ f1 + f2 + z
  f1 ~ z
  x1 ~~ x4
  x9 ~ x2`;
