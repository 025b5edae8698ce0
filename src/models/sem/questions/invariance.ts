import type { ModelSyntax } from '../../../language/syntax.js';
import type { SemData } from '../estimation/sample.js';
import { fail } from '../../../shared/diagnostic.js';
import type { Table } from '../../../shared/table.js';
import type { EqualAcrossGroups, SemOptions } from '../options.js';
import type { SemFit } from '../results.js';
import { cfa } from '../sem.js';
import { compareFits, type FitComparisons } from './compareFits.js';

export type InvarianceLevel = 'configural' | 'metric' | 'scalar' | 'strict' | 'means';

/** What each rung adds to the equalities of the one before. */
const LADDER: readonly (readonly [InvarianceLevel, readonly EqualAcrossGroups[]])[] = [
  ['configural', []],
  ['metric', ['loadings']],
  ['scalar', ['loadings', 'intercepts']],
  ['strict', ['loadings', 'intercepts', 'residuals']],
  ['means', ['loadings', 'intercepts', 'residuals', 'means']]
];

/**
 * The same for ordinal items: thresholds take the place of intercepts.
 * @see Millsap & Yun-Tein (2004), Multivariate Behavioral Research 39(3); Wu & Estabrook (2016), Psychometrika 81(4)
 */
function ordinalLadder(mixed: boolean): typeof LADDER {
  const scalar: readonly EqualAcrossGroups[] = ['loadings', 'thresholds', ...(mixed ? (['intercepts'] as const) : [])];
  return [
    ['configural', []],
    ['metric', ['loadings']],
    ['scalar', scalar],
    ['strict', [...scalar, 'residuals']],
    ['means', [...scalar, 'residuals', 'means']]
  ];
}

/** Largest fall of CFI and rise of RMSEA that count as invariance. @see Cheung & Rensvold (2002); Chen (2007) */
export const CFI_DROP = 0.01;
export const RMSEA_RISE = 0.015;

export interface Invariance {
  readonly kind: 'invariance';
  readonly fits: ReadonlyMap<InvarianceLevel, SemFit>;
  readonly comparison: FitComparisons;
  /** Strictest rung at which every step so far kept ΔCFI ≥ −.01 and ΔRMSEA ≤ .015; null when the configural model failed. */
  readonly supported: InvarianceLevel | null;
  tidy(): Table;
  tables(): readonly Table[];
}

export interface InvarianceOptions extends SemOptions {
  readonly group: string;
  /** Rungs to climb; default the first four, for ordinal items the first three (four with `parameterization: 'theta'`). */
  readonly levels?: readonly InvarianceLevel[];
}

/**
 * The ladder of measurement invariance in one call: the same model with more
 * and more parameters equal across groups (`groupPartial` frees some of them).
 * @see Meredith (1993), Psychometrika 58(4)
 */
export function invariance(syntax: string | ModelSyntax, data: SemData, options: InvarianceOptions): Invariance {
  const { levels, ...rest } = options;
  const configural = cfa(syntax, data, rest);
  const { ordered, observed } = configural.table.roles;
  const ordinal = ordered.length > 0;
  const residuals = !ordinal || rest.parameterization === 'theta';
  const asked = levels ?? (residuals ? (['configural', 'metric', 'scalar', 'strict'] as const) : (['configural', 'metric', 'scalar'] as const));
  if (!residuals && asked.some((level) => level === 'strict' || level === 'means')) fail('invariance', 'residual variances of ordinal items are parameters only in the theta parameterization', { help: 'add `parameterization: "theta"`' });
  const wanted = (ordinal ? ordinalLadder(ordered.length < observed.length) : LADDER).filter(([level]) => asked.includes(level));
  if (wanted.length < 2) fail('invariance', 'at least two levels are compared');
  const fits = new Map<InvarianceLevel, SemFit>(wanted.map(([level, equal]) => [level, level === 'configural' ? configural : cfa(syntax, data, { ...rest, groupEqual: equal })]));
  const failed = [...fits].find(([, fit]) => !fit.convergence.converged);
  if (failed) fail('not-converged', `the ${failed[0]} model did not converge: ${failed[1].convergence.message}`);
  const comparison = compareFits(Object.fromEntries(fits));
  let supported: InvarianceLevel | null = null;
  for (const row of comparison.rows) {
    const fine = (row.cfiDifference === null || row.cfiDifference >= -CFI_DROP) && (row.rmseaDifference === null || row.rmseaDifference <= RMSEA_RISE);
    if (!fine) break;
    supported = row.name as InvarianceLevel;
  }
  const noted = (): Table => {
    const whole = comparison.tidy();
    const words = supported ?? 'none';
    return { ...whole, title: { en: 'Measurement invariance', zh: '测量不变性' }, notes: [{ en: `supported by ΔCFI ≥ −.01 and ΔRMSEA ≤ .015: ${words}`, zh: `按 ΔCFI ≥ −.01、ΔRMSEA ≤ .015 成立的最高层级:${words}` }, ...whole.notes] };
  };
  return Object.freeze({ kind: 'invariance' as const, fits, comparison, supported, tidy: noted, tables: () => [noted()] });
}
