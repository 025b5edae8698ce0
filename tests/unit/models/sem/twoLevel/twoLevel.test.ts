import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../../../src/models/sem/bootstrap/bootstrap.js';
import { standardizedSolution } from '../../../../../src/models/sem/fit/standardizedSolution.js';
import { compareFits } from '../../../../../src/models/sem/questions/compareFits.js';
import { factorScores } from '../../../../../src/models/sem/questions/factorScores.js';
import { impliedMoments } from '../../../../../src/models/sem/questions/impliedMoments.js';
import { scoreTest } from '../../../../../src/models/sem/questions/scoreTest.js';
import { modificationIndices, modificationTable } from '../../../../../src/models/sem/questions/modificationIndices.js';
import { residuals, residualTable } from '../../../../../src/models/sem/questions/residuals.js';
import { waldTest } from '../../../../../src/models/sem/questions/waldTest.js';
import type { SemOptions } from '../../../../../src/models/sem/options.js';
import { cfa, sem } from '../../../../../src/models/sem/sem.js';
import { levelMoments } from '../../../../../src/models/sem/twoLevel/levelMoments.js';
import { pathDiagram } from '../../../../../src/report/diagram/pathDiagram.js';
import { fitSummary } from '../../../../../src/report/fitSummary.js';
import { fitSentences } from '../../../../../src/report/sentences/fitSentences.js';
import { symmetricEigen } from '../../../../../src/numerics/dense/symmetricEigen.js';
import { SurveyError } from '../../../../../src/shared/diagnostic.js';
import { surveyFromColumns } from '../../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../../src/survey/survey.js';
import { BOTH_LEVELS, clusteredSurvey, COVARIATES } from './clusteredSurvey.js';

const survey = clusteredSurvey();
const cluster: SemOptions = { cluster: 'id' };

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return error.diagnostics[0].code;
    throw error;
  }
  return 'nothing was thrown';
}

function changed(change: (name: string, values: readonly (number | string)[]) => readonly (number | string)[], source: Survey = survey): Survey {
  const texts = new Set(['id', 'group']);
  return surveyFromColumns(Object.fromEntries(source.names().map((name) => [name, [...change(name, texts.has(name) ? (source.labels(name) as string[]) : Array.from(source.numeric(name)))]])));
}

