/** How correlations are averaged: `htmt` arithmetically, `htmt2` geometrically (for unequal loadings). */
export type HtmtVariant = 'htmt' | 'htmt2';

/**
 * Heterotrait-monotrait ratio of two constructs: the mean |r| between their
 * items over the geometric mean of the mean |r| within each.
 * @param correlation p × p item correlations, row-major
 * @param groups item indices of each construct
 * @returns constructs × constructs, row-major, 1 on the diagonal; `NaN` where a construct has one item only
 * @see Henseler, Ringle & Sarstedt (2015), J. Acad. Mark. Sci. 43, 115-135; Roemer, Schuberth & Henseler (2021) for HTMT2
 */
export function heterotraitMonotrait(correlation: Float64Array, p: number, groups: readonly (readonly number[])[], variant: HtmtVariant = 'htmt'): Float64Array {
  const g = groups.length;
  const average = (pairs: readonly (readonly [number, number])[]): number => {
    if (pairs.length === 0) return NaN;
    const sizes = pairs.map(([i, j]) => Math.abs(correlation[i * p + j]));
    return variant === 'htmt' ? sizes.reduce((sum, r) => sum + r, 0) / sizes.length : Math.exp(sizes.reduce((sum, r) => sum + Math.log(r), 0) / sizes.length);
  };
  const within = groups.map((items) => average(items.flatMap((i, a) => items.slice(a + 1).map((j) => [i, j] as const))));
  const ratios = new Float64Array(g * g);
  for (let a = 0; a < g; a++) {
    ratios[a * g + a] = 1;
    for (let b = 0; b < a; b++) {
      const between = average(groups[a].flatMap((i) => groups[b].map((j) => [i, j] as const)));
      const ratio = between / Math.sqrt(within[a] * within[b]);
      ratios[a * g + b] = ratio;
      ratios[b * g + a] = ratio;
    }
  }
  return ratios;
}
