import { describe, expect, it } from 'vitest';
import { readPublished, regress, reliability, sem, surveyFromColumns, verify } from '../../../../src/index.js';
import { agreement, readPrinted } from '../../../../src/report/published/printedNumber.js';

/** Wheaton, Muthén, Alwin & Summers (1977): moments and results as lavaan's and LISREL's manuals print them. */
const WHEATON = `source: Wheaton, Muthén, Alwin & Summers (1977)
n: 932
names: anomia67 powerless67 anomia71 powerless71 education sei
covariances:
 11.834
  6.947   9.364
  6.819   5.091  12.532
  4.783   5.028   7.495   9.986
 -3.839  -3.889  -3.841  -3.625   9.610
-21.899 -18.831 -21.748 -18.775  35.522 450.288
# results
chisq: 4.735, df 4, p .316
npar: 17
ses =~ sei: 5.219 (0.422) z 12.364 std .642
alien67 =~ powerless67: .979 (.062) std .852
alien71 ~ alien67: .607*** (.051) [.507, .707] std .567
alien71 ~ ses: -.227 (.052) std −.207
alien67 ~ ses: -.575, se .056, z -10.195, p < .001
anomia67 ~~ anomia71: 1.623 (.314)
R² alien67 = .317`;
const MODEL = `ses =~ education + sei
alien67 =~ anomia67 + powerless67
alien71 =~ anomia71 + powerless71
alien71 ~ alien67 + ses
alien67 ~ ses
anomia67 ~~ anomia71
powerless67 ~~ powerless71`;

describe('printed numbers', () => {
  it.each([
    ['.45', 0.4549, 'same'], ['.45', 0.4551, 'truncated'], ['.45', 0.4601, 'last digit'], ['.45', 0.4649, 'last digit'], ['.45', 0.4651, 'differs'],
    ['-.45', -0.4551, 'truncated'], ['−.45', -0.4401, 'last digit'], ['12', 12.4, 'same'], ['1.50', 1.505, 'same'], ['.00', -0.004, 'same']
  ] as const)('%s against %d: %s', (digits, value, wanted) => {
    expect(agreement(readPrinted('=', digits, false), value)).toBe(wanted);
  });

  it('reads limits, per cent and powers of ten', () => {
    expect(agreement(readPrinted('<', '.001', false), 0.0009)).toBe('same');
    expect(agreement(readPrinted('<', '.001', false), 0.0011)).toBe('differs');
    expect(agreement(readPrinted('=', '12.3', true), 0.12349)).toBe('same');
    expect(agreement(readPrinted('=', '1.2e-5', false), 0.0000124)).toBe('same');
    expect(agreement(readPrinted('=', '.5', false), null)).toBe('absent');
  });
});

describe('a published table', () => {
  const paper = readPublished(WHEATON);

  it('without a matrix no model can be fitted to it', () => {
    expect(() => sem(MODEL, readPublished('cfi: .95'))).toThrow(/no-moments/);
  });

  it('gives its moments, to which a model is fitted, and every printed number comes back', () => {
    const fit = sem(MODEL, paper);
    const found = verify(fit, paper);
    expect(found.numbers.filter(({ agreement: verdict }) => verdict !== 'same').map(({ of, figure }) => `${of} ${figure}`)).toEqual([]);
    expect(found.numbers).toHaveLength(28);
    expect(found.holds).toBe(true);
  });

  it('says which number does not come back', () => {
    const fit = sem(MODEL, paper);
    const found = verify(fit, 'alien71 ~ alien67: .670 (.051)\ncfi: .9999');
    expect(found.holds).toBe(false);
    expect(found.counts).toMatchObject({ same: 1, differs: 2 });
    expect(found.warnings[0].message).toContain('line 1: alien71 ~ alien67 is printed as .670 and recomputed as 0.607047');
  });

  it('names what the results do not have, with its place and the nearest name', () => {
    const fit = sem(MODEL, paper);
    expect(() => verify(fit, 'alien71 ~ alien76: .6')).toThrow(/the results have no `alien71 ~ alien76`[\s\S]*did you mean `alien71 ~ alien67`/);
    expect(() => verify(fit, 'alien71 ~ alien67: vif 1.2')).toThrow(/has no figure `vif`/);
    expect(() => verify({}, 'a: 1')).toThrow(/expected a fit/);
  });

  it('refuses lines that hold no number, and a matrix without names or n', () => {
    expect(() => readPublished('SAT ~ CONF')).toThrow(/holds no printed number/);
    expect(() => readPublished('SAT ~ CONF: high')).toThrow(/holds no printed number/);
    expect(() => readPublished('covariances:\n1\n.5 1')).toThrow(/sample size/);
    expect(() => readPublished('n: 100\ncovariances:\n1\n.5 1')).toThrow(/names of its variables/);
    expect(() => readPublished('n: 100\nnames: a b\nsds: 1\ncorrelations:\n1\n.5 1')).toThrow(/`sds` has 1/);
  });

  it('turns correlations into covariances by the standard deviations', () => {
    const { moments } = readPublished('n: 100\nnames: a b\nsds: 2 3\nmeans: 1 2\ncorrelations:\n1\n.5 1');
    expect(Array.from(moments?.groups[0].covariance ?? [])).toEqual([4, 3, 3, 9]);
  });
});

describe('other results', () => {
  const survey = surveyFromColumns({ x: [1, 2, 3, 4, 5, 6, 7, 8], z: [2, 1, 4, 3, 6, 5, 8, 9], y: [1, 3, 2, 5, 4, 6, 8, 7] });

  it('a regression by its terms and its summary', () => {
    const fit = regress('y ~ x + z', survey);
    const [, x] = fit.coefficients;
    const text = `x: B ${x.estimate?.toFixed(3)}, SE ${x.stdError?.toFixed(3)}, beta ${x.beta?.toFixed(3)}, t ${x.statistic?.toFixed(2)}, p ${x.pValue?.toFixed(3)}, VIF ${x.vif?.toFixed(2)}\nR²: ${fit.measures.rSquared?.toFixed(3)}\nadj R²: ${fit.measures.adjRSquared?.toFixed(3)}\nF: ${fit.measures.fStatistic?.toFixed(2)}, df1 2, df2 5\nDurbin-Watson: ${fit.measures.durbinWatson?.toFixed(3)}`;
    const found = verify(fit, text);
    expect(found.counts.same).toBe(12);
    expect(found.holds).toBe(true);
  });

  it('an analysis by the words of its rows; a figure that is not named is asked for', () => {
    const result = reliability(survey, ['x', 'z', 'y']);
    const found = verify(result, `z: M ${(38 / 8).toFixed(2)}`);
    expect(found.holds).toBe(true);
    expect(() => verify(result, 'z: 4.75')).toThrow(/must be named/);
  });
});
