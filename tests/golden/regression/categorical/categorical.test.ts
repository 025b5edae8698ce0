import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logistic, ordinal, type CategoricalCoefficient } from '../../../../src/models/regression/index.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import { near } from '../near.js';

type Numbers = readonly number[];
interface Ordinal {
  readonly n: number;
  readonly terms: readonly string[];
  readonly estimate: Numbers;
  readonly stdError: Numbers;
  readonly pValue: Numbers;
  readonly logLik: number;
  readonly chi: Numbers;
  readonly pseudo: Numbers;
  readonly parallel: Numbers;
}
interface Expected {
  readonly data: Readonly<Record<string, (number | string | null)[]>>;
  readonly logistic: Readonly<Record<'estimate' | 'stdError' | 'statistic' | 'pValue' | 'low' | 'high' | 'model' | 'block1' | 'block2' | 'pseudo' | 'fitted' | 'table' | 'hl', Numbers>> & { readonly terms: readonly string[]; readonly n: number; readonly logLik: number; readonly nullLogLik: number; readonly aic: number; readonly bic: number; readonly auc: number };
  readonly ordinal: Readonly<Record<'logit' | 'probit', Ordinal>>;
}
const expected = JSON.parse(readFileSync(new URL('./expected.json', import.meta.url), 'utf8')) as Expected;
const survey = surveyFromColumns(expected.data);
const values = (rows: readonly CategoricalCoefficient[], key: keyof CategoricalCoefficient): (number | null)[] => rows.map((row) => row[key] as number | null);
/** Second derivatives by numDeriv carry about nine digits. */
const NUMERIC_HESSIAN = 1e-7;

describe('logistic agrees with glm', () => {
  const told = expected.logistic;
  const fit = logistic('z ~ a | b + g', survey);

  it('coefficients, Wald tests and odds ratios', () => {
    expect(fit.convergence.converged).toBe(true);
    expect(fit.coefficients.map(({ term }) => term)).toEqual(told.terms);
    near(values(fit.coefficients, 'estimate'), told.estimate, 'estimate');
    near(values(fit.coefficients, 'stdError'), told.stdError, 'stdError');
    near(values(fit.coefficients, 'statistic'), told.statistic, 'statistic');
    near(values(fit.coefficients, 'wald'), told.statistic.map((z) => z * z), 'wald');
    near(values(fit.coefficients, 'pValue'), told.pValue, 'pValue');
    near(values(fit.coefficients, 'oddsRatio'), told.estimate.map(Math.exp), 'oddsRatio');
    near(values(fit.coefficients, 'oddsLow'), told.low.map(Math.exp), 'oddsLow');
    near(values(fit.coefficients, 'oddsHigh'), told.high.map(Math.exp), 'oddsHigh');
  });

  it('likelihood, blocks and pseudo R²', () => {
    const { measures, blocks } = fit;
    near([measures.n, measures.logLik, measures.nullMinus2LogLik, measures.aic, measures.bic], [told.n, told.logLik, -2 * told.nullLogLik, told.aic, told.bic], 'measures');
    near([measures.chiSquare, measures.df, measures.pValue], told.model, 'model');
    near([blocks[0].chiSquare, blocks[0].df, blocks[0].pValue], told.block1, 'first block');
    near([blocks[1].chiSquare, blocks[1].df, blocks[1].pValue], told.block2, 'second block');
    near([measures.coxSnell, measures.nagelkerke, measures.mcFadden], told.pseudo, 'pseudo R²');
  });

  it('fitted probabilities, classification, ROC area, Hosmer-Lemeshow', () => {
    near([...fit.fitted], told.fitted, 'fitted');
    const { trueNegative, falsePositive, falseNegative, truePositive, areaUnderCurve } = fit.classification;
    expect([trueNegative, falsePositive, falseNegative, truePositive]).toEqual(told.table);
    near([areaUnderCurve], [told.auc], 'area');
    near([fit.hosmerLemeshow.statistic, fit.hosmerLemeshow.df, fit.hosmerLemeshow.pValue], told.hl, 'Hosmer-Lemeshow');
  });

  it('choosing the other event turns every sign', () => {
    near(values(logistic('z ~ a + b + g', survey, { event: 'no' }).coefficients, 'estimate'), told.estimate.map((b) => -b), 'estimate');
  });
});

describe.each(['logit', 'probit'] as const)('ordinal %s agrees with polished polr', (link) => {
  const told = expected.ordinal[link];
  const fit = ordinal('o ~ a + b + g', survey, { link });
  const rows = [...fit.thresholds, ...fit.coefficients];

  it('thresholds and slopes', () => {
    expect(fit.convergence.converged).toBe(true);
    expect(rows.map(({ term }) => term)).toEqual(told.terms);
    near(values(rows, 'estimate'), told.estimate, 'estimate');
    near(values(rows, 'stdError'), told.stdError, 'stdError', NUMERIC_HESSIAN);
    // an error of the standard error grows by z² in p
    near(values(rows, 'pValue'), told.pValue, 'pValue', 60 * NUMERIC_HESSIAN);
  });

  it('likelihood and pseudo R²', () => {
    near([fit.measures.n, fit.measures.logLik], [told.n, told.logLik], 'logLik');
    near([fit.measures.chiSquare, fit.measures.df, fit.measures.pValue], told.chi, 'chi-square');
    near([fit.measures.coxSnell, fit.measures.nagelkerke, fit.measures.mcFadden], told.pseudo, 'pseudo R²');
  });

  it('test of parallel lines', () => {
    near([fit.parallelLines?.statistic ?? null, fit.parallelLines?.df ?? null, fit.parallelLines?.pValue ?? null], told.parallel, 'parallel lines');
  });
});
