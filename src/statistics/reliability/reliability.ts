import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import { finite, type Bilingual } from '../../shared/table.js';
import { constructOf } from '../../survey/score.js';
import type { Survey } from '../../survey/survey.js';
import { correlationFromCovariance, covarianceMatrix } from '../covariance.js';
import { invertPositive } from '../invertPositive.js';
import { itemValues } from '../itemValues.js';
import { requireShare, resolveOptions } from '../options.js';
import { completeRows, expandConstructs, takeRows } from '../variables.js';
import { alphaWithout, cronbachAlpha, feldtIntervals, guttmanLambda2, scaleSums } from './alpha.js';
import { bootstrapOmega } from './bootstrapOmega.js';
import { mcdonaldOmega } from './omega.js';
import { reliabilityTables, reliabilityTidy } from './reliabilityTables.js';
import type { ItemReliability, Reliability, ReliabilityOptions } from './reliabilityResult.js';
import { fisherInterval } from '../correlate/coefficient.js';
import { normalQuantile } from '../../numerics/distributions/index.js';
import { scaleIntervals } from './scaleIntervals.js';
import { splitHalf } from './splitHalf.js';

/**
 * Internal consistency of a scale, listwise as SPSS. Items that the codebook
 * words against their construct are turned first, and the tables say so.
 * @param what a construct's name, or the names of items
 * @throws SurveyError `unknown-construct`, `unknown-variable`, `too-few-items`, `too-few-rows`
 */
export function reliability(survey: Survey, what: string | readonly string[], options?: Partial<ReliabilityOptions>): Reliability {
  const resolved = resolveOptions<ReliabilityOptions>('reliability', options, { confidence: 0.95, reverse: [], omega: true, draws: 0, seed: 1 });
  requireShare('reliability', 'confidence', resolved.confidence);
  const construct = typeof what === 'string' ? constructOf(survey, what) : what.length === 1 && !survey.has(what[0]) ? constructOf(survey, what[0]) : undefined;
  const names = construct ? construct.items : expandConstructs(survey, what as readonly string[]);
  if (names.length < 2) fail('too-few-items', `reliability needs two items, found ${names.length}${names.length === 1 ? ` (\`${names[0]}\`)` : ''}`);
  for (const name of resolved.reverse) if (!names.includes(name)) fail('unknown-variable', `item \`${name}\` of option \`reverse\` is not among the items`);
  const items = names.map((name) => {
    const item = itemValues(survey, name, resolved.reverse.includes(name));
    return { ...item, name, label: survey.info(name).label };
  });
  const rows = completeRows(items.map((item) => item.values));
  if (rows.length < 3) fail('too-few-rows', `only ${rows.length} of ${survey.validCount} rows answer all ${names.length} items, reliability needs three`);
  return scaleReliability(items, rows, resolved, survey.validCount, construct?.name, construct?.label);
}

interface ScaleItem {
  readonly name: string;
  readonly label: Bilingual | undefined;
  readonly values: Float64Array;
  readonly reversed: boolean;
  readonly warnings: readonly Diagnostic[];
}

