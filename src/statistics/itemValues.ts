import { warning, type Diagnostic } from '../shared/diagnostic.js';
import { answerRange } from '../survey/score.js';
import type { Survey } from '../survey/survey.js';

export interface ItemValues {
  readonly values: Float64Array;
  /** True when the codebook words the item against its construct and the values are min + max − x. */
  readonly reversed: boolean;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Values of an item in the direction of its construct. The bounds of a
 * reversed item come from the codebook's range, else from its value labels,
 * else from the answers (with a warning, as an unused end shifts the mean).
 * @param alsoReverse turn the item though the codebook does not say so
 */
export function itemValues(survey: Survey, name: string, alsoReverse = false): ItemValues {
  const values = survey.numeric(name);
  const info = survey.info(name);
  if (!info.reverse && !alsoReverse) return { values, reversed: false, warnings: [] };
  const range = answerRange(info);
  if (range) return { values: flip(values, range.min + range.max), reversed: true, warnings: [] };
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return {
    values: flip(values, min + max),
    reversed: true,
    warnings: [warning('assumed-range', `reverse item \`${name}\` has no declared range; its observed answers ${min} to ${max} were taken as the ends of the scale`, { zh: `反向题 \`${name}\` 未声明取值范围，以实际回答 ${min} 至 ${max} 作为量表两端`, help: 'declare the range in the codebook', helpZh: '在编码簿中声明取值范围' })]
  };
}

function flip(values: Float64Array, sumOfEnds: number): Float64Array {
  return values.map((value) => sumOfEnds - value);
}
