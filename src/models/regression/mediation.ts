import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import { normalTwoSided } from '../../numerics/distributions/index.js';
import { createRandom } from '../../numerics/random.js';
import type { Survey } from '../../survey/survey.js';
import { bootstrapEquations, randomResample, solveEquations, type Resample, type Slopes } from './bootstrapEquations.js';
import { summarizeDraws } from './bootstrapInterval.js';
import { writeName } from './formula/ast.js';
import { effectLayout, effectValues, pathsOf } from './mediationEffects.js';
import { planMediation } from './mediationPlan.js';
import type { IndirectEffect, Mediation, MediationSpec } from './mediationResults.js';
import { mediationSystem } from './mediationSystem.js';
import { probeValues } from './probes.js';
import { regressAmong } from './regress.js';
import type { RegressionFit } from './results.js';
import { indirectTable, mediationTables } from './tables/mediationTables.js';

/** More failed draws than this share make the interval doubtful. */
const MANY_FAILED = 0.01;

/**
 * Regression-based mediation with bootstrap intervals of indirect effects.
 *
 * M = a₀ + a₁X (+ a₂W + a₃XW), Y = c₀ + c′X + Σ bM (+ b₂W + b₃MW).
 * Indirect effect: a b; (a₁ + a₃w) b in model 7, a (b₁ + b₃w) in model 14;
 * index of moderated mediation: a₃ b or a b₃.
 *
 * @see Hayes (2018), Introduction to Mediation, Moderation, and Conditional Process Analysis
 * @see Preacher & Hayes (2008), Behavior Research Methods 40
 * @example mediate(survey, { predictor: 'CONF', mediators: 'SAT', outcome: 'CI', seed: 1 }).tables()
 */
export function mediate(survey: Survey, spec: MediationSpec): Mediation {
  return mediateWith(survey, spec, undefined);
}

/** `mediate` with given resamples. */
export function mediateWith(survey: Survey, spec: MediationSpec, resample: Resample | undefined): Mediation {
  const plan = planMediation(survey, spec);
  const { model, mediators, names, confLevel, draws, seed, interval } = plan;
  const all = [...names];
  const options = { confLevel };
  const mediatorFits = mediators.map((m) => regressAmong(`${writeName(m)} ~ ${plan.mediatorSide}`, survey, options, all));
  const outcomeFit = regressAmong(`${writeName(spec.outcome)} ~ ${plan.outcomeSide}`, survey, options, all);
  const total = model === 4 ? regressAmong(`${writeName(spec.outcome)} ~ ${plan.totalSide}`, survey, options, all) : undefined;
  const system = mediationSystem(survey, plan);
  const probes = spec.moderator === undefined ? [] : probeValues(system.column(spec.moderator), spec.probe ?? 'sd');
  const centre = spec.moderator === undefined ? 0 : system.centre(spec.moderator);
  const layout = effectLayout(plan, spec, probes);
  const paths = pathsOf(plan, system.names);
  const moved = probes.map(({ value }) => value - centre);
  const statistics = (slopes: Slopes, out: Float64Array): void => effectValues(plan, paths, slopes, moved, out);
  const estimates = new Float64Array(layout.length);
  const solved = solveEquations(system.products(), system.data.columns.length, system.equations);
  if (!solved) fail('not-identified', 'the predictors of an equation are linearly dependent in the rows used');
  statistics(solved, estimates);
  const { values, failed } = bootstrapEquations(system.data, system.equations, statistics, layout.length, draws, resample ?? randomResample(createRandom(seed), system.data.n));
  const effects = layout.map((effect, e): IndirectEffect => {
    const own = Float64Array.from({ length: draws }, (_, d) => values[d * layout.length + e]);
    const ratio = system.deviation(spec.predictor) / system.deviation(spec.outcome);
    return { ...effect, estimate: estimates[e], standardized: model === 4 && effect.kind !== 'index' ? estimates[e] * ratio : null, ...summarizeDraws(own, estimates[e], confLevel, interval), sobel: model === 4 && effect.kind === 'indirect' ? sobel(mediatorFits[mediators.indexOf(effect.mediator)], outcomeFit, writeName(spec.predictor), writeName(effect.mediator)) : null };
  });
  const warnings: Diagnostic[] = [...new Map([...mediatorFits, outcomeFit].flatMap((fit) => fit.warnings.map((each) => [each.message, each]))).values()];
  if (failed > MANY_FAILED * draws) warnings.push(warning('failed-draws', `${failed} of ${draws} bootstrap samples could not be fitted and are left out`));
  const result: Mediation = {
    kind: 'mediation', spec, model, equations: [...mediatorFits, outcomeFit], ...(total ? { total } : {}), effects, draws, seed, interval, confLevel, warnings,
    tidy: () => indirectTable(result),
    tables: () => mediationTables(result)
  };
  return Object.freeze(result);
}

/** z = ab / √(b²s_a² + a²s_b²). @see Sobel (1982), Sociological Methodology 13 */
function sobel(mediatorFit: RegressionFit, outcomeFit: RegressionFit, x: string, m: string): IndirectEffect['sobel'] {
  const find = (fit: RegressionFit, name: string): readonly [number, number] | undefined => {
    const row = fit.coefficients.find(({ term }) => term === name || term === `numeric(${name})`);
    return row?.estimate == null || row.stdError == null ? undefined : [row.estimate, row.stdError];
  };
  const first = find(mediatorFit, x);
  const second = find(outcomeFit, m);
  if (!first || !second) return null;
  const [a, sa] = first;
  const [b, sb] = second;
  const statistic = (a * b) / Math.sqrt(b * b * sa * sa + a * a * sb * sb);
  return { statistic, pValue: normalTwoSided(statistic) };
}
