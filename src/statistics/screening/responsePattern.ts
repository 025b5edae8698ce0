/** Answers of one person to p items in questionnaire order; NaN is no answer. */
export type Answers = Float64Array;

/**
 * Longest run of identical neighbouring answers. An unanswered item ends a run.
 * @see Johnson (2005), Ascertaining the validity of individual protocols, J. Res. Pers. 39, 103-129
 */
export function longestRun(answers: Answers): number {
  let longest = 0;
  let run = 0;
  let previous = NaN;
  for (const answer of answers) {
    if (Number.isNaN(answer)) run = 0;
    else run = answer === previous ? run + 1 : 1;
    previous = answer;
    if (run > longest) longest = run;
  }
  return longest;
}

/**
 * Intra-individual response variability: standard deviation (divisor n − 1) of
 * a person's answers; null for fewer than two.
 * @see Dunn, Heggestad, Shanock & Theilgard (2018), J. Bus. Psychol. 33, 105-121
 */
export function responseDeviation(answers: Answers): number | null {
  let n = 0;
  let sum = 0;
  for (const answer of answers) {
    if (Number.isNaN(answer)) continue;
    n++;
    sum += answer;
  }
  if (n < 2) return null;
  const mean = sum / n;
  let squares = 0;
  for (const answer of answers) if (!Number.isNaN(answer)) squares += (answer - mean) ** 2;
  return Math.sqrt(squares / (n - 1));
}
