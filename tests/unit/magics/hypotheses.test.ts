import { describe, expect, it } from 'vitest';
import { hypothesesMagic } from '../../../src/magics/hypotheses.js';
import type { MagicCall, MagicContext } from '../../../src/magics/magic.js';
import { regress } from '../../../src/models/regression/index.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const noise = [0.3, -0.2, 0.1, 0.4, -0.5, 0.2, -0.1, -0.3, 0.4, -0.3];
const w = [1, -1, 1, -1, 1, 1, -1, -1, 1, -1];
const survey = surveyFromColumns({ x, w, y: x.map((value, i) => value + noise[i]) });
const fit = regress('y ~ x + w', survey);

const context = { lookup: (name: string) => (name === 'fit' ? fit : undefined), names: () => ['fit'], magics: [] } as unknown as MagicContext;
const call = (body: string): MagicCall => ({ magic: 'hypotheses', form: 'cell', arguments: ['fit'], options: {}, body, bodyLineOffset: 1 });

async function verdicts(body: string): Promise<readonly string[]> {
  const { show } = await hypothesesMagic.run(call(body), context);
  const [summary] = show as { tables: { table: { rows: { verdict: string }[] } }[] }[];
  return summary.tables[0].table.rows.map(({ verdict }) => verdict);
}

describe('%%hypotheses', () => {
  it('tells supported, opposite sign and not supported apart', async () => {
    expect(await verdicts('H1: x -> y +\nH2: x -> y -\nH3: w -> y +')).toEqual(['supported', 'opposite sign', 'not supported']);
  });

  it('a path that the fit does not have is an error at its line, with the nearest path', async () => {
    const error = await Promise.resolve(hypothesesMagic.run(call('H1: x -> y +\nH2: v -> y'), context)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SurveyError);
    expect((error as SurveyError).message).toMatch(/%%hypotheses:3:1[^]*did you mean `\w -> y`/);
  });

  it('a line that is no hypothesis says how one is written', async () => {
    await expect(Promise.resolve(hypothesesMagic.run(call('x raises y'), context))).rejects.toThrow(/NAME: PREDICTOR -> OUTCOME/);
  });
});
