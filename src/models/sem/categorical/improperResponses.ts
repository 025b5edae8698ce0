import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';
import { rolesOfBlock } from '../structure/blocks.js';
import type { CategoricalMap } from './categoricalMap.js';
import { CategoricalPart } from './categoricalPart.js';

/** Share of a latent response's variance below which its residual has vanished: under theta the loadings then grow without end. */
const VANISHED = 1e-6;

/**
 * Thresholds out of order, and Heywood cases of ordinal variables, whose
 * residual variances are no parameters. Under delta the variance that is left for the residual is
 * negative; under theta it is fixed, and the common part outgrows it.
 */
export function improperResponses(estimation: Estimation, maps: readonly CategoricalMap[], groupLabels: readonly string[]): readonly Diagnostic[] {
  const { table, values, objective } = estimation;
  return maps.flatMap(({ variables, theta }, g): readonly Diagnostic[] => {
    const where = groupLabels.length > 1 ? ` in group \`${groupLabels[g]}\`` : '';
    const part = objective.parts[g];
    const unordered = variables.filter(({ thresholdRows }) => thresholdRows.some((row, t) => t > 0 && !(values[row] > values[thresholdRows[t - 1]])));
    const order = unordered.map(({ index, thresholdRows }) => {
      const name = rolesOfBlock(table, g).observed[index];
      return warning('threshold-order', `the thresholds of \`${name}\` do not ascend${where}: ${thresholdRows.map((row) => values[row].toPrecision(3)).join(', ')}; a category between would have a negative probability`, {
        zh: `\`${name}\` 的阈值不是递增的${where}`,
        help: 'look at fixed or equal thresholds of this item',
        helpZh: '检查该题项被固定或设为相等的阈值'
      });
    });
    return [...order, ...variables.flatMap(({ index, ordinal, varianceRow }, v): readonly Diagnostic[] => {
      if (!ordinal || varianceRow < 0 || !(part instanceof CategoricalPart)) return [];
      const name = rolesOfBlock(table, g).observed[index];
      const residual = values[varianceRow];
      if (!theta) {
        if (!(residual < 0)) return [];
        return [heywood(`the residual variance of the latent response behind \`${name}\` is negative${where}: ${residual.toPrecision(3)}`, `\`${name}\` 的潜在反应变量残差方差为负${where}：${residual.toPrecision(3)}`)];
      }
      const share = residual / part.responses.conditional[v * variables.length + v];
      if (!(share < VANISHED) || table.rows[varianceRow].ustart === 0) return [];
      return [heywood(`the loadings of \`${name}\` grow without end${where}: beside them its residual variance vanishes (a share of ${share.toPrecision(2)})`, `\`${name}\` 的因子载荷无限增大${where}：残差方差趋于零`)];
    })];
  });
}

function heywood(message: string, zh: string): Diagnostic {
  return warning('heywood', message, {
    zh,
    help: 'a Heywood case: too few or too weak indicators, two items that say the same, a wrong model, or a small sample; look at the polychoric correlations of this item',
    helpZh: 'Heywood 现象：指标过少或过弱、题项重复、模型有误或样本过小；请查看该题项的多分相关'
  });
}
