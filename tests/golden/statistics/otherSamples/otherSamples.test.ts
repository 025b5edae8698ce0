import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mediate, moderate } from '../../../../src/models/regression/index.js';
import { polychoric } from '../../../../src/statistics/correlate/polychoric.js';
import { efa } from '../../../../src/statistics/factor/efa.js';
import type { EfaOptions } from '../../../../src/statistics/factor/factorAnalysis.js';
import { factorability } from '../../../../src/statistics/factor/factorability.js';
import { reliability } from '../../../../src/statistics/reliability/reliability.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../src/survey/survey.js';
import { expectAgrees } from '../fixture.js';

type Numbers = readonly number[];
type Columns = Readonly<Record<string, readonly (number | null)[]>>;
type Words = string | readonly string[] | null;
interface Rotated {
  readonly loadings: readonly Numbers[];
  readonly phi?: readonly Numbers[];
}
interface Sample {
  readonly data: Columns;
  readonly m: number;
  readonly n: number;
  readonly kmo: number;
  readonly msa: Numbers;
  readonly chi: number;
  readonly pchi: number;
  readonly scales: Readonly<Record<string, { readonly cols: readonly string[]; readonly n: number; readonly alpha: number; readonly std: number; readonly rdrop: Numbers; readonly drop: Numbers; readonly omega: number; readonly omegaStd: number }>>;
  readonly pca: Readonly<Record<string, Rotated>>;
  readonly paf: { readonly h: Numbers; readonly rot: Readonly<Record<string, Rotated>> };
  readonly ml: { readonly h: Numbers; readonly rot: Readonly<Record<string, Rotated>> };
}
interface Moderated {
  readonly outcome: string;
  readonly predictor: string;
  readonly moderator: string;
  readonly cov: Words;
  readonly slopes: readonly Numbers[];
  readonly roots: number | Numbers;
  readonly below: number | Numbers;
  readonly n: number;
}
interface Mediated {
  readonly data: 'mtcars' | 'attitude';
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly w: string;
  readonly cov: Words;
  readonly m4: Numbers;
  readonly m7: Numbers;
  readonly m14: Numbers;
}
const told = JSON.parse(readFileSync(new URL('./expected.json', import.meta.url), 'utf8')) as {
  readonly attitude: Sample;
  readonly random: Sample;
  readonly mtcars: Columns;
  readonly ordinal: Columns;
  readonly polychoric: readonly { readonly x: string; readonly y: string; readonly rho: number; readonly stdError: number }[];
  readonly mod: readonly Moderated[];
  readonly modAtt: readonly Moderated[];
  readonly med: readonly Mediated[];
};
/** R's rotations stop when a step changes little; ours go on until the criterion is stationary to 1e-11. */
const ROTATION = 1e-6;

function surveyOf(data: Columns): Survey {
  return surveyFromColumns(Object.entries(data).map(([name, values]): [string, number[]] => [name, values.map((value) => value ?? NaN)]));
}
const words = (value: Words): readonly string[] => (value === null ? [] : [value].flat());
const compared = (found: ArrayLike<number | null | undefined>, wanted: readonly number[], what: string, tolerance = 1e-9): void => {
  expect(found.length, what).toBe(wanted.length);
  wanted.forEach((value, i) => expectAgrees(found[i], value, `${what} ${i}`, tolerance));
};

const ROTATIONS: Readonly<Record<string, Partial<EfaOptions>>> = {
  varimax: { rotation: 'varimax' },
  varimaxRaw: { rotation: 'varimax', kaiser: false },
  promaxR: { rotation: 'promax', kaiser: false },
  promaxKaiser: { rotation: 'promax' },
  quartiminKaiser: { rotation: 'oblimin' },
  obliminRaw: { rotation: 'oblimin', kaiser: false, gamma: -0.5 }
};