describe('two-level models: what needs no oracle', () => {
  const fit = sem(BOTH_LEVELS, survey, cluster);

  it('other units leave χ² and the standardized solution', () => {
    const scaled = sem(BOTH_LEVELS, changed((name, values) => (name === 'y2' ? values.map((v) => 100 * Number(v)) : values)), cluster);
    expect(scaled.measures.chisq).toBeCloseTo(fit.measures.chisq as number, 6);
    scaled.parameters.forEach((row, i) => expect(row.stdAll).toBeCloseTo(fit.parameters[i].stdAll as number, 6));
  });

  it('order of rows, names of clusters and order of the levels change nothing', () => {
    const reversed = changed((_, values) => [...values].reverse());
    expect(sem(BOTH_LEVELS, reversed, cluster).measures.chisq).toBeCloseTo(fit.measures.chisq as number, 7);
    const turned = sem('level: between\n fb =~ y1 + y2 + y3 + y4\nlevel: within\n fw =~ y1 + y2 + y3 + y4', survey, cluster);
    expect(turned.table.levelLabels).toEqual(['within', 'between']);
    turned.parameters.forEach((row, i) => expect(row.estimate).toBeCloseTo(fit.parameters[i].estimate as number, 8));
  });

  it('markers and unit variances fit alike, and a shift of a variable moves only its mean at level 2', () => {
    expect(cfa(BOTH_LEVELS, survey, { ...cluster, stdLv: true }).measures.chisq).toBeCloseTo(fit.measures.chisq as number, 7);
    const moved = sem(BOTH_LEVELS, changed((name, values) => (name === 'y3' ? values.map((v) => Number(v) + 10) : values)), cluster);
    moved.parameters.forEach((row, i) => expect(row.estimate).toBeCloseTo((fit.parameters[i].estimate as number) + (row.op === '~1' && row.lhs === 'y3' && row.level === 2 ? 10 : 0), 6));
  });

  it('a saturated model has χ² 0 and reproduces the unrestricted moments', () => {
    const saturated = sem('level: 1\n y1 ~ y2 + y3\n y2 ~ y3\nlevel: 2\n y1 ~ y2 + y3\n y2 ~ y3', survey, { ...cluster, fixedX: false });
    expect(saturated.measures.df).toBe(0);
    expect(saturated.measures.chisq).toBeCloseTo(0, 7);
    for (const { implied, unrestricted } of levelMoments(saturated)) implied.covariance.forEach((value, i) => expect(value).toBeCloseTo(unrestricted.covariance[i], 6));
    for (const { covariance } of residuals(saturated, 'cor.bollen')) covariance.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-6));
  });

  it('a group option fits the groups as separate models do', () => {
    const both = sem(BOTH_LEVELS, survey, { ...cluster, group: 'group' });
    const apart = ['a', 'b'].map((label) => {
      const keep = survey.labels('group').map((each) => each === label);
      return sem(BOTH_LEVELS, changed((_, values) => values.filter((__, i) => keep[i])), cluster);
    });
    expect(both.measures.chisq).toBeCloseTo(apart.reduce((sum, each) => sum + (each.measures.chisq as number), 0), 6);
    expect(both.measures.logl).toBeCloseTo(apart.reduce((sum, each) => sum + (each.measures.logl as number), 0), 6);
    expect(both.rSquared).toHaveLength(4);
    const equal = sem(BOTH_LEVELS, survey, { ...cluster, group: 'group', groupEqual: ['loadings', 'intercepts'] });
    // 3 loadings on each level and 4 intercepts are equal, one latent mean at level 2 is free
    expect((equal.measures.df as number) - (both.measures.df as number)).toBe(3 + 3 + 4 - 1);
    expect(equal.parameters.filter((row) => row.op === '~1' && row.group === 2 && (row.lhs === 'fb' || row.lhs === 'fw')).map((row) => row.free > 0)).toEqual([false, true]);
  });

  it('questions that carry over: likelihood ratio, Wald, standardized errors', () => {
    const labelled = sem('level: 1\n fw =~ y1 + a*y2 + y3 + y4\nlevel: 2\n fb =~ y1 + b*y2 + y3 + y4', survey, cluster);
    const equal = sem('level: 1\n fw =~ y1 + a*y2 + y3 + y4\nlevel: 2\n fb =~ y1 + a*y2 + y3 + y4', survey, cluster);
    const { rows } = compareFits({ labelled, equal });
    expect(rows[1].dfDifference).toBe(1);
    // the two tests of one equality agree in order of size
    expect(waldTest(labelled, 'a == b').statistic / (rows[1].chiSquareDifference as number)).toBeGreaterThan(0.5);
    expect(waldTest(labelled, 'a == b').statistic / (rows[1].chiSquareDifference as number)).toBeLessThan(2);
    expect(standardizedSolution(fit).filter((row) => row.level === 2 && row.op === '=~').every((row) => (row.stdError as number) > 0)).toBe(true);
  });

  it('intraclass correlations and clusters are told', () => {
    expect(fit.levels?.labels).toEqual(['1', '2']);
    expect(fit.levels?.clusters).toEqual([{ count: 60, smallest: 4, largest: 9, distinctSizes: 6 }]);
    for (const value of fit.levels?.intraclass[0].values() ?? []) expect(value).toBeGreaterThan(0.1);
    expect(sem(COVARIATES, survey, cluster).levels?.intraclass[0].get('x')).toBe(0);
    expect(cfa('f =~ y1 + y2 + y3', survey).levels).toBeUndefined();
  });
});

