import { describe, expect, it } from 'vitest';
import { efa } from '../../../src/statistics/factor/efa.js';
import type { EfaOptions, FactorAnalysis } from '../../../src/statistics/factor/factorAnalysis.js';
import { efaScores } from '../../../src/statistics/factor/factorScores.js';
import { factorability } from '../../../src/statistics/factor/factorability.js';
import { agrees, expected, expectAgrees, expectSensitive, goldenSurvey } from './fixture.js';

interface Rotated {
  loadings: number[][];
  sums: number[];
  phi?: number[][];
}
interface Method {
  communalities: number[];
  unrotated?: number[][];
  chiSquare?: number;
  rmsr?: number;
  df?: number;
  pValue?: number;
  rotations: Record<string, Rotated>;
}
const wanted = expected<{ n: number; kmo: number; msa: number[]; bartlett: Record<string, number>; determinant: number; smc: number[]; eigenvalues: number[]; scores: { rowNames: number[]; regressionWeights: number[][]; regression: number[][]; bartlettWeights: number[][]; bartlett: number[][] }; pca: Method; paf: Method; ml: Method }>('factor');
const survey = goldenSurvey();

function expectMatrix(actual: Float64Array | null, rows: number[][], what: string, tolerance: number): void {
  rows.flat().forEach((value, at) => expect(agrees(actual?.[at], value, tolerance), `${what}[${at}]: got ${String(actual?.[at])}, expected ${value}`).toBe(true));
}

function expectRotation(result: FactorAnalysis, rotated: Rotated, what: string, tolerance: number): void {
  expectMatrix(result.loadings, rotated.loadings, what, tolerance);
  rotated.sums.forEach((value, k) => expectAgrees(result.rotationSums[k], value, `${what} sum ${k}`, tolerance));
  if (rotated.phi) expectMatrix(result.factorCorrelations, rotated.phi, `${what} phi`, tolerance);
  expectSensitive(result.loadings[0], rotated.loadings[0][0]);
}

describe('factorability against psych', () => {
  const result = factorability(survey, ['EXP', 'TRU', 'FUN']);
  it('KMO, MSA, Bartlett, determinant, squared multiple correlations', () => {
    expect(result.n).toBe(wanted.n);
    expectAgrees(result.kmo, wanted.kmo, 'KMO', 1e-12);
    wanted.msa.forEach((value, i) => expectAgrees(result.msa[i], value, `MSA ${i}`, 1e-12));
    wanted.smc.forEach((value, i) => expectAgrees(result.squaredMultiple[i], value, `SMC ${i}`, 1e-12));
    expectAgrees(result.bartlett?.chiSquare, wanted.bartlett['chiSquare'], 'chi-square', 1e-12);
    expect(result.bartlett?.df).toBe(wanted.bartlett['df']);
    expectAgrees(result.bartlett?.pValue, wanted.bartlett['pValue'], 'p', 1e-10);
    expectAgrees(result.determinant, wanted.determinant, 'determinant', 1e-12);
  });
});

describe('exploratory factor analysis against R', () => {
  const run = (options: Partial<EfaOptions>): FactorAnalysis => efa(survey, ['EXP', 'TRU', 'FUN'], { factors: 3, ...options });
  const rotations: [string, Partial<EfaOptions>, number][] = [
    ['varimax', { rotation: 'varimax' }, 1e-7],
    ['varimaxRaw', { rotation: 'varimax', kaiser: false }, 1e-7],
    ['varimaxR', { rotation: 'varimax', stop: 'r' }, 1e-8],
    ['promaxR', { rotation: 'promax', kaiser: false }, 1e-7],
    ['promaxKaiser', { rotation: 'promax' }, 1e-7],
    ['quartiminKaiser', { rotation: 'oblimin' }, 1e-6],
    ['obliminRaw', { rotation: 'oblimin', kaiser: false, gamma: -0.5 }, 1e-6]
  ];
  for (const extraction of ['pca', 'paf', 'ml'] as const) {
    const method = wanted[extraction];
    it(`${extraction}: communalities and test`, () => {
      const result = run({ extraction, rotation: 'none' });
      expect(result.convergence.converged).toBe(true);
      method.communalities.forEach((value, i) => expectAgrees(result.communalities[i], value, `h² ${i}`, 1e-9));
      wanted.eigenvalues.forEach((value, k) => expectAgrees(result.eigenvalues[k], value, `eigenvalue ${k}`, 1e-12));
      if (method.unrotated) expectMatrix(result.unrotated, method.unrotated, 'unrotated', 1e-10);
      if (method.rmsr !== undefined) expectAgrees(result.rmsr, method.rmsr, 'RMSR', 1e-9);
      if (method.chiSquare !== undefined) {
        expectAgrees(result.fitTest?.chiSquare, method.chiSquare, 'chi-square', 1e-8);
        expect(result.fitTest?.df).toBe(method.df);
        expectAgrees(result.fitTest?.pValue, method.pValue, 'p', 1e-8);
      }
    });
    for (const [name, options, tolerance] of rotations) {
      if (extraction !== 'pca' && options.stop === 'r') continue;
      it(`${extraction} with ${name}`, () => {
        const result = run({ extraction, ...options });
        expect(result.rotationConverged).toBe(true);
        expectRotation(result, method.rotations[name], `${extraction} ${name}`, tolerance);
      });
    }
  }
});

describe('factor scores against R', () => {
  const { rowNames, regressionWeights, regression, bartlettWeights, bartlett } = wanted.scores;

  it('regression scores of oblique components', () => {
    const found = efaScores(survey, efa(survey, ['EXP', 'TRU', 'FUN'], { factors: 3, rotation: 'oblimin' }));
    expectMatrix(found.weights, regressionWeights, 'weights', 1e-6);
    rowNames.forEach((row, i) => regression[i].forEach((value, k) => expect(found.scores[k][row - 1]).toBeCloseTo(value, 5)));
    expect(Number.isNaN(found.scores[0][survey.numeric('EXP2').findIndex(Number.isNaN)])).toBe(true);
  });

  it('Bartlett scores of principal axis factors', () => {
    const found = efaScores(survey, efa(survey, ['EXP', 'TRU', 'FUN'], { factors: 3, extraction: 'paf' }), 'bartlett');
    expectMatrix(found.weights, bartlettWeights, 'weights', 1e-6);
    rowNames.forEach((row, i) => bartlett[i].forEach((value, k) => expect(found.scores[k][row - 1]).toBeCloseTo(value, 5)));
  });
});