describe.each(['attitude', 'random'] as const)('%s', (name) => {
  const sample = told[name];
  const survey = surveyOf(sample.data);
  const names = Object.keys(sample.data);

  it('KMO, MSA, Bartlett', () => {
    const { n, kmo, msa, bartlett } = factorability(survey, names);
    compared([n, kmo, bartlett?.chiSquare], [sample.n, sample.kmo, sample.chi], 'measures', 1e-12);
    compared(msa, sample.msa, 'MSA', 1e-12);
    expectAgrees(bartlett?.pValue, sample.pchi, 'p');
  });

  it.each(Object.entries(sample.scales))('scale %s: alpha, items, omega', (_, scale) => {
    const { n, alpha, standardizedAlpha, omega, standardizedOmega, items } = reliability(survey, scale.cols);
    compared([n, alpha, standardizedAlpha], [scale.n, scale.alpha, scale.std], 'alpha', 1e-12);
    compared([omega, standardizedOmega], [scale.omega, scale.omegaStd], 'omega');
    compared(items.map(({ itemTotal }) => itemTotal), scale.rdrop, 'item-total', 1e-12);
    compared(items.map(({ alphaIfDeleted }) => alphaIfDeleted), scale.drop, 'alpha if deleted', 1e-12);
  });

  it.each(['pca', 'paf', 'ml'] as const)('%s with every rotation', (extraction) => {
    if (extraction !== 'pca') compared(efa(survey, names, { factors: sample.m, extraction, rotation: 'none' }).communalities, sample[extraction].h, 'communality');
    const wanted = extraction === 'pca' ? sample.pca : sample[extraction].rot;
    for (const [rotation, options] of Object.entries(ROTATIONS)) {
      const found = efa(survey, names, { factors: sample.m, extraction, ...options });
      expect(found.rotationConverged).toBe(true);
      compared(found.loadings, wanted[rotation].loadings.flat(), `${rotation} loading`, ROTATION);
      const { phi } = wanted[rotation];
      if (phi) compared(found.factorCorrelations ?? [], phi.flat(), `${rotation} phi`, ROTATION);
    }
  });
});

describe('polychoric correlations', () => {
  it.each(told.polychoric)('$x, $y', ({ x, y, rho, stdError }) => {
    const found = polychoric(Float64Array.from(told.ordinal[x], (value) => value ?? NaN), Float64Array.from(told.ordinal[y], (value) => value ?? NaN));
    compared([found.rho, found.stdError], [rho, stdError], 'ρ and SE', 1e-8);
  });
});

describe('PROCESS', () => {
  const surveys = { mtcars: surveyOf(told.mtcars), attitude: surveyOf(told.attitude.data) };

  it.each([...told.mod.map((one) => ['mtcars', one] as const), ...told.modAtt.map((one) => ['attitude', one] as const)])('model 1, %s: slopes and Johnson-Neyman bounds', (data, { outcome, predictor, moderator, cov, slopes, roots, below, n }) => {
    const found = moderate(surveys[data], { outcome, predictor, moderator, covariates: words(cov) });
    expect(found.fit.sample.used).toBe(n);
    compared(found.slopes.flatMap(({ estimate, stdError, statistic, pValue, confLow, confHigh }) => [estimate, stdError, statistic, pValue, confLow, confHigh]), slopes.flat(), 'slope');
    compared(found.johnsonNeyman.map(({ value }) => value), [roots].flat(), 'bound');
    compared(found.johnsonNeyman.map(({ below: share }) => share), [below].flat(), 'share below');
  });

  it.each(told.med.map((one) => [one.y, one] as const))('models 4, 7 and 14 of %s', (_, { data, x, m, y, w, cov, m4, m7, m14 }) => {
    const spec = { outcome: y, predictor: x, mediators: m, covariates: words(cov), draws: 100 };
    const plain = mediate(surveys[data], spec);
    const slope = (fit: (typeof plain.equations)[number] | undefined): number | null | undefined => fit?.coefficients.find(({ term }) => term === x)?.estimate;
    compared([plain.effects[0].estimate, slope(plain.equations.at(-1)), slope(plain.total)], m4, 'model 4');
    for (const [model, wanted] of [[7, m7], [14, m14]] as const) compared(mediate(surveys[data], { ...spec, moderator: w, model }).effects.map(({ estimate }) => estimate), wanted, `model ${model}`);
  });
});
