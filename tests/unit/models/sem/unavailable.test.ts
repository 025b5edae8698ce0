import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../../src/models/sem/bootstrap/bootstrap.js';
import { cfa } from '../../../../src/models/sem/sem.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';

const random = createRandom(3);
const rows = Array.from({ length: 200 }, () => {
  const f = random.normal();
  return [1, 2, 3, 4].map(() => f + random.normal());
});
const survey = surveyFromColumns({ ...Object.fromEntries([0, 1, 2, 3].map((j) => [`x${j + 1}`, rows.map((row) => row[j])])), school: rows.map((_, i) => 1 + (i % 20)) });
const MODEL = 'f =~ x1 + x2 + x3 + x4';

describe('what is not computed is not printed under its name', () => {
  it('the bootstrap does not ignore clusters silently', async () => {
    await expect(bootstrap(cfa(MODEL, survey, { cluster: 'school' }), { draws: 10, type: 'parametric' })).rejects.toThrow(/bootstrap-unsupported/);
  });
});
