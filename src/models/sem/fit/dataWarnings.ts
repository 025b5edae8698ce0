import { cholesky } from '../../../numerics/dense/cholesky.js';
import { symmetricEigen } from '../../../numerics/dense/symmetricEigen.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { SemSample } from '../estimation/sample.js';

/** lavaan warns above this ratio of variances; estimation here does not depend on it. */
const SCALE_RATIO = 1000;

/** What of the sample makes results doubtful before any model: few rows, singular covariances, wildly different units. */
export function dataWarnings(sample: SemSample, npar: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  sample.groups.forEach((group, g) => {
    const names = sample.names[g];
    const p = names.length;
    const where = sample.groups.length > 1 ? ` in group \`${sample.groupLabels[g]}\`` : '';
    if (group.n <= p) found.push(warning('few-rows', `${group.n} rows${where} for ${p} variables: the sample covariance matrix is singular`, { zh: `${p} 个变量只有 ${group.n} 行${where}：样本协方差矩阵奇异`, help: 'use fewer variables or item parcels, or collect more answers', helpZh: '减少变量、使用题项打包，或增加样本' }));
    const factor = group.covariance.slice();
    if (cholesky(factor, p, 1e-12) >= 0) {
      const correlation = new Float64Array(p * p);
      for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) correlation[i * p + j] = group.covariance[i * p + j] / Math.sqrt(group.covariance[i * p + i] * group.covariance[j * p + j]);
      const { values, vectors } = symmetricEigen(correlation, p);
      let most = 0;
      for (let i = 1; i < p; i++) if (Math.abs(vectors[i * p]) > Math.abs(vectors[most * p])) most = i;
      found.push(warning('sample-covariance', `the sample covariance matrix is not positive definite${where}: smallest eigenvalue of the correlations ${values[0].toPrecision(3)}, mostly \`${names[most]}\``, { zh: `样本协方差矩阵非正定${where}：相关矩阵的最小特征值为 ${values[0].toPrecision(3)}，主要来自 \`${names[most]}\``, help: `\`${names[most]}\` may be a sum or copy of other variables; no chi-square exists then`, helpZh: `\`${names[most]}\` 可能是其他变量之和或副本；此时 χ² 不存在` }));
    }
    let small = 0;
    let large = 0;
    for (let i = 1; i < p; i++) {
      if (group.covariance[i * p + i] < group.covariance[small * p + small]) small = i;
      if (group.covariance[i * p + i] > group.covariance[large * p + large]) large = i;
    }
    if (group.covariance[large * p + large] > SCALE_RATIO * group.covariance[small * p + small])
      found.push(warning('variance-scales', `variances differ by more than ${SCALE_RATIO} times${where}: \`${names[large]}\` ${group.covariance[large * p + large].toPrecision(3)}, \`${names[small]}\` ${group.covariance[small * p + small].toPrecision(3)}`, { zh: `各变量方差相差超过 ${SCALE_RATIO} 倍${where}：\`${names[large]}\` ${group.covariance[large * p + large].toPrecision(3)}，\`${names[small]}\` ${group.covariance[small * p + small].toPrecision(3)}`, help: 'the estimates are right all the same; other units would read better', helpZh: '估计仍然正确；换用其他单位更便于阅读' }));
  });
  return [...found, ...rowWarnings(sample, npar)];
}

/** Too few rows, or clusters, for the parameters of a model. */
export function rowWarnings(sample: SemSample, npar: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const clusters = sample.rows?.clusterCount ?? 0;
  if (clusters > 0 && clusters <= npar) found.push(warning('few-clusters', `${clusters} clusters for ${npar} free parameters: their joint covariance matrix is singular, and standard errors by clusters are too small`, { zh: `${clusters} 个群对应 ${npar} 个自由参数：其联合协方差矩阵奇异，聚类标准误偏小`, help: 'trust single standard errors only with some 40 clusters or more; do not test many parameters together', helpZh: '约 40 个群以上才可信赖单个标准误；不要同时检验多个参数' }));
  if (sample.rows && sample.n < npar) found.push(warning('fewer-rows-than-parameters', `${sample.n} rows for ${npar} free parameters`, { zh: `${npar} 个自由参数只有 ${sample.n} 行数据`, help: 'a smaller model, or more answers', helpZh: '简化模型，或增加样本' }));
  return found;
}
