import type { FactorAnalysis } from '../../statistics/factor/factorAnalysis.js';
import type { Factorability } from '../../statistics/factor/factorability.js';
import { HARMAN_LIMIT, type HarmanTest } from '../../statistics/validity/harman.js';
import { LEVEL, listed, plural, type NumberWriter, type Sentence } from './sentence.js';

/** @see Kaiser (1974), Psychometrika 39, 31-36 */
const USUAL_KMO = 0.7;
const LEAST_KMO = 0.5;

export function factorabilitySentences({ kmo, bartlett }: Pick<Factorability, 'kmo' | 'bartlett'>, w: NumberWriter): readonly Sentence[] {
  const found: Sentence[] = [];
  if (kmo === null) found.push({ en: 'KMO cannot be computed: the correlation matrix is singular.', zh: '相关矩阵奇异，无法计算 KMO。' });
  else {
    const place = kmo >= USUAL_KMO ? { en: `at or above the usual ${w.unit(USUAL_KMO)}`, zh: `不低于通常要求的 ${w.unit(USUAL_KMO)}` } : kmo >= LEAST_KMO ? { en: `below the usual ${w.unit(USUAL_KMO)}`, zh: `低于通常要求的 ${w.unit(USUAL_KMO)}` } : { en: `below ${w.unit(LEAST_KMO)}, which Kaiser calls unacceptable`, zh: `低于 ${w.unit(LEAST_KMO)}（Kaiser 认为不可接受）` };
    found.push({ en: `The Kaiser-Meyer-Olkin measure was ${w.unit(kmo)}, ${place.en}.`, zh: `KMO 值为 ${w.unit(kmo)}，${place.zh}。` });
  }
  if (bartlett) {
    const numbers = `χ²(${w.count(bartlett.df)}) = ${w.statistic(bartlett.chiSquare)}, ${w.p(bartlett.pValue)}`;
    found.push(bartlett.pValue < LEVEL ? { en: `Bartlett’s test rejected that the items are uncorrelated, ${numbers}.`, zh: `Bartlett 球形检验拒绝了题项互不相关的假设，${numbers}。` } : { en: `Bartlett’s test did not reject that the items are uncorrelated, ${numbers}: factor analysis has little to work on.`, zh: `Bartlett 球形检验未能拒绝题项互不相关的假设，${numbers}，不宜作因子分析。` });
  }
  return found;
}

const RULES = { kaiser: { en: 'eigenvalues above 1', zh: '特征值大于 1' }, parallel: { en: 'parallel analysis', zh: '平行分析' } } as const;

export function factorSentences(analysis: FactorAnalysis, w: NumberWriter): readonly Sentence[] {
  const { factors, names, loadings, rotationSums, extractionSums, options, convergence } = analysis;
  const found: Sentence[] = [...factorabilitySentences(analysis.factorability, w)];
  if (!convergence.converged) return [...found, { en: `The extraction did not converge (${convergence.message}); its loadings are not to be interpreted.`, zh: '因子抽取未收敛，载荷不可解释。' }];
  const component = options.extraction === 'pca';
  const share = extractionSums.slice(0, factors).reduce((sum, value) => sum + value, 0) / names.length;
  const rule = options.factors === 'kaiser' || options.factors === 'parallel' ? RULES[options.factors] : { en: 'the number asked for', zh: '指定个数' };
  found.push({
    en: `${plural(factors, component ? 'component' : 'factor')} (${rule.en}) accounted for ${w.percent(share)} of the items’ variance.`,
    zh: `提取 ${factors} 个${component ? '成分' : '因子'}（${rule.zh}），共解释题项方差的 ${w.percent(share)}。`
  });
  if (factors > 1 && rotationSums.length === factors) {
    const limit = options.suppress > 0 ? options.suppress : 0.5;
    const places = names.map((_, i) => Array.from({ length: factors }, (__, f) => Math.abs(loadings[i * factors + f])).filter((size) => size >= limit).length);
    const none = names.filter((_, i) => places[i] === 0);
    const several = names.filter((_, i) => places[i] > 1);
    const problem = [
      ...(none.length > 0 ? [{ en: `${listed(none.map((name) => ({ en: name, zh: name }))).en} on none`, zh: `${none.join('、')} 在任何因子上都未达到` }] : []),
      ...(several.length > 0 ? [{ en: `${listed(several.map((name) => ({ en: name, zh: name }))).en} on several`, zh: `${several.join('、')} 在多个因子上达到` }] : [])
    ];
    const size = w.unit(limit);
    found.push(
      problem.length === 0
        ? { en: `Every item loaded ${size} or more in size on exactly one of them.`, zh: `每个题项恰在一个${component ? '成分' : '因子'}上的载荷绝对值不低于 ${size}。` }
        : { en: `Most items loaded ${size} or more in size on exactly one of them, but ${problem.map(({ en }) => en).join(', and ')}.`.replace(/^Most items/, names.length - none.length - several.length > names.length / 2 ? 'Most items' : 'Some items'), zh: `载荷绝对值以 ${size} 为界：${problem.map(({ zh }) => zh).join('；')}；其余题项恰在一个${component ? '成分' : '因子'}上达到。` }
    );
  }
  return found;
}

export function harmanSentences({ factors, firstShare }: HarmanTest, w: NumberWriter): readonly Sentence[] {
  const below = firstShare < HARMAN_LIMIT && factors > 1;
  return [
    below
      ? { en: `${factors} components had eigenvalues above 1 and the first took ${w.percent(firstShare)} of the variance, less than half; this does not rule out common-method variance.`, zh: `特征值大于 1 的成分有 ${factors} 个，第一成分解释 ${w.percent(firstShare)} 的方差，未过半；这并不能排除共同方法偏差。` }
      : { en: `${plural(factors, 'component')} had eigenvalues above 1 and the first took ${w.percent(firstShare)} of the variance: common-method variance is to be suspected.`, zh: `特征值大于 1 的成分有 ${factors} 个，第一成分解释 ${w.percent(firstShare)} 的方差，应怀疑存在共同方法偏差。` }
  ];
}
