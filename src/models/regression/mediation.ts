import { fail, warning, type Diagnostic, type SourceText } from '../../shared/diagnostic.js';
import { normalTwoSided } from '../../numerics/distributions/index.js';
import { createRandom } from '../../numerics/random.js';
import type { Survey } from '../../survey/survey.js';
import { bootstrapEquations, randomResample, solveEquations, type Equation, type Resample, type Slopes } from './bootstrapEquations.js';
import { summarizeDraws, type IntervalType } from './bootstrapInterval.js';
import { buildDesign, type Design } from './design/designMatrix.js';
import { writeName } from './formula/ast.js';
import { parseFormula } from './formula/parser.js';
import { expandTerms } from './formula/terms.js';
import { checkChoice, checkKeys, checkLevel } from './options.js';
import type { IndirectEffect, Mediation, MediationModel, MediationSpec } from './mediationResults.js';
import { probeValues, type Probe } from './probes.js';
import { regressAmong } from './regress.js';
import type { RegressionFit } from './results.js';
import { indirectTable, mediationTables } from './tables/mediationTables.js';

const KEYS = ['outcome', 'predictor', 'mediators', 'moderator', 'model', 'covariates', 'centre', 'probe', 'draws', 'seed', 'interval', 'confLevel'] as const;
const DEFAULT_DRAWS = 5000;
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
  const plan = planOf(survey, spec);
  const { model, mediators, names, confLevel, draws, seed, interval } = plan;
  const all = [...names];
  const options = { confLevel };
  const mediatorFits = mediators.map((m) => regressAmong(`${writeName(m)} ~ ${plan.mediatorSide}`, survey, options, all));
  const outcomeFit = regressAmong(`${writeName(spec.outcome)} ~ ${plan.outcomeSide}`, survey, options, all);
  const total = model === 4 ? regressAmong(`${writeName(spec.outcome)} ~ ${plan.totalSide}`, survey, options, all) : undefined;
  const system = systemOf(survey, plan);
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

interface Plan {
  readonly model: MediationModel;
  readonly mediators: readonly string[];
  readonly names: readonly string[];
  readonly x: string;
  readonly w: string | undefined;
  /** The mediator as it stands in the outcome's equation. */
  readonly m: (mediator: string) => string;
  readonly mediatorSide: string;
  readonly outcomeSide: string;
  readonly totalSide: string;
  readonly covariates: readonly string[];
  readonly outcome: string;
  readonly centred: boolean;
  readonly confLevel: number;
  readonly draws: number;
  readonly seed: number;
  readonly interval: IntervalType;
}

function planOf(survey: Survey, spec: MediationSpec): Plan {
  checkKeys(spec, KEYS, '`mediate`');
  const mediators = typeof spec.mediators === 'string' ? [spec.mediators] : spec.mediators ?? [];
  if (mediators.length === 0) fail('missing-option', '`mediate` needs the name of at least one mediator');
  const { moderator, covariates = [] } = spec;
  const model = spec.model ?? (moderator === undefined ? 4 : fail('missing-option', 'with a moderator the model must be said', { help: '7 when it moderates the path to the mediator, 14 when it moderates the path from it' }));
  if (model !== 4 && model !== 7 && model !== 14) fail('bad-option', `model ${String(model)} is not one of 4, 7, 14`, { help: model === 1 ? 'model 1 is `moderate`' : 'see `sem` for other models' });
  if ((model === 4) !== (moderator === undefined)) fail('bad-option', model === 4 ? 'model 4 has no moderator' : `model ${model} needs a moderator`);
  const roles = [spec.outcome, spec.predictor, ...mediators, ...(moderator === undefined ? [] : [moderator])];
  const twice = roles.find((name, i) => roles.indexOf(name) !== i);
  if (twice !== undefined) fail('bad-option', `\`${twice}\` has two roles in the model`);
  for (const name of roles) survey.numeric(name);
  for (const name of covariates) survey.column(name);
  const centred = spec.centre === undefined || checkChoice('centre', spec.centre, ['mean', 'none']) === 'mean';
  const draws = spec.draws ?? DEFAULT_DRAWS;
  if (!Number.isInteger(draws) || draws < 100) fail('bad-option', `\`draws\` is ${String(draws)}, a whole number of at least 100 was expected`);
  const part = (name: string): string => (centred ? `center(${writeName(name)})` : `numeric(${writeName(name)})`);
  const plain = (name: string): string => (survey.info(name).level === 'nominal' ? `numeric(${writeName(name)})` : writeName(name));
  const x = model === 7 ? part(spec.predictor) : plain(spec.predictor);
  const w = moderator === undefined ? undefined : part(moderator);
  const m = (name: string): string => (model === 14 ? part(name) : plain(name));
  const extra = covariates.map(writeName);
  return {
    model, mediators, names: [...roles, ...covariates], x, w, m, covariates, outcome: spec.outcome, centred,
    mediatorSide: [x, ...(model === 7 ? [w, `${x}:${w}`] : []), ...extra].join(' + '),
    outcomeSide: [x, ...mediators.map(m), ...(model === 14 ? [w, ...mediators.map((name) => `${m(name)}:${w}`)] : []), ...extra].join(' + '),
    totalSide: [x, ...extra].join(' + '),
    confLevel: spec.confLevel === undefined ? 0.95 : checkLevel(spec.confLevel),
    draws,
    seed: spec.seed ?? 1,
    interval: spec.interval === undefined ? 'percentile' : checkChoice('interval', spec.interval, ['percentile', 'biasCorrected'])
  };
}

