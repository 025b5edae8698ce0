import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { meanInterval, tQuantiles } from '../describe/meanInterval.js';
import { requireShare, resolveOptions } from '../options.js';
import { scoredVariables, type Variable } from '../variables.js';
import { LEVENE_LEVEL, type CompareOptions, type Comparison, type GroupDescription, type VariableComparison } from './comparison.js';
import { comparisonTables, comparisonTidy } from './comparisonTables.js';
import { grouping, splitByGroup, type Grouping } from './grouping.js';
import { levene } from './levene.js';
import { oneWayAnova, type GroupMoments } from './oneWayAnova.js';
import { postHoc, POST_HOC_METHODS, type PostHocMethod } from './postHoc/postHoc.js';
import { independentTTest, sampleMoments } from './tTest.js';
import { brownForsythe, welchAnova } from './welchAnova.js';

/**
 * Means of each variable compared over the groups of `by`: t tests for two
 * groups, one-way ANOVA with post hoc tests for more; Levene's test, tests
 * that do not assume equal variances, effect sizes. A construct of the
 * codebook stands for its score. Rows are dropped variable by variable.
 * @throws SurveyError `too-few-groups`, `too-few-rows`, `too-many-groups`, `unknown-variable`
 */
export function compare(survey: Survey, variables: readonly string[], by: string, options?: Partial<CompareOptions>): Comparison {
  const resolved = resolveOptions<CompareOptions>('compare', options, { confidence: 0.95, postHoc: 'auto', levene: 'mean' }, { levene: ['mean', 'median'] });
  requireShare('compare', 'confidence', resolved.confidence);
  methodsOf(resolved.postHoc, true); // a misspelt method is an error for two groups too
  const groups = grouping(survey, by);
  if (variables.length === 0) fail('no-variables', 'no variable to compare', { help: 'name variables or constructs' });
  if (groups.groups.length < 2) fail('too-few-groups', `\`${by}\` has ${groups.groups.length === 0 ? 'no value' : 'one value only'}, a comparison needs two groups`);
  const warnings: Diagnostic[] = [];
  const compared = scoredVariables(survey, variables).map((variable) => compareVariable(variable, groups, resolved, warnings));
  const facts = { kind: 'comparison' as const, by, byLabel: groups.label, options: resolved, rows: survey.validCount, variables: compared, warnings };
  return Object.freeze({ ...facts, tidy: () => comparisonTidy(facts), tables: () => comparisonTables(facts) });
}

function compareVariable({ name, label, values, scoredItems }: Variable, by: Grouping, options: Readonly<CompareOptions>, warnings: Diagnostic[]): VariableComparison {
  const all = splitByGroup(values, by);
  const present = all.map((_, i) => i).filter((i) => all[i].length > 0);
  if (present.length < 2) fail('too-few-groups', `\`${name}\` is answered in ${present.length === 0 ? 'no group' : 'one group'} of \`${by.name}\` only`);
  for (let i = 0; i < all.length; i++) if (all[i].length === 0) warnings.push(warning('empty-group', `nobody in group ${by.groups[i].label.en} of \`${by.name}\` answers \`${name}\`; the group is left out`, { zh: `\`${by.name}\` 的“${by.groups[i].label.zh ?? by.groups[i].label.en}”组无人回答 \`${name}\`，该组未纳入` }));
  const samples = present.map((i) => all[i]);
  const names = present.map((i) => by.groups[i].label);
  const small = samples.findIndex((sample) => sample.length < 2);
  if (small >= 0) {
    const problem = `group ${names[small].en} of \`${by.name}\` has one answer to \`${name}\``;
    if (samples.length === 2) fail('too-few-rows', `${problem}, a t test needs two`);
    warnings.push(warning('single-answer', `${problem}: no variance, so Welch's and Brown and Forsythe's tests and its unpooled comparisons are not computed`, { zh: `\`${by.name}\` 的“${names[small].zh ?? names[small].en}”组对 \`${name}\` 只有一个回答，没有方差，未计算 Welch、Brown-Forsythe 检验及该组的方差不齐比较` }));
  }
  const leveneMean = canTestVariances(samples) ? levene(samples, 'mean') : null;
  const leveneMedian = canTestVariances(samples) ? levene(samples, 'median') : null;
  const chosen = options.levene === 'mean' ? leveneMean : leveneMedian;
  const equalVariances = chosen === null || chosen.pValue >= LEVENE_LEVEL;
  const n = samples.reduce((sum, sample) => sum + sample.length, 0);
  const common = { variable: name, label, n, dropped: values.length - n, ...(scoredItems === undefined ? {} : { scoredItems }), leveneMean, leveneMedian, equalVariances };
  if (samples.length === 2) {
    const { groups, ...test } = independentTTest(sampleMoments(samples[0]), sampleMoments(samples[1]), options.confidence);
    if (test.student.t === null) warnings.push(warning('constant-variable', `\`${name}\` does not vary within the groups of \`${by.name}\`, so no t exists`, { zh: `\`${name}\` 在 \`${by.name}\` 各组内没有变异，t 不存在` }));
    return { design: 't', ...common, groups: describeGroups(groups, names, options.confidence), ...test };
  }
  const anova = oneWayAnova(samples, options.confidence);
  if (anova.f === null) warnings.push(warning('constant-variable', `\`${name}\` does not vary within the groups of \`${by.name}\`, so no F exists`, { zh: `\`${name}\` 在 \`${by.name}\` 各组内没有变异，F 不存在` }));
  return {
    design: 'anova',
    ...common,
    groups: describeGroups(anova.groups, names, options.confidence),
    anova,
    welch: welchAnova(anova.groups),
    brownForsythe: brownForsythe(anova.groups),
    postHoc: methodsOf(options.postHoc, equalVariances).map((method) => postHoc(method, anova.groups, options.confidence))
  };
}

function canTestVariances(samples: readonly Float64Array[]): boolean {
  return samples.reduce((sum, sample) => sum + sample.length, 0) > samples.length;
}

function methodsOf(asked: CompareOptions['postHoc'], equalVariances: boolean): readonly PostHocMethod[] {
  if (asked === 'auto') return [equalVariances ? 'tukey' : 'games-howell'];
  if (asked === 'lsd/tamhane') return [equalVariances ? 'lsd' : 'tamhane'];
  if (asked === 'none') return [];
  const methods = typeof asked === 'string' ? [asked] : asked;
  for (const method of methods) resolveOptions('compare', { postHoc: method }, { postHoc: '' as string }, { postHoc: ['auto', 'lsd/tamhane', 'none', ...POST_HOC_METHODS] });
  return methods;
}

function describeGroups(groups: readonly GroupMoments[], names: readonly Bilingual[], confidence: number): readonly GroupDescription[] {
  const quantileOf = tQuantiles(confidence);
  return groups.map(({ n, mean, variance }, i) => {
    const sd = variance === null ? null : Math.sqrt(variance);
    return { group: names[i], n, mean, sd, standardError: sd === null ? null : sd / Math.sqrt(n), ...meanInterval(mean, sd, n, quantileOf) };
  });
}
