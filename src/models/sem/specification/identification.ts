import type { ResolvedSemOptions } from '../options.js';
import type { DraftRow } from './draftRow.js';
import type { BlockContext } from './defaultRows.js';

/**
 * Sets the scale of latent variables: first loading 1 (marker), or variance 1
 * (std.lv), or neither (effect coding); and the residual of a lone indicator 0.
 * A modifier of the user that fixes or frees the parameter wins.
 */
export function identifyLatent(rows: readonly DraftRow[], context: BlockContext, options: ResolvedSemOptions, decided: ReadonlySet<DraftRow>): void {
  const { roles, thresholds, efa } = context;
  const indicatorsOf = new Map<string, DraftRow[]>();
  for (const row of rows) if (row.op === '=~') indicatorsOf.set(row.lhs, [...(indicatorsOf.get(row.lhs) ?? []), row]);

  if (options.autoFixFirst)
    for (const [latent, loadings] of indicatorsOf) {
      if (efa.has(latent)) continue;
      const marker = loadings[0];
      if (decided.has(marker)) continue;
      // A start value given to the marker is the value that it is fixed to.
      fix(marker, marker.ustart ?? 1, 'marker');
    }

  const loadingsOn = new Map<string, number>();
  for (const row of rows) if (row.op === '=~') loadingsOn.set(row.rhs, (loadingsOn.get(row.rhs) ?? 0) + 1);
  if (options.autoFixSingle)
    for (const loadings of indicatorsOf.values()) {
      if (loadings.length !== 1 || loadings[0].lhs === loadings[0].rhs || thresholds.has(loadings[0].rhs) || loadingsOn.get(loadings[0].rhs) !== 1) continue;
      const residual = rows.find((row) => row.op === '~~' && row.lhs === loadings[0].rhs && row.rhs === loadings[0].rhs);
      if (residual && residual.span === undefined) fix(residual, 0, 'single.indicator');
    }

  for (const latent of roles.latent) {
    if (roles.formative.has(latent)) continue;
    const inEfa = efa.has(latent) && options.autoEfa;
    if (!options.stdLv && !inEfa) continue;
    const variance = rows.find((row) => row.op === '~~' && row.lhs === latent && row.rhs === latent);
    if (variance && !decided.has(variance)) fix(variance, 1, inEfa ? 'efa' : 'std.lv');
  }
}

export function fix(row: DraftRow, value: number, origin: DraftRow['origin']): void {
  row.isFree = false;
  row.ustart = value;
  row.origin = origin;
}