function scaleReliability(scaleItems: readonly ScaleItem[], rows: Uint32Array, options: Readonly<ReliabilityOptions>, total: number, scale: string | undefined, label: Bilingual | undefined): Reliability {
  const columns = scaleItems.map((item) => takeRows(item.values, rows));
  const { n, p: k, means, covariance } = covarianceMatrix(columns);
  const correlation = correlationFromCovariance(covariance, k);
  const constant = scaleItems.filter((_, i) => !(covariance[i * k + i] > 0));
  const sums = scaleSums(covariance, k);
  const standardizedSums = scaleSums(correlation, k);
  const inverse = constant.length === 0 ? invertPositive(correlation, k) : undefined;
  const quantile = normalQuantile((1 + options.confidence) / 2);
  const scaleMean = means.reduce((sum, mean) => sum + mean, 0);
  const shortened = k > 2 ? feldtIntervals(n, k - 1, options.confidence) : undefined;
  const items = scaleItems.map((item, i): ItemReliability => {
    const own = covariance[i * k + i];
    const rest = sums.total - 2 * sums.rows[i] + own;
    const itemTotal = finite((sums.rows[i] - own) / Math.sqrt(own * rest));
    const without = alphaWithout(sums, covariance, i);
    const [total, deleted] = [itemTotal === null ? null : fisherInterval(itemTotal, 1 / Math.sqrt(n - 3), quantile), without === null ? null : shortened?.(without)];
    return {
      item: item.name,
      label: item.label,
      reversed: item.reversed,
      mean: means[i],
      sd: Math.sqrt(own),
      scaleMeanIfDeleted: scaleMean - means[i],
      scaleVarianceIfDeleted: rest,
      itemTotal,
      itemTotalLow: total?.confLow ?? null,
      itemTotalHigh: total?.confHigh ?? null,
      itemTotalUncorrected: finite(sums.rows[i] / Math.sqrt(own * sums.total)),
      squaredMultiple: inverse?.ok ? 1 - 1 / inverse.inverse[i * k + i] : null,
      alphaIfDeleted: without,
      alphaIfDeletedLow: deleted?.confLow ?? null,
      alphaIfDeletedHigh: deleted?.confHigh ?? null
    };
  });
  const alpha = cronbachAlpha(sums);
  const omega = options.omega && constant.length === 0 ? mcdonaldOmega(correlation, Float64Array.from(items, (item) => item.sd)) : undefined;
  const warnings = [...scaleItems.flatMap((item) => item.warnings), ...scaleWarnings(items, constant, alpha), ...(omega?.warnings ?? [])];
  const omegaInterval = omega?.omega != null && options.draws > 0 ? bootstrapOmega(columns, options) : null;
  if (omegaInterval && omegaInterval.failed > 0) warnings.push(warning('failed-draws', `${omegaInterval.failed} of ${options.draws} bootstrap draws gave no omega and are left out of its interval`, { zh: `${options.draws} 次 Bootstrap 抽样中有 ${omegaInterval.failed} 次未得到 ω，未计入其置信区间` }));
  if (inverse && !inverse.ok) warnings.push(warning('singular-correlation', `item \`${scaleItems[inverse.pivot].name}\` is a linear combination of the items before it, so squared multiple correlations do not exist`, { zh: `题项 \`${scaleItems[inverse.pivot].name}\` 是前面题项的线性组合，平方多重相关不存在` }));
  const interval = alpha === null ? { confLow: null, confHigh: null } : feldtIntervals(n, k, options.confidence)(alpha);
  const coefficients = {
    standardizedAlpha: constant.length === 0 ? cronbachAlpha(standardizedSums) : null,
    meanInterItem: constant.length === 0 ? (standardizedSums.total - k) / (k * (k - 1)) : null,
    lambda2: guttmanLambda2(sums, covariance),
    lambda6: inverse?.ok ? 1 - items.reduce((sum, item) => sum + item.sd ** 2 * (1 - (item.squaredMultiple ?? 0)), 0) / sums.total : null,
    splitHalf: splitHalf(covariance, k)
  };
  const ofCovariance = inverse?.ok ? inverse.inverse.slice() : undefined;
  if (ofCovariance) for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) ofCovariance[i * k + j] /= items[i].sd * items[j].sd;
  const intervals = scaleIntervals({ columns, means, covariance, correlation, inverse: ofCovariance, omega, ...coefficients }, options.confidence);
  const facts = {
    kind: 'reliability' as const,
    options,
    scale,
    label,
    items,
    n,
    rows: total,
    alpha,
    ...interval,
    ...coefficients,
    omega: omega?.omega ?? null,
    omegaLow: omegaInterval ? omegaInterval.low : intervals.omega.confLow,
    omegaHigh: omegaInterval ? omegaInterval.high : intervals.omega.confHigh,
    standardizedOmega: omega?.standardized ?? null,
    intervals,
    scaleMean,
    scaleVariance: sums.total,
    warnings
  };
  return Object.freeze({ ...facts, tidy: () => reliabilityTidy(facts), tables: () => reliabilityTables(facts) });
}

function scaleWarnings(items: readonly ItemReliability[], constant: readonly ScaleItem[], alpha: number | null): readonly Diagnostic[] {
  const warnings: Diagnostic[] = constant.map(({ name }) => warning('constant-variable', `item \`${name}\` does not vary`, { zh: `题项 \`${name}\` 没有变异` }));
  const negative = items.filter(({ itemTotal }) => itemTotal !== null && itemTotal < 0);
  if (negative.length > 0) {
    warnings.push(
      warning('negative-item-total', `${negative.map(({ item, itemTotal }) => `\`${item}\` (r = ${(itemTotal ?? 0).toFixed(3)})`).join(', ')} ${negative.length === 1 ? 'correlates' : 'correlate'} negatively with the other items`, {
        zh: `${negative.map(({ item, itemTotal }) => `\`${item}\`（r = ${(itemTotal ?? 0).toFixed(3)}）`).join('、')} 与其余题项负相关`,
        help: 'a reverse-worded item that was not declared as such? mark it with `reverse` in the codebook',
        helpZh: '是否有反向题未声明？在编码簿中以 `reverse` 标明'
      })
    );
  }
  if (alpha !== null && alpha < 0) warnings.push(warning('negative-alpha', `alpha is negative (${alpha.toFixed(3)}): the items covary negatively on average, so they do not form a scale as scored`, { zh: `α 为负（${alpha.toFixed(3)}）：题项平均呈负协方差，按现有计分不构成量表` }));
  if (items.length === 2) warnings.push({ ...warning('two-items', 'with two items, alpha if deleted, squared multiple correlations beyond r² and omega do not exist', { zh: '仅有两个题项，删除后的 α、超出 r² 的平方多重相关与 ω 均不存在' }), severity: 'note' });
  return warnings;
}
