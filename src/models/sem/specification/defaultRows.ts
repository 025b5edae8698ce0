import type { ResolvedSemOptions } from '../options.js';
import { type DraftRow, draftRow } from './draftRow.js';
import type { BlockRoles } from './roles.js';
import { filterPacked, mapPacked } from '../../../shared/packedArray.js';

/** The block that default rows are made for. */
export interface BlockContext {
  readonly roles: BlockRoles;
  /** Ordinal variable → number of thresholds. */
  readonly thresholds: ReadonlyMap<string, number>;
  /** Latent variable → its exploratory block. */
  readonly efa: ReadonlyMap<string, string>;
}

/** The rows that lavaan adds, in its order; rows that the user wrote are left out by the caller. */
export function defaultRows(context: BlockContext, options: ResolvedSemOptions): DraftRow[] {
  return [
    ...(options.autoTh ? thresholds(context) : []),
    ...variances(context, options.autoVar),
    ...(options.autoCovLvX ? exogenousLatentCovariances(context, options) : []),
    ...(options.autoCovY ? outcomeCovariances(context, options) : []),
    ...exogenousMoments(context, options),
    ...scales(context),
    ...(options.meanstructure ? intercepts(context, options) : [])
  ];
}

function thresholds({ roles, thresholds }: BlockContext): DraftRow[] {
  return roles.modelledObserved.flatMap((name) => Array.from({ length: thresholds.get(name) ?? 0 }, (_, k) => draftRow(name, '|', `t${k + 1}`, 'threshold')));
}

/** Ordinal variables: residual variance 1 (theta), or implied by the scale (delta, where 1 is only the start). Formative: 0, as all that nobody wrote without `auto.var`. */
function variances({ roles, thresholds, efa }: BlockContext, free: boolean): DraftRow[] {
  const fixed = (value: number): Partial<DraftRow> => ({ isFree: false, ustart: value });
  return [
    ...mapPacked(roles.modelledObserved, (name) => draftRow(name, '~~', name, 'auto.var', thresholds.has(name) ? fixed(1) : free ? {} : fixed(0))),
    ...mapPacked(roles.latent, (name) => draftRow(name, '~~', name, roles.formative.has(name) || !efa.has(name) ? 'auto.var' : 'efa', roles.formative.has(name) || !free ? fixed(0) : {}))
  ];
}

function exogenousLatentCovariances({ roles }: BlockContext, options: ResolvedSemOptions): DraftRow[] {
  const fixed = options.orthogonal || options.orthogonalX ? { isFree: false, ustart: 0 } : {};
  return mapPacked(pairs(roles.exogenousLatent), ([a, b]) => draftRow(a, '~~', b, 'auto.cov.lv.x', fixed));
}

function outcomeCovariances({ roles }: BlockContext, options: ResolvedSemOptions): DraftRow[] {
  const latent = new Set(roles.latent);
  return mapPacked(pairs(roles.outcomesOnly), ([a, b]) => {
    const fixed = (options.orthogonal || options.orthogonalY) && latent.has(a) && latent.has(b);
    return draftRow(a, '~~', b, 'auto.cov.y', fixed ? { isFree: false, ustart: 0 } : {});
  });
}

/** Variances and covariances of exogenous observed variables, row by row of the upper triangle. */
function exogenousMoments({ roles }: BlockContext, options: ResolvedSemOptions): DraftRow[] {
  const names = roles.exogenousObserved;
  const rest = options.fixedX ? { isFree: false, exo: true } : {};
  const out: DraftRow[] = [];
  for (let i = 0; i < names.length; i++) for (let j = i; j < names.length; j++) out.push(draftRow(names[i], '~~', names[j], options.fixedX ? 'fixed.x' : 'auto.var', rest));
  return out;
}

function scales({ roles, thresholds }: BlockContext): DraftRow[] {
  return mapPacked(filterPacked(roles.modelledObserved, (name) => thresholds.has(name)), (name) => draftRow(name, '~*~', name, 'scale', { isFree: false, ustart: 1 }));
}

function intercepts({ roles, thresholds }: BlockContext, options: ResolvedSemOptions): DraftRow[] {
  const exogenous = new Set(roles.exogenousObserved);
  const zero = { isFree: false, ustart: 0 };
  return [
    ...mapPacked(roles.observed, (name) => {
      if (exogenous.has(name) && options.fixedX) return draftRow(name, '~1', '', 'fixed.x', { isFree: false, exo: true });
      return draftRow(name, '~1', '', 'intercept', thresholds.has(name) || !options.intOvFree ? zero : {});
    }),
    ...mapPacked(roles.latent, (name) => draftRow(name, '~1', '', 'latent.mean', options.intLvFree ? {} : zero))
  ];
}

function pairs(names: readonly string[]): readonly (readonly [string, string])[] {
  const out: (readonly [string, string])[] = [];
  for (let i = 0; i < names.length; i++) for (let j = i + 1; j < names.length; j++) out.push([names[i], names[j]]);
  return out;
}
