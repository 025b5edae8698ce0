import { chiSquareUpper } from '../../numerics/distributions/index.js';
import { eigenSymmetric, type EigenDecomposition } from '../../numerics/matrix/index.js';
import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Survey } from '../../survey/survey.js';
import { resolveOptions } from '../options.js';
import { arrangeFactors, type ArrangedFactors } from './arrangeFactors.js';
import { factorTables, factorTidy } from './factorTables.js';
import type { Extraction } from './extraction.js';
import type { EfaOptions, FactorAnalysis } from './factorAnalysis.js';
import { factorabilityOf, type Factorability } from './factorability.js';
import { checkedCorrelations, itemCorrelations, type CorrelationInput, type ItemCorrelations } from './itemCorrelations.js';
import { leastSquaresFactors } from './leastSquaresFactors.js';
import { maximumLikelihoodFactors } from './maximumLikelihood.js';
import { parallelAnalysis, type ParallelAnalysis } from './parallelAnalysis.js';
import { principalAxis } from './principalAxis.js';
import { principalComponents } from './principalComponents.js';
import { oblimin } from './rotation/oblimin.js';
import { promax } from './rotation/promax.js';
import type { Rotation } from './rotation/rotation.js';
import { varimax } from './rotation/varimax.js';

const DEFAULTS: EfaOptions = { extraction: 'pca', factors: 'kaiser', rotation: 'varimax', kaiser: true, stop: 'tight', power: 4, gamma: 0, suppress: 0.4, sort: true, seed: 1, draws: 200 };

/**
 * Exploratory factor analysis of items, listwise, on the correlation matrix.
 * Constructs stand for their items; no names means all items of the codebook.
 * @throws SurveyError `too-few-rows`, `too-many-factors`, `singular-correlation` (for `paf`, `ml`, `minres`), `unknown-option`
 */
export function efa(survey: Survey, names?: readonly string[], options?: Partial<EfaOptions>): FactorAnalysis {
  return analyse(itemCorrelations(survey, names), options);
}

/** The same on a correlation matrix, such as one from a paper. */
export function efaOfMatrix(input: CorrelationInput, options?: Partial<EfaOptions>): FactorAnalysis {
  return analyse(checkedCorrelations(input), options);
}

function analyse(items: ItemCorrelations, given?: Partial<EfaOptions>): FactorAnalysis {
  const options = resolveOptions<EfaOptions>('efa', given, DEFAULTS, { extraction: ['pca', 'paf', 'ml', 'minres'], rotation: ['varimax', 'promax', 'oblimin', 'none'], stop: ['tight', 'spss', 'r'] });
  for (const [name, value, least] of [['suppress', options.suppress, 0], ['power', options.power, 1]] as const) if (!(typeof value === 'number' && value >= least && value < Infinity)) fail('invalid-option', `option \`${name}\` of \`efa\` must be a number from ${least} up, found ${String(value)}`);
  const { p, correlation, n } = items;
  const measures = factorabilityOf(items);
  const eigen = eigenSymmetric(correlation, p);
  const parallel = options.factors === 'parallel' ? parallelAnalysis(eigen.values, n, options) : null;
  const warnings: Diagnostic[] = [...measures.warnings];
  const m = factorCount(eigen.values, options, parallel, warnings);
  const extraction = extract(items, eigen, measures, m, options);
  warnings.push(...extractionWarnings(extraction, items.names));
  const rotation = rotate(extraction, p, m, options);
  if (!rotation.converged) warnings.push(warning('no-convergence', `${options.rotation} rotation did not converge in ${rotation.iterations} iterations`, { zh: `${options.rotation} 旋转在 ${rotation.iterations} 次迭代后未收敛` }));
  const arranged = arrangeFactors(extraction.loadings, rotation, p, m);
  const facts = { ...describeSolution(items, options, eigen, extraction, arranged, measures), factors: m, parallel, rotationConverged: rotation.converged, warnings };
  return Object.freeze({ ...facts, tidy: () => factorTidy(facts), tables: () => factorTables(facts) });
}

function factorCount(eigenvalues: Float64Array, { factors, extraction }: Readonly<EfaOptions>, parallel: ParallelAnalysis | null, warnings: Diagnostic[]): number {
  const p = eigenvalues.length;
  if (typeof factors === 'number') {
    const most = extraction === 'pca' ? p : p - 1;
    if (!Number.isInteger(factors) || factors < 1 || factors > most) fail('too-many-factors', `${factors} factors cannot be drawn from ${p} items`, { help: `ask for 1 to ${most}` });
    if (extraction === 'ml' && degreesOfFreedom(p, factors) < 0) fail('too-many-factors', `${factors} factors by maximum likelihood have ${degreesOfFreedom(p, factors)} degrees of freedom with ${p} items`);
    return factors;
  }
  if (factors !== 'kaiser' && factors !== 'parallel') fail('invalid-option', `option \`factors\` of \`efa\` takes a number, \`kaiser\` or \`parallel\`, found \`${String(factors)}\``);
  const found = parallel ? parallel.factors : eigenvalues.reduce((count, value) => count + (value > 1 ? 1 : 0), 0);
  if (found > 0) return found;
  warnings.push(warning('no-factor', `no eigenvalue passes ${parallel ? 'the parallel analysis' : '1'}; one factor is shown`, { zh: `没有特征值超过${parallel ? '平行分析的参照值' : ' 1'}，仅列出一个因子` }));
  return 1;
}

