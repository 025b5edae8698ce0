import { meanAndSquares } from '../../numerics/exact/accurateSums.js';
import type { Bilingual } from '../../shared/table.js';
import { pairCount } from '../groups/postHoc/pairwise.js';
import type { Design } from './design.js';
import type { CellMean, FactorialAnova, MarginalMean, MarginalPair, SimpleEffect, Within } from './factorialResult.js';
import type { MarginalModel, PairAdjustment } from './marginalModel.js';
import { cellWeights, type Cell, type TermColumns } from './sumCoding.js';

/** Marginal means of each factor, their pairs, and the means of the cells that have rows. */
export function marginalMeans(design: Design, coefficients: Float64Array, terms: readonly TermColumns[], model: MarginalModel | undefined, adjustment: PairAdjustment): Pick<FactorialAnova, 'marginalMeans' | 'cells' | 'pairs'> {
  const estimate = (cell: Cell): Pick<MarginalMean, 'mean' | 'stdError' | 'confLow' | 'confHigh'> => model?.mean(cell) ?? { mean: cellWeights(cell, terms, design.classes).reduce((sum, weight, at) => sum + weight * coefficients[at], 0), stdError: null, confLow: null, confHigh: null };
  return {
    marginalMeans: design.groupings.flatMap(({ name }, factor) => design.labels[factor].map((group, index): MarginalMean => ({ factor: name, group, ...estimate(new Map([[factor, index]])) }))),
    cells: cellSamples(design).map(({ cell, values }): CellMean => {
      const { mean, squares } = meanAndSquares(values);
      return { groups: design.groupings.map((_, factor) => design.labels[factor][cell.get(factor) ?? 0]), n: values.length, observedMean: mean.high, observedSd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null, ...estimate(cell) };
    }),
    pairs: model ? design.groupings.flatMap((_, factor) => pairsOf(design, model, factor, null, adjustment)) : []
  };
}

/** Either factor of every interaction of two, within each class of the other, with the pairs behind the effect. */
export function simpleEffects(design: Design, terms: readonly TermColumns[], model: MarginalModel | undefined, adjustment: PairAdjustment): Pick<FactorialAnova, 'simpleEffects' | 'simplePairs'> {
  const effects: SimpleEffect[] = [];
  const pairs: MarginalPair[] = [];
  for (const { factors } of terms) {
    if (factors.length !== 2 || !model) continue;
    for (const [factor, other] of [[factors[0], factors[1]], [factors[1], factors[0]]]) {
      design.labels[other].forEach((group, at) => {
        const within: Within = { factor: design.groupings[other].name, group };
        const effect = model.equal(design.labels[factor].map((_, k) => new Map([[factor, k], [other, at]])));
        if (effect) effects.push({ factor: design.groupings[factor].name, within, ...effect });
        pairs.push(...pairsOf(design, model, factor, { other, at, within }, adjustment));
      });
    }
  }
  return { simpleEffects: effects, simplePairs: pairs };
}

function pairsOf(design: Design, model: MarginalModel, factor: number, place: { readonly other: number; readonly at: number; readonly within: Within } | null, adjustment: PairAdjustment): readonly MarginalPair[] {
  const labels: readonly Bilingual[] = design.labels[factor];
  const cell = (k: number): Cell => new Map(place ? [[factor, k], [place.other, place.at]] : [[factor, k]]);
  const count = pairCount(labels.length);
  return labels.flatMap((groupI, i) => labels.slice(i + 1).map((groupJ, k): MarginalPair => ({ factor: design.groupings[factor].name, within: place?.within ?? null, groupI, groupJ, ...model.pair(cell(i), cell(i + 1 + k), count, adjustment) })));
}

/** Answers by combination of classes, in the order of the classes. */
function cellSamples(design: Design): readonly { readonly cell: Cell; readonly values: Float64Array }[] {
  const found = new Map<number, number[]>();
  for (let i = 0; i < design.n; i++) {
    const key = design.indices.reduce((code, indices, factor) => code * design.classes[factor] + indices[i], 0);
    const rows = found.get(key);
    if (rows) rows.push(design.y[i]);
    else found.set(key, [design.y[i]]);
  }
  return [...found.keys()]
    .sort((a, b) => a - b)
    .map((key) => {
      const cell = new Map<number, number>();
      let rest = key;
      for (let factor = design.classes.length - 1; factor >= 0; factor--) {
        cell.set(factor, rest % design.classes[factor]);
        rest = Math.floor(rest / design.classes[factor]);
      }
      return { cell, values: Float64Array.from(found.get(key) ?? []) };
    });
}
