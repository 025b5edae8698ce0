import { fail } from '../../shared/diagnostic.js';
import { skipReader } from '../../survey/skip/skipsOf.js';
import type { Survey } from '../../survey/survey.js';
import { mahalanobis } from './mahalanobis.js';
import { longestRun, responseDeviation } from './responsePattern.js';

/** Indices of careless answering, one value per row of the file; NaN where an index does not exist. */
export interface ResponseQuality {
  readonly kind: 'responseQuality';
  readonly items: readonly string[];
  /** Longest run of identical answers. */
  readonly longString: Float64Array;
  /** Standard deviation of the person's answers. */
  readonly deviation: Float64Array;
  /** Share of items unanswered, of those that were put to the person. */
  readonly missingShare: Float64Array;
  /** Squared Mahalanobis distance and its p; absent when the items' covariance is singular. */
  readonly squaredDistance?: Float64Array;
  readonly distancePValue?: Float64Array;
}

/** The indices that the screening rules compare with their limits, for histograms and for choosing limits. */
export function responseQuality(survey: Survey, items?: readonly string[]): ResponseQuality {
  const names = items ?? [...new Set([...survey.codebook.constructs.values()].flatMap((construct) => construct.items))];
  if (names.length === 0) fail('no-items', 'the indices look at items, but none are named', { help: 'name them, or declare constructs in the codebook' });
  const columns = names.map((name) => {
    const column = survey.column(name);
    return column.type === 'numeric' ? column.values : survey.numeric(name);
  });
  const longString = new Float64Array(survey.rowCount);
  const deviation = new Float64Array(survey.rowCount);
  const missingShare = new Float64Array(survey.rowCount);
  const answers = new Float64Array(columns.length);
  const skips = skipReader(survey);
  const notAsked = names.map((name) => new Set(skips(name)?.notAsked));
  for (let row = 0; row < survey.rowCount; row++) {
    let asked = 0;
    let missing = 0;
    for (let j = 0; j < columns.length; j++) {
      if (notAsked[j].has(row)) continue;
      const answer = columns[j][row];
      answers[asked++] = answer;
      if (Number.isNaN(answer)) missing++;
    }
    const given = answers.subarray(0, asked);
    longString[row] = longestRun(given);
    deviation[row] = responseDeviation(given) ?? NaN;
    missingShare[row] = asked === 0 ? NaN : missing / asked;
  }
  const distances = mahalanobis(columns);
  return Object.freeze({
    kind: 'responseQuality',
    items: names,
    longString,
    deviation,
    missingShare,
    ...(distances.ok ? { squaredDistance: distances.squaredDistance, distancePValue: distances.pValue } : {})
  });
}