/** ((p − m)² − p − m)/2. */
function degreesOfFreedom(p: number, m: number): number {
  return ((p - m) ** 2 - p - m) / 2;
}

function extract(items: ItemCorrelations, eigen: EigenDecomposition, measures: Factorability, m: number, options: Readonly<EfaOptions>): Extraction {
  const { p, correlation } = items;
  if (options.extraction === 'pca') return principalComponents(eigen, p, m);
  const squaredMultiple = Float64Array.from(measures.squaredMultiple, (value) => value ?? NaN);
  if (squaredMultiple.some(Number.isNaN)) fail('singular-correlation', `the correlation matrix of the ${p} items is singular (smallest eigenvalue ${eigen.values[p - 1].toPrecision(3)}), so \`${options.extraction}\` cannot start`, { help: 'leave out an item that is a combination of others, or use `pca`' });
  if (options.extraction === 'paf') return principalAxis(correlation, p, m, squaredMultiple, options.stop);
  if (options.extraction === 'minres') return leastSquaresFactors(correlation, p, m, squaredMultiple.map((value) => 1 - value), squaredMultiple);
  return maximumLikelihoodFactors(correlation, p, m, squaredMultiple) ?? fail('singular-correlation', 'the correlation matrix is not positive definite, so `ml` has no solution');
}

function extractionWarnings(extraction: Extraction, names: readonly string[]): readonly Diagnostic[] {
  const warnings: Diagnostic[] = [];
  if (extraction.heywood.length > 0) warnings.push(warning('heywood-case', `the uniqueness of ${extraction.heywood.map((i) => `\`${names[i]}\``).join(', ')} reached its bound (Heywood case)`, { zh: `${extraction.heywood.map((i) => `\`${names[i]}\``).join('、')} 的唯一性达到边界（Heywood 现象）`, help: 'fewer factors, or more items or rows', helpZh: '减少因子数，或增加题项或样本' }));
  if (!extraction.convergence.converged) warnings.push(warning('no-convergence', `extraction did not converge: ${extraction.convergence.message}`, { zh: `因子抽取未收敛：${extraction.convergence.message}` }));
  return warnings;
}

function rotate({ loadings }: Extraction, p: number, m: number, { rotation, kaiser, stop, power, gamma }: Readonly<EfaOptions>): Rotation {
  if (rotation === 'none' || m < 2) return { pattern: loadings.slice(), factorCorrelations: null, converged: true, iterations: 0 };
  if (rotation === 'oblimin') {
    if (!(gamma <= 0.8)) fail('invalid-option', `option \`gamma\` of \`efa\` must be at most 0.8, found ${gamma}`);
    return oblimin(loadings, p, m, kaiser, gamma) ?? fail('degenerate-rotation', 'oblimin collapsed: the factors became linearly dependent', { help: 'use `varimax`, or fewer factors' });
  }
  // promax without normalization follows R, whose varimax stage is normalized all the same
  const orthogonal = varimax(loadings, p, m, kaiser || rotation === 'promax', stop);
  if (rotation === 'varimax') return orthogonal;
  return promax(orthogonal, p, m, kaiser, power) ?? fail('degenerate-rotation', 'promax found no target: a factor has no distinct loadings', { help: 'use `varimax`, or fewer factors' });
}

type Described = Omit<FactorAnalysis, 'tidy' | 'tables' | 'warnings' | 'parallel' | 'rotationConverged' | 'factors'>;

function describeSolution(items: ItemCorrelations, options: Readonly<EfaOptions>, eigen: EigenDecomposition, extraction: Extraction, arranged: ArrangedFactors, factorability: Factorability): Described {
  const { p, n, correlation, names, labels, reversed, rows } = items;
  const m = extraction.factors;
  let squares = 0;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      let implied = 0;
      for (let k = 0; k < m; k++) implied += extraction.loadings[i * m + k] * extraction.loadings[j * m + k];
      squares += (correlation[i * p + j] - implied) ** 2;
    }
  }
  const df = degreesOfFreedom(p, m);
  const chiSquare = extraction.discrepancy === null ? null : Math.max(0, (n - 1 - (2 * p + 5) / 6 - (2 * m) / 3) * extraction.discrepancy);
  return {
    kind: 'factor-analysis',
    options,
    names,
    labels,
    reversed,
    n,
    rows,
    factorability,
    eigenvalues: [...eigen.values],
    unrotated: arranged.unrotated,
    loadings: arranged.loadings,
    structure: arranged.structure,
    factorCorrelations: arranged.factorCorrelations,
    initialCommunalities: [...extraction.initialCommunalities],
    communalities: [...extraction.communalities],
    extractionSums: arranged.extractionSums,
    rotationSums: arranged.rotationSums,
    fitTest: chiSquare === null ? null : { chiSquare, df, pValue: df > 0 ? chiSquareUpper(chiSquare, df) : null },
    rmsr: p > 1 ? Math.sqrt(squares / ((p * (p - 1)) / 2)) : 0,
    convergence: extraction.convergence
  };
}
