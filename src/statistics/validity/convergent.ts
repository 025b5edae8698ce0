/**
 * Composite reliability (Jöreskog's ρ) of a construct from standardized
 * loadings: CR = (Σλ)² / ((Σλ)² + Σθ).
 * @param uniquenesses θ; 1 − λ² when left out
 * @see Raykov (1997), Appl. Psychol. Meas. 21, 173-184
 */
export function constructReliability(loadings: ArrayLike<number>, uniquenesses?: ArrayLike<number>): number {
  let sum = 0;
  let unique = 0;
  for (let i = 0; i < loadings.length; i++) {
    sum += loadings[i];
    unique += uniquenesses ? uniquenesses[i] : 1 - loadings[i] ** 2;
  }
  return (sum * sum) / (sum * sum + unique);
}

/**
 * Average variance extracted: AVE = Σλ² / (Σλ² + Σθ), the mean squared loading when θ = 1 − λ².
 * @see Fornell & Larcker (1981), J. Mark. Res. 18, 39-50
 */
export function averageVarianceExtracted(loadings: ArrayLike<number>, uniquenesses?: ArrayLike<number>): number {
  let squares = 0;
  let unique = 0;
  for (let i = 0; i < loadings.length; i++) {
    squares += loadings[i] ** 2;
    unique += uniquenesses ? uniquenesses[i] : 1 - loadings[i] ** 2;
  }
  return squares / (squares + unique);
}
