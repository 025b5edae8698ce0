import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import { solve, type Estimation } from '../estimation/estimate.js';
import type { SemData, SemSample } from '../estimation/sample.js';
import { orWithoutStarts } from '../estimation/withoutStarts.js';
import type { StartMethod } from '../estimation/start/startValues.js';
import { isAdmissible } from '../fit/admissible.js';
import { convergenceWarnings } from '../fit/convergenceWarning.js';
import { momentsWarnings } from '../fit/momentsWarning.js';
import { solutionWarnings } from '../fit/solutionWarnings.js';
import { dataWarnings } from '../fit/dataWarnings.js';
import { freeMoments, parameterCount } from '../fit/degreesOfFreedom.js';
import type { FitState, ModelTest } from '../fit/fitState.js';
import { testResults } from '../inference/testResults.js';
import { parameterCovariance } from '../inference/parameterCovariance.js';
import { modelDf } from '../measures/testStatistic.js';
import type { ResolvedSemOptions } from '../options.js';
import type { ParameterTable, VariableRoles } from '../parameterTable.js';
import { checkLevels } from './checkLevels.js';
import { clusteredGroup, type ClusteredGroup } from './clusteredGroup.js';
import { momentTable } from './levelTables.js';
import { saturatedLevels } from './saturatedLevels.js';
import { twoLevelProblem } from './twoLevelProblem.js';
import { twoLevelTest } from './twoLevelTest.js';

/** Estimates a two-level model with random intercepts by maximum likelihood. */
export function estimateTwoLevel(syntax: string, table: ParameterTable, data: SemData, sample: SemSample, options: ResolvedSemOptions): FitState {
  const source = { name: 'model', text: syntax };
  const rows = sample.rows ?? fail('two-level', 'two-level models need the rows of the data, and only moments were given');
  const blocks = table.blockRoles;
  const groups = rows.groups.map((group, g) => clusteredGroup(group, group.cluster as Int32Array, rows.names[g], blocks[2 * g].observed, blocks[2 * g + 1].observed));
  checkLevels(table, groups, rows.groups, rows.names, source);

  const saturated = saturatedLevels(table, groups);
  const starting = positiveMoments(saturated.moments, blocks);
  const attempt = (model: ParameterTable, method: StartMethod): Estimation => solve(twoLevelProblem(model, groups, starting, saturated.values, method), { maxIterations: options.control.maxIterations, tolerance: options.control.gradientTolerance });
  let estimation = attempt(table, options.start === 'simple' ? 'simple' : 'informed');
  const { converged } = estimation.minimum;
  if (options.start !== 'simple' && (!converged || !isAdmissible(estimation))) {
    // an improper solution may be a local minimum: the lower one counts
    const second = attempt(table, 'simple');
    const lower = second.minimum.value < estimation.minimum.value - LOWER * Math.abs(estimation.minimum.value);
    if (converged ? second.minimum.converged && lower : second.minimum.converged || lower) estimation = second;
  }
  const started = orWithoutStarts(table, estimation, (own) => attempt(own, 'informed'));
  estimation = started.estimation;

  const npar = parameterCount(estimation);
  const warnings: Diagnostic[] = [...table.warnings, ...started.warnings, ...dataWarnings(sample, npar).filter(({ code }) => code !== 'few-clusters'), ...clusterWarnings(groups, npar), ...saturated.warnings];
  let vcov: Float64Array | null = null;
  let test: ModelTest | null = null;
  let baseline: ModelTest | null = null;
  if (!estimation.minimum.converged) warnings.push(...convergenceWarnings(estimation));
  else {
    const inverses = parameterCovariance(estimation, sample, options);
    vcov = inverses.vcov;
    if (inverses.unidentified) warnings.push(inverses.unidentified);
    warnings.push(...momentsWarnings(modelDf(estimation), npar), ...solutionWarnings(estimation, vcov));
    if (options.test !== 'none') {
      test = twoLevelTest(estimation, saturated, sample, options, modelDf(estimation));
      if (test.statistic < NEGATIVE) {
        test = null;
        warnings.push(warning('no-chi-square', 'the covariance matrix that the model implies between clusters is none, and lies closer to the data than any covariance matrix: χ² and what follows from it do not exist', { zh: '模型隐含的组间协方差矩阵不是协方差矩阵，却比任何协方差矩阵更接近数据：χ² 及由其导出的指标不存在', help: 'bound the variances with `bounds: "pos.var"`, or fix residual variances of level 2 to 0', helpZh: '使用 `bounds: "pos.var"` 限制方差，或将第二层的残差方差固定为 0' }));
      } else if (options.baseline) {
        const independence = momentTable(table, 'independence', options.fixedX);
        const fitted = attempt(independence, 'simple');
        if (fitted.minimum.converged) baseline = twoLevelTest(fitted, saturated, sample, options, freeMoments(independence) - independence.freeCount);
        else warnings.push(warning('no-baseline', `the baseline model did not converge (${fitted.minimum.message}), so CFI, TLI and the other incremental indices are left out`, { zh: `基准模型未收敛（${fitted.minimum.message}），略去 CFI、TLI 等增值指标` }));
      }
    }
  }
  const all = test ? testResults(test, estimation, sample, options) : { tests: [], warnings: [] };
  warnings.push(...all.warnings);
  return { syntax, table, options, data, sample, estimation, effectiveN: sample.n, vcov, test, tests: all.tests, baseline, npar, warnings, twoLevel: { groups, saturated } };
}

/** Standard errors of level 2 rest on the number of clusters. */
function clusterWarnings(groups: readonly ClusteredGroup[], npar: number): readonly Diagnostic[] {
  const clusters = groups.reduce((sum, group) => sum + group.clusters, 0);
  if (clusters >= npar) return [];
  return [warning('few-clusters', `${clusters} clusters for ${npar} free parameters`, { zh: `${clusters} 个群对应 ${npar} 个自由参数`, help: 'what is said of level 2 rests on the clusters, not on the rows: use a smaller model there, or more clusters; robust standard errors cannot be trusted', helpZh: '第二层的结论取决于群数而非行数：请简化该层模型或增加群数；稳健标准误不可信' })];
}

/** A likelihood ratio below this is no rounding of 0. */
const NEGATIVE = -1e-6;

/** Relative difference by which another minimum is a lower one. */
const LOWER = 1e-7;

/** Share of the variance within clusters that a variable's variance between them starts at, at least. */
const SMALLEST_SHARE = 0.02;

/** Moments to start from: an unrestricted variance between clusters may be negative, and nothing can begin there. */
function positiveMoments(moments: readonly GroupSample[], blocks: readonly VariableRoles[]): readonly GroupSample[] {
  return moments.map((sample, block) => {
    if (block % 2 === 0) return sample;
    const names = blocks[block].observed;
    const p = names.length;
    const within = moments[block - 1];
    const covariance = sample.covariance.slice();
    names.forEach((name, i) => {
      const at = blocks[block - 1].observed.indexOf(name);
      if (at >= 0) covariance[i * (p + 1)] = Math.max(covariance[i * (p + 1)], SMALLEST_SHARE * within.covariance[at * (within.mean.length + 1)]);
    });
    return { ...sample, covariance };
  });
}
