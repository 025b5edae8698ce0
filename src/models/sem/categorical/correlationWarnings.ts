import { cholesky } from '../../../numerics/dense/cholesky.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { pairPlace } from './layout.js';
import type { CategoricalMoments } from './sample/categoricalMoments.js';

/** Beyond this two items are nearly one: their table has empty corners, and the correlation has no finite maximum or a useless weight. */
const NEARLY_ONE = 0.99;

/** What makes estimates from polychoric correlations doubtful before any model. */
export function correlationWarnings(moments: readonly CategoricalMoments[], names: readonly (readonly string[])[], groupLabels: readonly string[]): readonly Diagnostic[] {
  return moments.flatMap(({ layout, values }, g) => {
    const found: Diagnostic[] = [];
    const where = groupLabels.length > 1 ? ` in group \`${groupLabels[g]}\`` : '';
    const p = layout.variables;
    const matrix = new Float64Array(p * p);
    for (let a = 0; a < p; a++) {
      matrix[a * p + a] = layout.variance[a] >= 0 ? values[layout.variance[a]] : 1;
      for (let b = 0; b < a; b++) matrix[a * p + b] = values[pairPlace(layout, b, a)];
    }
    for (let a = 0; a < p; a++) {
      for (let b = 0; b < a; b++) {
        const correlation = matrix[a * p + b] / Math.sqrt(matrix[a * p + a] * matrix[b * p + b]);
        if (Math.abs(correlation) > NEARLY_ONE) found.push(warning('near-perfect-correlation', `\`${names[g][b]}\` and \`${names[g][a]}\` correlate ${correlation.toFixed(4)}${where}: they say nearly the same, and what is estimated from them has little meaning`, { zh: `\`${names[g][b]}\` 与 \`${names[g][a]}\` 的相关为 ${correlation.toFixed(4)}${where}：二者几乎相同，由此得到的估计意义不大`, help: 'look at their two-way table; leave one out, or join categories', helpZh: '查看二者的交叉表；剔除其一或合并类别' }));
      }
    }
    if (cholesky(matrix, p) >= 0) found.push(warning('sample-covariance', `the matrix of polychoric correlations is not positive definite${where}`, { zh: `多分格相关矩阵非正定${where}`, help: 'few rows or empty cells; join categories. Robust CFI and RMSEA do not exist', helpZh: '样本太少或存在空单元格；可合并类别。稳健 CFI 与 RMSEA 不存在' }));
    return found;
  });
}
