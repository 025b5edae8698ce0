import { fail } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import type { Construct, VariableInfo } from './codebook.js';
import type { Survey } from './survey.js';

export interface ScoreOptions {
  /**
   * Items a person must have answered, else the score is missing. Default
   * `'all'`; 1 is SPSS's `MEAN(a, b, c)`, 3 its `MEAN.3(a, b, c)`: means over fewer
   * items than the scale has.
   */
  readonly minAnswered?: number | 'all';
}

/** Smallest and largest possible answer: declared, else by the value labels of answers. */
export function answerRange(info: VariableInfo): { readonly min: number; readonly max: number } | undefined {
  if (info.range) return info.range;
  const { codes, range } = info.missing;
  const answers = [...info.valueLabels.keys()].filter((value): value is number => typeof value === 'number' && !codes.includes(value) && !(range && value >= range.low && value <= range.high));
  return answers.length < 2 ? undefined : { min: Math.min(...answers), max: Math.max(...answers) };
}

/**
 * An item over all rows of the file, turned round when the codebook says it is
 * worded against its construct: min + max − x.
 *
 * @throws SurveyError `no-range` when a reversed item has no declared range (the data are no evidence of it)
 */
export function directedItem(survey: Survey, item: string): Float64Array {
  const column = survey.column(item);
  const info = survey.info(item);
  if (column.type === 'string') {
    survey.numeric(item);
    throw new Error('unreachable: a string column has no numbers');
  }
  if (!info.reverse) return column.values;
  const range = answerRange(info);
  if (!range) fail('no-range', `item \`${item}\` is reversed, but its smallest and largest answers are not declared`, { help: 'add `range: 1-5` to the codebook, or value labels of the end points' });
  const turn = range.min + range.max;
  return column.values.map((x) => turn - x);
}

/** The construct of this name, from the survey's codebook. */
export function constructOf(survey: Survey, construct: string | Construct): Construct {
  if (typeof construct !== 'string') return construct;
  const found = survey.codebook.constructs.get(construct);
  if (!found) {
    const help = didYouMean(construct, survey.codebook.constructs.keys()) ?? (survey.codebook.constructs.size === 0 ? 'the codebook declares no constructs' : undefined);
    fail('unknown-construct', `\`${construct}\` is not a construct of survey \`${survey.name}\``, help === undefined ? {} : { help });
  }
  return found;
}

/**
 * Scale score: mean of the construct's answered items, reversed items turned
 * round; one value per row of the file, NaN when too few items were answered.
 */
export function score(survey: Survey, construct: string | Construct, options: ScoreOptions = {}): Float64Array {
  const { items, name } = constructOf(survey, construct);
  if (items.length === 0) fail('empty-construct', `construct \`${name}\` has no items`);
  const needed = options.minAnswered === undefined || options.minAnswered === 'all' ? items.length : options.minAnswered;
  if (!(Number.isInteger(needed) && needed >= 1 && needed <= items.length)) fail('bad-option', `\`minAnswered\` is ${needed}, construct \`${name}\` has ${items.length} items`);
  const sums = new Float64Array(survey.rowCount);
  const answered = new Uint16Array(survey.rowCount);
  for (const item of items) {
    const values = directedItem(survey, item);
    for (let i = 0; i < sums.length; i++) {
      const x = values[i];
      if (Number.isNaN(x)) continue;
      sums[i] += x;
      answered[i]++;
    }
  }
  return sums.map((sum, i) => (answered[i] >= needed ? sum / answered[i] : NaN));
}

/**
 * The survey with one more column per construct, under the construct's name.
 *
 * @throws SurveyError `name-taken` when the file itself has a column of that name
 */
export function withScores(survey: Survey, options: ScoreOptions = {}): Survey {
  let scored = survey;
  for (const construct of survey.codebook.constructs.values()) {
    if (survey.has(construct.name)) fail('name-taken', `construct \`${construct.name}\` has the name of a column, so its score cannot be stored`, { help: 'rename the construct in the codebook' });
    const ranges = construct.items.map((item) => answerRange(survey.info(item)));
    const [first] = ranges;
    const shared = first && ranges.every((range) => range?.min === first.min && range.max === first.max) ? first : undefined;
    scored = scored.withColumn(construct.name, score(survey, construct, options), {
      level: 'scale',
      label: construct.label ?? { en: construct.name },
      ...(shared ? { range: shared } : {})
    });
  }
  return scored;
}
