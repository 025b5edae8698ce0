import type { Slopes } from './bootstrapEquations.js';
import type { MediationPlan } from './mediationPlan.js';
import type { IndirectEffect, MediationSpec } from './mediationResults.js';
import type { Probe } from './probes.js';

export type EffectHead = Pick<IndirectEffect, 'mediator' | 'path' | 'kind'> & { readonly probe?: Probe };

/** Which effects are told, in the order of `effectValues`. */
export function effectLayout(plan: MediationPlan, spec: MediationSpec, probes: readonly Probe[]): readonly EffectHead[] {
  const heads: EffectHead[] = plan.mediators.flatMap((mediator): EffectHead[] => {
    const path = `${spec.predictor} → ${mediator} → ${spec.outcome}`;
    if (plan.model === 4) return [{ mediator, path, kind: 'indirect' }];
    return [...probes.map((probe): EffectHead => ({ mediator, path, kind: 'indirect', probe })), { mediator, path, kind: 'index' }];
  });
  return plan.model === 4 && plan.mediators.length > 1 ? [...heads, { mediator: '', path: 'total', kind: 'totalIndirect' }] : heads;
}

/** Where the slopes that make up indirect effects stand in their equations. */
export interface MediationPaths {
  /** Per mediator: X, and XW in model 7, in its own equation. */
  readonly a: readonly number[];
  readonly aProduct: readonly number[];
  /** Per mediator: M, and MW in model 14, in the outcome's equation. */
  readonly b: readonly number[];
  readonly bProduct: readonly number[];
}

export function pathsOf(plan: MediationPlan, names: readonly (readonly string[])[]): MediationPaths {
  const outcome = names[plan.mediators.length];
  return {
    a: plan.mediators.map((_, j) => names[j].indexOf(plan.x)),
    aProduct: plan.mediators.map((_, j) => names[j].indexOf(`${plan.x}:${plan.w ?? ''}`)),
    b: plan.mediators.map((mediator) => outcome.indexOf(plan.m(mediator))),
    bProduct: plan.mediators.map((mediator) => outcome.indexOf(`${plan.m(mediator)}:${plan.w ?? ''}`))
  };
}

/** Effects in the order of `effectLayout`; `moved` are the moderator's probed values less its centre. */
export function effectValues(plan: Pick<MediationPlan, 'model' | 'mediators'>, paths: MediationPaths, slopes: Slopes, moved: readonly number[], out: Float64Array): void {
  const count = plan.mediators.length;
  const outcome = slopes[count];
  let next = 0;
  let sum = 0;
  for (let j = 0; j < count; j++) {
    const a = slopes[j][paths.a[j]];
    const b = outcome[paths.b[j]];
    if (plan.model === 4) {
      out[next++] = a * b;
      sum += a * b;
    } else if (plan.model === 7) {
      const product = slopes[j][paths.aProduct[j]];
      for (const w of moved) out[next++] = (a + product * w) * b;
      out[next++] = product * b;
    } else {
      const product = outcome[paths.bProduct[j]];
      for (const w of moved) out[next++] = a * (b + product * w);
      out[next++] = a * product;
    }
  }
  if (next < out.length) out[next] = sum;
}
