import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { invarianceMagic } from '../../../src/magics/invariance.js';
import type { MagicCall, MagicContext } from '../../../src/magics/magic.js';
import { preparedSurvey } from '../../../src/magics/preparedSurvey.js';
import type { Invariance } from '../../../src/models/sem/questions/invariance.js';
import { continuanceStudy } from '../../../src/studies/continuance.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';

const file = join(dirname(fileURLToPath(import.meta.url)), '../../../notebooks/data/continuance.sav');
const users = preparedSurvey(continuanceStudy, await readSurvey(readFileSync(file), { name: 'continuance.sav' }));
const context = { lookup: (name: string) => (name === 'users' ? users : undefined), names: () => ['users'], magics: [] } as unknown as MagicContext;
const call = (words: readonly string[], options: MagicCall['options'] = {}): MagicCall => ({ magic: 'invariance', form: 'cell', arguments: words, options, body: 'SAT =~ SAT1 + SAT2 + SAT3\nCONT =~ CONT1 + CONT2 + CONT3', bodyLineOffset: 1 });

describe('%%invariance', () => {
  /** cfa(model, group = "gender", group.equal = …) of lavaan 0.6-14 on the same 455 rows. */
  it('climbs the ladder with lavaan’s χ² and df at each level', async () => {
    const { bind } = await invarianceMagic.run(call(['users', 'by', 'gender']), context);
    const { fits, supported } = bind?.ladder as Invariance;
    const found = [...fits].map(([level, { measures }]) => [level, measures.df, measures.chisq?.toFixed(3)]);
    expect(found).toEqual([
      ['configural', 16, '25.026'],
      ['metric', 20, '29.355'],
      ['scalar', 24, '31.109'],
      ['strict', 30, '36.454']
    ]);
    expect(supported).toBe('strict');
  });

  it('compares the levels that are named, and says which there are', async () => {
    const { bind } = await invarianceMagic.run(call(['users', 'by', 'gender'], { levels: 'configural,metric' }), context);
    expect([...(bind?.ladder as Invariance).fits.keys()]).toEqual(['configural', 'metric']);
    await expect(Promise.resolve().then(() => invarianceMagic.run(call(['users', 'by', 'gender'], { levels: 'metrc' }), context))).rejects.toThrow('did you mean `metric`?');
  });

  it('needs a grouping column that exists', async () => {
    await expect(Promise.resolve().then(() => invarianceMagic.run(call(['users']), context))).rejects.toThrow(/needs one grouping column/);
    await expect(Promise.resolve().then(() => invarianceMagic.run(call(['users', 'by', 'gendr']), context))).rejects.toThrow('did you mean `gender`?');
  });
});
