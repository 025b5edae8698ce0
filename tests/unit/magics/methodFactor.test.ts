import { describe, expect, it } from 'vitest';
import { measurementModel, methodFactor, population, simulateSurvey, surveyFromColumns } from '../../../src/index.js';
import { validityMagic } from '../../../src/magics/validity.js';
import type { MagicCall, MagicContext } from '../../../src/magics/magic.js';

const survey = simulateSurvey(population('A =~ 0.7*a1 + 0.7*a2 + 0.7*a3 + 0.6*a4\nB =~ 0.7*b1 + 0.7*b2 + 0.7*b3 + 0.6*b4\nC =~ 0.7*c1 + 0.8*c2 + 0.7*c3\nA ~~ 0.4*B\nA ~~ 0.3*C\nB ~~ 0.3*C', { standardized: true }), { n: 600, seed: 4 });
const context = { lookup: (name: string) => (name === 'users' ? survey : undefined), names: () => ['users'], magics: [] } as unknown as MagicContext;
const call: MagicCall = { magic: 'validity', form: 'line', arguments: ['users'], options: { 'method-factor': 'equal', as: 'found' }, body: '', bodyLineOffset: 0 };

describe('%validity --method-factor', () => {
  it('puts a method factor beside the constructs of the codebook', async () => {
    expect(measurementModel(survey)).toBe('A =~ a1 + a2 + a3 + a4\nB =~ b1 + b2 + b3 + b4\nC =~ c1 + c2 + c3');
    const { bind, show } = await validityMagic.run(call, context);
    const wanted = methodFactor(measurementModel(survey), survey, { methodLoadings: 'equal' });
    expect((bind?.found as typeof wanted).shares).toEqual(wanted.shares);
    expect(show).toHaveLength(1);
    expect(validityMagic.code?.(call)).toContain('methodFactor(measurementModel(users), users');
  });

  it('keeps names that are no plain words apart, and says when there are no constructs', () => {
    const odd = surveyFromColumns({ 'a-1': [1, 2, 3], 'a-2': [2, 1, 3] }, { codebook: 'constructs: {"my scale": ["a-1", "a-2"]}' });
    expect(measurementModel(odd)).toBe('`my scale` =~ `a-1` + `a-2`');
    expect(() => measurementModel(surveyFromColumns({ x: [1, 2] }))).toThrow(/no constructs/);
  });
});
