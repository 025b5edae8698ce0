import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { regress } from '../../../src/models/regression/index.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { near } from './near.js';

interface Published {
  readonly summary: Readonly<Record<'n' | 'meanX' | 'sdX' | 'meanY' | 'sdY' | 'r', number>>;
  readonly publishedResults: Readonly<Record<'rSquared' | 'adjustedRSquared' | 'rmse' | 'totalSS', number>> & {
    readonly regression: Readonly<Record<'df' | 'ss' | 'F' | 'p', number>>;
    readonly residual: Readonly<Record<'df' | 'ss' | 'ms', number>>;
    readonly intercept: Readonly<Record<'b' | 'se' | 't' | 'p', number>>;
    readonly slope: Readonly<Record<'b' | 'se' | 't' | 'p' | 'beta', number>>;
  };
}
const { summary, publishedResults: told } = JSON.parse(readFileSync(new URL('./published.json', import.meta.url), 'utf8')) as Published;

/** Columns with exactly the published means, deviations and correlation: any such data give the published regression. */
function columns(): { x: Float64Array; y: Float64Array } {
  const { n, meanX, sdX, meanY, sdY, r } = summary;
  const standard = (values: Float64Array): Float64Array => {
    const mean = values.reduce((sum, v) => sum + v, 0) / n;
    const centred = values.map((v) => v - mean);
    const sd = Math.sqrt(centred.reduce((sum, v) => sum + v * v, 0) / (n - 1));
    return centred.map((v) => v / sd);
  };
  const x = standard(Float64Array.from({ length: n }, (_, i) => i));
  const wave = Float64Array.from({ length: n }, (_, i) => Math.cos(i * i));
  const slope = standard(wave).reduce((sum, v, i) => sum + v * x[i], 0) / (n - 1);
  const e = standard(standard(wave).map((v, i) => v - slope * x[i]));
  return { x: x.map((v) => meanX + sdX * v), y: x.map((v, i) => meanY + sdY * (r * v + Math.sqrt(1 - r * r) * e[i])) };
}

describe('a regression that R, SPSS, SAS and Minitab print alike', () => {
  const fit = regress('y ~ x', surveyFromColumns(columns()));
  const { measures } = fit;

  it('model summary and analysis of variance', () => {
    near([measures.rSquared, measures.adjRSquared, measures.sigma], [told.rSquared, told.adjustedRSquared, told.rmse], 'summary', 1e-12);
    near([measures.df1, measures.regressionSumOfSquares, measures.fStatistic], [told.regression.df, told.regression.ss, told.regression.F], 'regression', 1e-12);
    near([measures.df2, measures.residualSumOfSquares, measures.totalSumOfSquares], [told.residual.df, told.residual.ss, told.totalSS], 'residual', 1e-12);
    expect((measures.pValue as number) / told.regression.p).toBeCloseTo(1, 11);
  });

  it('coefficients, with p values of 1e-51', () => {
    const [constant, slope] = fit.coefficients;
    near([constant.estimate, constant.stdError, constant.statistic], [told.intercept.b, told.intercept.se, told.intercept.t], 'constant', 1e-12);
    near([slope.estimate, slope.stdError, slope.statistic, slope.beta], [told.slope.b, told.slope.se, told.slope.t, told.slope.beta], 'slope', 1e-12);
    expect((constant.pValue as number) / told.intercept.p).toBeCloseTo(1, 11);
    expect((slope.pValue as number) / told.slope.p).toBeCloseTo(1, 11);
  });
});