describe('two-level models: what is refused, and said', () => {
  const fit = (): ReturnType<typeof sem> => sem(BOTH_LEVELS, survey, cluster);

  it.each([
    ['no cluster', BOTH_LEVELS, {}, 'two-level'],
    ['an unknown cluster', BOTH_LEVELS, { cluster: 'class' }, 'unknown-variable'],
    ['least squares', BOTH_LEVELS, { ...cluster, estimator: 'GLS' }, 'two-level'],
    ['ordinal variables', 'level: 1\n fw =~ grade + y2 + y3\nlevel: 2\n fb =~ grade + y2 + y3', { ...cluster, ordered: ['grade'] }, 'two-level'],
    ['missing data by two stages', BOTH_LEVELS, { ...cluster, missing: 'two.stage' }, 'conflicting-options'],
    ['missing fixed covariates by likelihood', COVARIATES, { ...cluster, missing: 'ml.x' }, 'two-level'],
    ['sampling weights', BOTH_LEVELS, { ...cluster, samplingWeights: 'x' }, 'two-level'],
    ['exploratory blocks', 'level: 1\n efa("b")*f + efa("b")*g =~ y1 + y2 + y3 + y4\nlevel: 2\n fb =~ y1 + y2 + y3 + y4', cluster, 'two-level'],
    ['one level', 'level: 1\n fw =~ y1 + y2 + y3', cluster, 'level-blocks'],
    ['three levels', `${BOTH_LEVELS}\nlevel: 3\n g =~ y1 + y2 + y3`, cluster, 'level-blocks'],
    ['formulas outside the levels', `y1 ~ x\n${BOTH_LEVELS}`, cluster, 'level-blocks'],
    ['a level-1 variable at level 2 only', `${BOTH_LEVELS}\n fb ~ x`, cluster, 'varies-within-clusters'],
    ['a level-2 variable at level 1', `level: 1\n fw =~ y1 + y2 + y3\n fw ~ w\nlevel: 2\n fb =~ y1 + y2 + y3`, cluster, 'no-within-variance'],
    ['clusters of one row', BOTH_LEVELS, { cluster: 'row' }, 'clusters'],
    ['one cluster', BOTH_LEVELS, { cluster: 'same' }, 'few-clusters']
  ] as readonly (readonly [string, string, SemOptions, string])[])('%s', (_, text, options, code) => {
    const more = surveyFromColumns({ ...Object.fromEntries(survey.names().map((name) => [name, name === 'id' || name === 'group' ? (survey.labels(name) as string[]) : Array.from(survey.numeric(name))])), row: Array.from({ length: survey.validCount }, (__, i) => `r${i}`), grade: Array.from(survey.numeric('y1'), (v) => Math.max(0, Math.min(3, Math.round(v)))), same: Array.from({ length: survey.validCount }, () => 'one') });
    expect(codeOf(() => sem(text, more, options))).toBe(code);
  });

  it('names the variable and counts the clusters', () => {
    expect(() => sem(`${BOTH_LEVELS}\n fb ~ x`, survey, cluster)).toThrow(/`x` stands at level `2` only, and differs between the rows of 60 of 60 clusters/);
  });

  it('questions without an answer for two levels', async () => {
    const fit = sem(BOTH_LEVELS, survey, cluster);
    for (const ask of [() => impliedMoments(fit), () => residuals(fit, 'standardized'), () => levelMoments(cfa('f =~ y1 + y2 + y3', survey))]) expect(codeOf(ask)).toBe('two-level');
    await expect(bootstrap(fit, { draws: 10, seed: 1 })).rejects.toThrow(/two-level/);
  });

  it('a negative variance between clusters is kept and said', () => {
    const hardly = clusteredSurvey({ residual: 0, between: 0.5, clusters: 40, seed: 12 });
    const fit = sem(BOTH_LEVELS, hardly, cluster);
    expect(fit.convergence.converged).toBe(true);
    const negative = fit.parameters.filter((row) => row.op === '~~' && row.lhs === row.rhs && row.level === 2 && (row.estimate as number) < 0);
    expect(negative.length).toBeGreaterThan(0);
    expect(fit.admissible).toBe(false);
    expect(fit.warnings.some(({ code, message }) => code === 'heywood' && message.includes('at level `2`'))).toBe(true);
    for (const row of negative) expect(fit.rSquared[1].has(row.lhs)).toBe(false);
    const bounded = sem(BOTH_LEVELS, hardly, { ...cluster, bounds: 'pos.var' });
    expect(bounded.warnings.map(({ code }) => code)).not.toContain('heywood');
    expect(bounded.admissible).toBe(true);
    expect(bounded.measures.chisq as number).toBeGreaterThanOrEqual((fit.measures.chisq as number) - 1e-8);
  });

  it('few clusters whose unrestricted likelihood has no optimum are compared with the best covariance matrix', () => {
    // residual variances 0 at level 2: Σ_B of rank one or little more
    const flat = clusteredSurvey({ residual: 0, between: 0.5, clusters: 12, seed: 2 });
    const one = sem('level: 1\n fw =~ y1 + y2 + y3 + y4\nlevel: 2\n fb =~ y1 + y2 + y3 + y4\n y1 ~~ 0*y1\n y2 ~~ 0*y2\n y3 ~~ 0*y3\n y4 ~~ 0*y4', flat, cluster);
    const { unrestricted } = levelMoments(one)[1];
    expect(one.warnings.map(({ code }) => code)).toContain('saturated-between');
    const { values } = symmetricEigen(unrestricted.covariance, 4);
    expect(values[0]).toBeGreaterThan(-1e-9);
    expect(values[0]).toBeLessThan(1e-6 * values[3]);
    // a model of rank one lies among them
    expect(one.measures.chisq as number).toBeGreaterThanOrEqual(-1e-7);
    expect(one.measures.chisq as number).toBeLessThan(15);
  });

  it('clusters that hardly differ: the unrestricted covariance matrix is no covariance matrix', () => {
    const none = changed((_, values) => values, clusteredSurvey({ between: 0, residual: 0, clusters: 25, seed: 4 }));
    const codes = sem('level: 1\n fw =~ y1 + y2 + y3\nlevel: 2\n y1 ~~ y2 + y3\n y2 ~~ y3', none, cluster).warnings.map(({ code }) => code);
    expect(codes).toContain('saturated-between');
  });

  it('a model that is not identified at level 2 names its parameters', () => {
    const fit = sem('level: 1\n fw =~ y1 + y2 + y3\nlevel: 2\n fb =~ y1 + y2', survey, cluster);
    const told = fit.warnings.find(({ code }) => code === 'not-identified');
    expect(told?.message).toMatch(/`fb ~~ fb` at level `2`/);
    expect(fit.parameters.every((row) => row.statistic === null)).toBe(true);
  });

  it('few clusters are said', () => {
    const few = sem(BOTH_LEVELS, clusteredSurvey({ clusters: 12, seed: 8, size: () => 30 }), cluster);
    expect(few.warnings.some(({ code }) => code === 'few-clusters')).toBe(true);
  });

  it('asks each level by itself what to free, and tests added terms at their level', () => {
    const indices = modificationIndices(fit());
    expect(new Set(indices.map(({ level }) => level))).toEqual(new Set([1, 2]));
    for (const level of [1, 2]) {
      const freed = sem(level === 1 ? BOTH_LEVELS.replace('level: 2', ' y1 ~~ y2\n level: 2') : `${BOTH_LEVELS}\n y1 ~~ y2`, survey, cluster);
      const gain = (fit().measures.chisq as number) - (freed.measures.chisq as number);
      const index = indices.find((each) => each.level === level && each.lhs === 'y1' && each.op === '~~' && each.rhs === 'y2');
      expect(Math.abs((index?.mi ?? NaN) - gain)).toBeLessThan(0.15 * gain + 0.1);
      const added = scoreTest(fit(), { add: `level: ${level}\n y1 ~~ y2` });
      expect(added.univariate[0].statistic).toBeCloseTo(index?.mi ?? NaN, 8);
    }
    expect(codeOf(() => scoreTest(fit(), { add: 'y1 ~~ y2' }))).toBe('score-test');
    expect(codeOf(() => scoreTest(fit(), { add: 'fw ~~ fb' }))).toBe('score-test');
    expect(modificationTable(fit(), 0).columns.map(({ key }) => key)).toContain('level');
  });

  it('indices of a model of two groups without equalities are those of each group alone', () => {
    const both = modificationIndices(sem(BOTH_LEVELS, survey, { ...cluster, group: 'group' }));
    ['b', 'a'].forEach((label, g) => {
      const keep = survey.labels('group').map((each) => each === label);
      const alone = modificationIndices(sem(BOTH_LEVELS, changed((_, values) => values.filter((__, i) => keep[i])), cluster));
      const own = both.filter(({ group }) => group === g + 1);
      expect(own).toHaveLength(alone.length);
      alone.forEach(({ lhs, op, rhs, level, mi, epc }) => {
        const same = own.find((each) => each.lhs === lhs && each.op === op && each.rhs === rhs && each.level === level);
        expect(same?.mi).toBeCloseTo(mi, 5);
        expect(same?.epc).toBeCloseTo(epc, 5);
      });
    });
  });

  it('missing answers at random leave the estimates where complete rows have them, listwise deletion does not', () => {
    const complete = clusteredSurvey({ clusters: 150, seed: 21 });
    const lead = Array.from(complete.numeric('y1'));
    const gaps = changed((name, values) => (name === 'y2' ? values.map((value, i) => (lead[i] > 3 ? NaN : value)) : values), complete);
    const at = (fit: ReturnType<typeof sem>): number => fit.parameters.find(({ lhs, op, level }) => lhs === 'y2' && op === '~1' && level === 2)?.estimate as number;
    const [whole, likelihood, listwise] = [sem(BOTH_LEVELS, complete, cluster), sem(BOTH_LEVELS, gaps, { ...cluster, missing: 'ml' }), sem(BOTH_LEVELS, gaps, cluster)];
    expect(likelihood.sample.used).toBe(complete.validCount);
    expect(listwise.sample.used).toBeLessThan(complete.validCount);
    expect(Math.abs(at(likelihood) - at(whole))).toBeLessThan(0.1);
    expect(Math.abs(at(listwise) - at(whole))).toBeGreaterThan(0.3);
  });

  it('scores of rows and of clusters return the factors that made them', () => {
    const covariates = sem(COVARIATES, survey, cluster);
    const own = factorScores(covariates, 'regression', 2);
    expect(own.latent).toEqual(['fb']);
    expect(own.groups[0].scores).toHaveLength(60);
    expect(own.groups[0].cluster?.slice(0, 2)).toEqual(['c0', 'c1']);
    expect(own.groups[0].index[1]).toBe(4);
    expect(factorScores(covariates).groups[0].scores).toHaveLength(survey.validCount);
    // Bartlett scores spread more than those of regression
    const spread = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
    expect(spread(factorScores(covariates, 'Bartlett', 2).groups[0].scores)).toBeGreaterThan(spread(own.groups[0].scores));
    expect(codeOf(() => factorScores(cfa('f =~ y1 + y2 + y3', survey), 'regression', 2))).toBe('level');
    expect(covariates.augment().columns.map(({ label }) => label.en)).toEqual(expect.arrayContaining(['.fw', '.fb']));
  });

  it('rows with missing values are dropped and counted', () => {
    const holes = changed((name, values) => (name === 'y1' ? values.map((v, i) => (i % 10 === 0 ? NaN : v)) : values));
    const { sample } = sem(BOTH_LEVELS, holes, cluster);
    expect(sample.total - sample.used).toBe(Math.ceil(survey.validCount / 10));
  });
});

