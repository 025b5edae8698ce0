import { describe as suite, expect, it } from 'vitest';
import { describe, type VariableDescription } from '../../../src/statistics/describe/describe.js';
import { expected, expectAgrees, expectSensitive, goldenSurvey } from './fixture.js';

type Row = Record<string, number>;

suite('descriptives against R', () => {
  const wanted = new Map(Object.entries(expected<Record<string, Row>>('describe')));
  const result = describe(goldenSurvey(), [...wanted.keys()]);
  for (const variable of result.variables) {
    it(`${variable.variable} has R's moments, shape and SPSS's quartiles`, () => {
      const row = wanted.get(variable.variable);
      expect(row).toBeDefined();
      for (const [key, value] of Object.entries(row ?? {})) {
        if (key === 'q3R') continue;
        expectAgrees(variable[key as keyof VariableDescription] as number, value, key, 1e-12);
      }
      expectSensitive(variable.mean, row?.['mean'] ?? 0);
    });
  }
  it('quartiles of type 7 are those of R', () => {
    const r = describe(goldenSurvey(), ['before'], { quantileType: 7 });
    expectAgrees(r.variables[0].q3, wanted.get('before')?.['q3R'], 'q3', 1e-12);
  });
});
