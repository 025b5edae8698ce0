import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import { normalTwoSided } from '../../numerics/distributions/index.js';
import type { Survey } from '../../survey/survey.js';
import { withScoresNamedIn } from '../../survey/withScoresNamedIn.js';
import { runDrawChunks, type DrawRunOptions } from '../drawChunks.js';
import { solveEquations, type Resample } from './bootstrapEquations.js';
import { summarizeDraws } from './bootstrapInterval.js';
import { writeName } from './formula/ast.js';
import { MEDIATION_TASK, runMediationDraws, type MediationChunk, type MediationDraws } from './mediationDraws.js';
import { effectLayout, effectValues, pathsOf, type EffectHead } from './mediationEffects.js';
import { planMediation, type MediationPlan } from './mediationPlan.js';
import type { IndirectEffect, Mediation, MediationSpec } from './mediationResults.js';
import { mediationSystem } from './mediationSystem.js';
import { probeValues } from './probes.js';
import { regressAmong } from './regress.js';
import type { RegressionFit } from './results.js';
import { indirectTable, mediationTables } from './tables/mediationTables.js';

/** More failed draws than this share make the interval doubtful. */
const MANY_FAILED = 0.01;
/** Draws between two looks at the abort signal, and handed to a thread at once. */
const CHUNK = 500;

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
  const frame = mediationFrame(survey, spec);
  const job: MediationDraws = { ...frame.job, first: 0, count: frame.plan.draws };
  return assemble(frame, [resample ? runMediationDraws(job, resample) : runMediationDraws(job)]);
}

/**
 * As {@link mediate}, with the draws in pieces: on threads where there are
 * some, with progress, and with an end when `signal` says so. The same seed
 * gives the same bits as `mediate`.
 *
 * @throws SurveyError `aborted`, and those of `mediate`
 */
export async function mediateInPieces(survey: Survey, spec: MediationSpec, run: DrawRunOptions = {}): Promise<Mediation> {
  const frame = mediationFrame(survey, spec);
  const chunks = await runDrawChunks(MEDIATION_TASK, frame.plan.draws, CHUNK, (first, count): MediationDraws => ({ ...frame.job, first, count }), (job) => runMediationDraws(job), run);
  return assemble(frame, chunks);
}

/** The fitted equations, and what the draws need. */
interface MediationFrame {
  readonly plan: MediationPlan;
  readonly spec: MediationSpec;
  readonly mediatorFits: readonly RegressionFit[];
  readonly outcomeFit: RegressionFit;
  readonly total: RegressionFit | undefined;
  readonly layout: readonly EffectHead[];
  readonly estimates: Float64Array;
  /** sd(x) / sd(y). */
  readonly ratio: number;
  readonly job: Omit<MediationDraws, 'first' | 'count'>;
}

function mediationFrame(given: Survey, spec: MediationSpec): MediationFrame {
  const survey = withScoresNamedIn(given, [spec.outcome, spec.predictor, spec.mediators, spec.moderator ?? '', spec.covariates ?? []].flat().join(' '));
  const plan = planMediation(survey, spec);
  const { model, mediators, names, confLevel } = plan;
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
  const estimates = new Float64Array(layout.length);
  const solved = solveEquations(system.products(), system.data.columns.length, system.equations);
  if (!solved) fail('not-identified', 'the predictors of an equation are linearly dependent in the rows used');
  effectValues(plan, paths, solved, moved, estimates);
  const job = { data: system.data, equations: system.equations, model, mediators, paths, moved, effects: layout.length, seed: plan.seed };
  return { plan, spec, mediatorFits, outcomeFit, total, layout, estimates, ratio: system.deviation(spec.predictor) / system.deviation(spec.outcome), job };
}

function assemble({ plan, spec, mediatorFits, outcomeFit, total, layout, estimates, ratio }: MediationFrame, chunks: readonly MediationChunk[]): Mediation {
  const { model, mediators, confLevel, draws, seed, interval } = plan;
  const width = layout.length;
  const values = new Float64Array(draws * width);
  let at = 0;
  let failed = 0;
  for (const chunk of chunks) {
    values.set(chunk.values, at);
    at += chunk.values.length;
    failed += chunk.failed;
  }
  const effects = layout.map((effect, e): IndirectEffect => {
    const own = Float64Array.from({ length: draws }, (_, d) => values[d * width + e]);
    return { ...effect, estimate: estimates[e], standardized: model === 4 && effect.kind !== 'index' ? estimates[e] * ratio : null, ...summarizeDraws(own, estimates[e], confLevel, interval), sobel: model === 4 && effect.kind === 'indirect' ? sobel(mediatorFits[mediators.indexOf(effect.mediator)], outcomeFit, writeName(spec.predictor), writeName(effect.mediator)) : null };
  });
  const warnings: Diagnostic[] = [...new Map([...mediatorFits, outcomeFit].flatMap((fit) => fit.warnings.map((each) => [each.message, each]))).values()];
  if (failed > MANY_FAILED * draws) warnings.push(warning('failed-draws', `${failed} of ${draws} bootstrap samples could not be fitted and are left out`, { zh: `${draws} 次 Bootstrap 抽样中有 ${failed} 次无法拟合，已略去` }));
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