interface System {
  readonly data: { readonly columns: readonly Float64Array[]; readonly n: number };
  readonly equations: readonly Equation[];
  /** Names of the slopes of each equation. */
  readonly names: readonly (readonly string[])[];
  products(): Float64Array;
  column(name: string): Float64Array;
  centre(name: string): number;
  deviation(name: string): number;
}

/** All columns of all equations over the common rows, and the equations as indices. */
function systemOf(survey: Survey, plan: Plan): System {
  const designOf = (outcome: string, side: string): Design => {
    const text = `${writeName(outcome)} ~ ${side}`;
    const source: SourceText = { name: 'mediation', text };
    const syntax = parseFormula(text);
    return buildDesign(syntax.response, expandTerms(syntax, []), survey, { complete: plan.names }, source);
  };
  const columns: Float64Array[] = [];
  const places = new Map<string, number>();
  const place = (name: string, values: Float64Array): number => {
    let at = places.get(name);
    if (at === undefined) {
      at = columns.length;
      places.set(name, at);
      columns.push(values);
    }
    return at;
  };
  const names: (readonly string[])[] = [];
  const equations = [...plan.mediators.map((name) => [name, plan.mediatorSide] as const), [plan.outcome, plan.outcomeSide] as const].map(([outcome, side]): Equation => {
    const design = designOf(outcome, side);
    names.push(design.columns.map(({ name }) => name));
    return { outcome: place(`${outcome}\u0000outcome`, design.response.hi), predictors: design.columns.map(({ name, values }) => place(name, values.hi)) };
  });
  const n = columns[0].length;
  const raw = (name: string): Float64Array => designOf(name, '1').response.hi;
  const meanOf = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / n;
  return {
    data: { columns, n },
    equations,
    names,
    products() {
      const means = columns.map(meanOf);
      const m = columns.length;
      const products = new Float64Array(m * m);
      for (let a = 0; a < m; a++) for (let b = 0; b <= a; b++) for (let i = 0; i < n; i++) products[a * m + b] += (columns[a][i] - means[a]) * (columns[b][i] - means[b]);
      return products;
    },
    column: raw,
    centre: (name) => (plan.centred ? meanOf(raw(name)) : 0),
    deviation(name) {
      const values = raw(name);
      const mean = meanOf(values);
      return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1));
    }
  };
}

type EffectHead = Pick<IndirectEffect, 'mediator' | 'path' | 'kind'> & { readonly probe?: Probe };

/** Which effects are told, in the order of `effectValues`. */
function effectLayout(plan: Plan, spec: MediationSpec, probes: readonly Probe[]): readonly EffectHead[] {
  const heads: EffectHead[] = plan.mediators.flatMap((mediator): EffectHead[] => {
    const path = `${spec.predictor} → ${mediator} → ${spec.outcome}`;
    if (plan.model === 4) return [{ mediator, path, kind: 'indirect' }];
    return [...probes.map((probe): EffectHead => ({ mediator, path, kind: 'indirect', probe })), { mediator, path, kind: 'index' }];
  });
  return plan.model === 4 && plan.mediators.length > 1 ? [...heads, { mediator: '', path: 'total', kind: 'totalIndirect' }] : heads;
}

/** Where the slopes that make up indirect effects stand in their equations. */
interface Paths {
  /** Per mediator: X, and XW in model 7, in its own equation. */
  readonly a: readonly number[];
  readonly aProduct: readonly number[];
  /** Per mediator: M, and MW in model 14, in the outcome's equation. */
  readonly b: readonly number[];
  readonly bProduct: readonly number[];
}

function pathsOf(plan: Plan, names: readonly (readonly string[])[]): Paths {
  const outcome = names[plan.mediators.length];
  return {
    a: plan.mediators.map((_, j) => names[j].indexOf(plan.x)),
    aProduct: plan.mediators.map((_, j) => names[j].indexOf(`${plan.x}:${plan.w ?? ''}`)),
    b: plan.mediators.map((mediator) => outcome.indexOf(plan.m(mediator))),
    bProduct: plan.mediators.map((mediator) => outcome.indexOf(`${plan.m(mediator)}:${plan.w ?? ''}`))
  };
}

/** Effects in the order of `effectLayout`; `moved` are the moderator's probed values less its centre. */
function effectValues(plan: Plan, paths: Paths, slopes: Slopes, moved: readonly number[], out: Float64Array): void {
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
