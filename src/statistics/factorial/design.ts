import { accurateMean } from '../../numerics/exact/accurateSums.js';
import { fail } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { grouping, type Grouping } from '../groups/grouping.js';
import { scoredVariables } from '../variables.js';
import { factorColumns, subsets, type TermColumns } from './sumCoding.js';
import type { FactorialOptions } from './factorialResult.js';

/** The rows in use. */
export interface Design {
  readonly n: number;
  readonly y: Float64Array;
  readonly groupings: readonly Grouping[];
  /** Classes that occur, and the class of each row, by factor. */
  readonly labels: readonly (readonly Bilingual[])[];
  readonly classes: readonly number[];
  readonly indices: readonly Int32Array[];
  readonly covariates: readonly { readonly name: string; readonly values: Float64Array; readonly mean: number }[];
}

/** Rows that answer the outcome, the factors and the covariates. @throws SurveyError `too-few-rows`, `too-few-groups` */
export function readDesign(survey: Survey, outcome: string, factors: readonly string[], options: Readonly<FactorialOptions>): Design {
  const [y] = scoredVariables(survey, [outcome]);
  const groupings = factors.map((name) => grouping(survey, name));
  const covariates = options.covariates.length > 0 ? scoredVariables(survey, options.covariates) : [];
  const keep: number[] = [];
  for (let i = 0; i < y.values.length; i++) if (!Number.isNaN(y.values[i]) && groupings.every((g) => g.indices[i] >= 0) && covariates.every((c) => !Number.isNaN(c.values[i]))) keep.push(i);
  if (keep.length < 3) fail('too-few-rows', `only ${keep.length} rows answer \`${outcome}\`, the factors and the covariates`);
  const used = groupings.map((g, f) => {
    const present = [...new Set(keep.map((i) => g.indices[i]))].sort((a, b) => a - b);
    if (present.length < 2) fail('too-few-groups', `factor \`${factors[f]}\` has one class only among the complete rows`);
    const place = new Map(present.map((at, k) => [at, k]));
    return { labels: present.map((at) => g.groups[at].label), indices: Int32Array.from(keep, (i) => place.get(g.indices[i]) ?? 0) };
  });
  return {
    n: keep.length,
    y: Float64Array.from(keep, (i) => y.values[i]),
    groupings,
    labels: used.map((u) => u.labels),
    classes: used.map((u) => u.labels.length),
    indices: used.map((u) => u.indices),
    covariates: covariates.map(({ name, values }) => {
      const kept = Float64Array.from(keep, (i) => values[i]);
      return { name, values: kept, mean: accurateMean(kept).high };
    })
  };
}

/** Covariates (centred) first, then main effects and interactions: the order that type I uses. */
export function buildTerms(design: Design, options: Readonly<FactorialOptions>): readonly TermColumns[] {
  const names = design.groupings.map((g) => g.name);
  const covariates = design.covariates.map(({ name, values, mean }): TermColumns => ({ term: name, factors: [], columns: [values.map((value) => value - mean)] }));
  const effects = subsets(names.length, options.order).map((which): TermColumns => ({ term: which.map((f) => names[f]).join(' × '), factors: which, columns: factorColumns(which, design.classes, design.indices) }));
  return [...covariates, ...effects];
}