describe('two-level models in tables, sentences and drawings', () => {
  const fit = sem(COVARIATES, survey, cluster);

  it('rows carry their level, in both languages', () => {
    const { columns, rows } = fit.tidy();
    expect(columns.map(({ key }) => key)).toContain('level');
    expect(new Set(rows.map((row) => row['level']))).toEqual(new Set(['within', 'between']));
    const own = fit.tables().find(({ title }) => title.en === 'Intraclass correlations');
    expect(own?.rows.map((row) => row['variable'])).toContain('y4');
    expect(residualTable(fit).columns.map(({ key }) => key)).toContain('level');
    expect(fit.tables()[0].notes?.some(({ en }) => en.includes('60 clusters of 4 to 9 rows'))).toBe(true);
    expect(fit.augment().rows).toHaveLength(survey.validCount);
  });

  it('the summary judges SRMR of each level, not their sum', () => {
    const summary = fitSummary(fit);
    expect(summary.headline.map(({ key }) => key)).toEqual(expect.arrayContaining(['srmr_within', 'srmr_between']));
    expect(summary.headline.map(({ key }) => key)).not.toContain('srmr');
    expect(fitSentences(fit).some((sentence) => sentence.startsWith('between: The path from w to fb'))).toBe(true);
    expect(fitSentences(fit, { lang: 'zh' }).some((sentence) => sentence.startsWith('组间: '))).toBe(true);
  });

  it('the diagram has a panel for each level with its own R²', () => {
    const { nodes } = pathDiagram(fit);
    const panels = new Map<number, string[]>();
    for (const { group, name } of nodes) if (name !== '') panels.set(group, [...(panels.get(group) ?? []), name]);
    expect(panels.get(1)).toContain('fw');
    expect(panels.get(1)).not.toContain('fb');
    expect(panels.get(2)).toEqual(expect.arrayContaining(['fb', 'w']));
    expect(nodes.find(({ group, name }) => group === 2 && name === 'fb')?.rSquared).toBeCloseTo(fit.rSquared[1].get('fb') as number, 12);
  });
});
