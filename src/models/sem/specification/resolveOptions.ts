import { type Diagnostic, SurveyError } from '../../../shared/diagnostic.js';
import { filterPacked, mapPacked } from '../../../shared/packedArray.js';
import type { BoundsKind, DiscrepancyName, EqualAcrossGroups, Estimator, InformationKind, MissingTreatment, ResolvedSemOptions, SemFunction, SemOptions, StandardErrorKind, TestKind } from '../options.js';
import { conditionalProblems, informationProblems, onlyExpected } from './informationOptions.js';
import { pairwiseProblems } from './pairwiseProblems.js';
import { isScaled } from './scaledTests.js';
import { checkedOptions } from './optionsFromDotted.js';

/** What is known of model and data when defaults are filled in. */
export interface OptionContext {
  /** Ordinal variables take part. */
  readonly categorical: boolean;
  readonly groupCount: number;
  /** The model text has an intercept formula. */
  readonly hasIntercepts: boolean;
  readonly hasLevels: boolean;
  /** Means are known: raw data, or sample means given with the covariance matrix. */
  readonly hasMeans: boolean;
}

/** Rows: estimator, discrepancy, default standard errors, default test. */
const ESTIMATOR_CHAIN: Readonly<Record<Estimator, readonly [DiscrepancyName, StandardErrorKind, TestKind]>> = {
  ML: ['ML', 'standard', 'standard'],
  MLR: ['ML', 'robust.huber.white', 'yuan.bentler.mplus'],
  MLM: ['ML', 'robust.sem', 'satorra.bentler'],
  MLMV: ['ML', 'robust.sem', 'scaled.shifted'],
  MLMVS: ['ML', 'robust.sem', 'mean.var.adjusted'],
  MLF: ['ML', 'first.order', 'standard'],
  GLS: ['GLS', 'standard', 'standard'],
  ULS: ['ULS', 'standard', 'standard'],
  WLS: ['WLS', 'standard', 'standard'],
  DWLS: ['DWLS', 'standard', 'standard'],
  WLSM: ['DWLS', 'robust.sem', 'satorra.bentler'],
  WLSMV: ['DWLS', 'robust.sem', 'scaled.shifted'],
  WLSMVS: ['DWLS', 'robust.sem', 'mean.var.adjusted'],
  ULSM: ['ULS', 'robust.sem', 'satorra.bentler'],
  ULSMV: ['ULS', 'robust.sem', 'scaled.shifted'],
  ULSMVS: ['ULS', 'robust.sem', 'mean.var.adjusted'],
  PML: ['PML', 'robust.huber.white', 'mean.var.adjusted']
};

/** Iterations before a fit is given up. */
const MAX_ITERATIONS = 10_000;
/** Largest element of the scaled gradient at a solution. */
const GRADIENT_TOLERANCE = 1e-8;
/** lavaan's constants added to empty cells of two-way tables: 2 × 2 only. */
const ZERO_ADD: readonly [number, number] = [0.5, 0];

/**
 * Fills in every default as lavaan does, and refuses combinations that have no
 * meaning. What depends on what: the estimator chooses standard errors and
 * test; ordinal data, groups, clusters, levels and missing data choose the
 * mean structure; the estimator chooses fixed.x; ordinal data conditional.x.
 */
export function resolveOptions(given: SemOptions, modelType: SemFunction, context: OptionContext): ResolvedSemOptions {
  const options = checkedOptions(given);
  const problems: Diagnostic[] = [];
  const refuse = (message: string, help?: string): void => {
    problems.push({ severity: 'error', code: 'conflicting-options', message, ...(help ? { help } : {}) });
  };
  const automatic = modelType !== 'lavaan';
  const growth = modelType === 'growth';
  const mimic = options.mimic ?? 'lavaan';
  const estimator = ((options.estimator as string | undefined)?.toUpperCase() ?? (context.categorical ? 'WLSMV' : 'ML')) as Estimator;
  const [discrepancy, chainSe, chainTest] = ESTIMATOR_CHAIN[estimator];
  if (context.categorical && (discrepancy === 'ML' || discrepancy === 'GLS')) refuse(`estimator ${estimator} needs continuous variables, and some are ordered`, 'use WLSMV, or leave `ordered` out');

  if (estimator === 'PML') for (const [message, help] of pairwiseProblems(options, context.categorical)) refuse(message, help);
  if (context.categorical && options.cluster !== undefined && !context.hasLevels) refuse('standard errors by clusters need continuous variables, and some are ordered', 'leave `cluster` or `ordered` out; lavaan 0.6 takes both and ignores the clusters');
  const missing = missingTreatment(options.missing, mimic, context.categorical, discrepancy);
  if ((missing === 'ml' || missing === 'ml.x') && context.categorical) refuse(`missing: \`${missing}\` needs continuous variables, and some are ordered`, 'use `pairwise` or `listwise`');
  else if ((missing === 'ml' || missing === 'ml.x') && !['ML', 'MLR', 'MLF'].includes(estimator)) refuse(`missing: \`${missing}\` goes with ML, MLR or MLF, not with ${estimator}`, 'use `estimator: "MLR"`, or `missing: "listwise"`');
  const stage = missing === 'two.stage' || missing === 'robust.two.stage';
  if (stage) for (const problem of twoStageProblems(options, estimator, missing)) refuse(problem, context.categorical ? 'ordered variables take `pairwise` or `listwise`' : 'leave the other option out, or use `missing: "ml"`');

  // groups that follow Mplus have equal loadings and intercepts unless something else is said
  const equalByDefault: readonly EqualAcrossGroups[] = mimic === 'Mplus' && context.groupCount > 1 ? ['loadings', 'intercepts'] : [];
  const saidEqual = list(options.groupEqual) as readonly EqualAcrossGroups[];
  const groupEqual = withThresholds(saidEqual.length > 0 ? saidEqual : equalByDefault, context.categorical);
  const groupPartial = list(options.groupPartial);
  const effectCoding = options.effectCoding === true ? (['loadings', 'intercepts'] as const) : options.effectCoding === false || options.effectCoding === undefined ? [] : (list(options.effectCoding) as readonly ('loadings' | 'intercepts')[]);
  const needsMeans =
    growth || context.categorical || context.hasIntercepts || context.hasLevels || missing === 'ml' || missing === 'ml.x' || stage || context.groupCount > 1 ||
    options.conditionalX === true || options.cluster !== undefined || mimic === 'Mplus' || groupEqual.includes('intercepts') || groupEqual.includes('means') || discrepancy === 'PML';
  const wanted = options.meanstructure === undefined || options.meanstructure === 'default' ? undefined : options.meanstructure;
  if (wanted === false && (missing === 'ml' || missing === 'ml.x')) refuse('missing: `ml` needs the means, and `meanstructure` is false', 'leave `meanstructure` out');
  const meanstructure = (wanted ?? (needsMeans && context.hasMeans));

  const conditionalX = flag(options.conditionalX) ?? (context.categorical && flag(options.fixedX) !== false);
  const leastSquares = discrepancy === 'GLS' || discrepancy === 'ULS' || discrepancy === 'WLS' || discrepancy === 'DWLS' || discrepancy === 'PML';
  const fixedX = flag(options.fixedX) ?? (conditionalX ? true : !(leastSquares || mimic === 'EQS' || mimic === 'amos'));
  if (conditionalX && !fixedX) refuse('`conditional.x` keeps exogenous variables fixed, and `fixed.x` is false', 'leave one of them out');

  if (conditionalX && !context.categorical && !context.hasLevels) for (const problem of conditionalProblems(options, estimator, missing)) refuse(problem, 'leave `conditional.x` out: with `fixed.x` the estimates under ML are the same');
  const clustered = options.cluster !== undefined && !context.hasLevels;
  const robustInformation = discrepancy === 'ML' && (clustered || options.samplingWeights !== undefined);
  const askedSe = standardErrors(options.se, chainSe, estimator, missing, clustered, options.samplingWeights !== undefined, discrepancy, context.hasLevels);
  const tests = modelTests(options.test, chainTest, estimator, missing, robustInformation);
  const test = tests.length === 0 ? 'none' : (tests.find(isScaled) ?? 'standard');
  const scaledTests = filterPacked(tests, isScaled);
  if (scaledTests.length > 0 && (discrepancy === 'GLS' || discrepancy === 'WLS' || estimator === 'MLF')) refuse(`test \`${scaledTests[0]}\` does not go with estimator ${estimator}`, 'use MLM, MLMV or MLR');
  const unstructured = options.h1Information === 'unstructured';
  const needsComplete = discrepancy !== 'ML' || estimator.startsWith('MLM') ? undefined : scaledTests.find((each) => each !== 'yuan.bentler.mplus' && !(each === 'yuan.bentler' && unstructured));
  if (needsComplete && (missing === 'ml' || missing === 'ml.x')) refuse(`test \`${needsComplete}\` is not available with missing: \`${missing}\``, needsComplete === 'yuan.bentler' ? 'use `yuan.bentler.mplus` (estimator MLR), or `h1.information: "unstructured"`' : 'use `yuan.bentler.mplus` (estimator MLR), or missing: `listwise`');
  // First-order standard errors are the standard ones from the first-order information.
  const se = askedSe === 'first.order' ? 'standard' : askedSe;
  const information: InformationKind =
    options.se === 'first.order'
      ? 'first.order'
      : options.information === 'observed' && onlyExpected(discrepancy)
      ? 'expected'
      : options.information !== undefined && options.information !== 'default'
      ? options.information
      : askedSe === 'first.order' || (estimator === 'MLF' && !clustered && !context.hasLevels)
        ? 'first.order'
        : context.hasLevels || missing === 'ml' || missing === 'ml.x' || stage || se === 'robust.huber.white' || se === 'robust.cluster' || discrepancy === 'PML' || se === 'bootstrap'
          ? 'observed'
          : 'expected';
  for (const [message, help] of informationProblems(options, estimator, discrepancy, askedSe, scaledTests, information)) refuse(message, help);
  const likelihood = options.likelihood ?? (mimic === 'EQS' || mimic === 'amos' ? 'wishart' : 'normal');
  if (likelihood === 'wishart' && discrepancy !== 'ML' && options.likelihood === 'wishart') refuse(`likelihood: \`wishart\` goes with ML, not with ${estimator}`, 'leave `likelihood` out');
  if (likelihood === 'wishart' && (missing === 'ml' || missing === 'ml.x')) refuse('likelihood: `wishart` needs complete data, and missing is `ml`', 'leave `likelihood` out, or use `missing: "listwise"`');
  if (options.doFit === false && (context.categorical || context.hasLevels)) refuse('`do.fit: false` is available for one level and continuous variables', '`specify` gives the parameter table of every model');
  const level = options.level ?? 0.95;
  if (!(level > 0 && level < 1)) refuse(`a confidence level lies between 0 and 1, found ${level}`, 'write 0.95 for 95 %');

  const stdLv = options.stdLv ?? false;
  if (options.stdLv === true && effectCoding.length > 0) refuse('`std.lv` and `effect.coding` both set the scale of latent variables', 'choose one of them');
  const scaledOtherwise = stdLv || effectCoding.includes('loadings');
  if (problems.length > 0) throw new SurveyError(problems);

  return Object.freeze({
    modelType,
    estimator,
    discrepancy,
    missing,
    categorical: context.categorical,
    stdLv,
    stdOv: options.stdOv ?? false,
    orthogonal: options.orthogonal ?? false,
    orthogonalX: options.orthogonalX ?? false,
    orthogonalY: options.orthogonalY ?? false,
    effectCoding,
    meanstructure,
    fixedX,
    conditionalX,
    autoFixFirst: !scaledOtherwise && (options.autoFixFirst ?? automatic),
    autoFixSingle: options.autoFixSingle ?? automatic,
    autoVar: options.autoVar ?? automatic,
    autoCovLvX: options.autoCovLvX ?? automatic,
    autoCovY: options.autoCovY ?? automatic,
    autoTh: options.autoTh ?? automatic,
    autoDelta: options.autoDelta ?? automatic,
    autoEfa: options.autoEfa ?? automatic,
    intOvFree: options.intOvFree ?? (automatic && !growth),
    intLvFree: options.intLvFree ?? growth,
    bounds: bounds(options.bounds),
    group: options.group ?? null,
    groupEqual,
    groupPartial,
    groupLabel: options.groupLabel ?? null,
    ordered: typeof options.ordered === 'boolean' ? options.ordered : list(options.ordered),
    parameterization: options.parameterization ?? 'delta',
    se,
    test,
    tests,
    information,
    observedInformation: options.observedInformation ?? 'hessian',
    testObservedInformation: options.observedInformation ?? (namesTests(options.test, estimator) || (isScaled(chainTest) && chainTest !== 'yuan.bentler.mplus') || (clustered && estimator !== 'MLR' && options.samplingWeights === undefined) ? 'h1' : 'hessian'),
    h1Information: options.h1Information ?? (discrepancy === 'ULS' || discrepancy === 'WLS' || discrepancy === 'DWLS' ? 'unstructured' : 'structured'),
    likelihood,
    samplingWeights: options.samplingWeights ?? null,
    samplingWeightsNormalization: options.samplingWeightsNormalization ?? 'total',
    cluster: options.cluster ?? null,
    sampleCovRescale: flag(options.sampleCovRescale) ?? (discrepancy === 'ML' && likelihood === 'normal'),
    rotation: options.rotation ?? 'geomin',
    rotationArgs: options.rotationArgs ?? {},
    control: { maxIterations: options.control?.maxIterations ?? MAX_ITERATIONS, gradientTolerance: options.control?.gradientTolerance ?? GRADIENT_TOLERANCE },
    mimic,
    level,
    bootstrap: options.bootstrap ?? 1000,
    seed: options.seed ?? 1,
    doFit: options.doFit ?? true,
    start: options.start ?? 'default',
    baseline: options.baseline ?? true,
    zeroAdd: options.zeroAdd ?? ZERO_ADD
  });
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined || value === '') return [];
  return typeof value === 'string' ? [value] : value.filter((each) => each !== '');
}

function flag(value: boolean | 'default' | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function bounds(value: BoundsKind | boolean | undefined): BoundsKind {
  if (value === undefined || value === false) return 'none';
  return value === true ? 'wide' : value;
}

function missingTreatment(value: SemOptions['missing'], mimic: string, categorical: boolean, discrepancy: DiscrepancyName): MissingTreatment {
  switch (value) {
    case undefined:
      return mimic === 'Mplus' && !categorical && discrepancy === 'ML' ? 'ml' : 'listwise';
    case 'fiml':
    case 'direct':
      return 'ml';
    case 'fiml.x':
      return 'ml.x';
    case 'available.cases':
      return discrepancy === 'PML' ? value : 'pairwise';
    default:
      return value;
  }
}

function standardErrors(asked: SemOptions['se'], chain: StandardErrorKind, estimator: Estimator, missing: MissingTreatment, clustered: boolean, weighted: boolean, discrepancy: DiscrepancyName, levels: boolean): StandardErrorKind {
  const robust = (): StandardErrorKind => {
    if (levels) return 'robust.huber.white';
    if (clustered) return estimator === 'ML' || estimator === 'MLR' || estimator === 'MLF' ? 'robust.cluster' : 'robust.cluster.sem';
    if (missing === 'two.stage' || missing === 'robust.two.stage') return 'robust.two.stage';
    if (missing === 'ml' || missing === 'ml.x' || weighted || discrepancy === 'PML') return 'robust.huber.white';
    return 'robust.sem';
  };
  if (asked === 'robust') return robust();
  if (asked === 'boot') return 'bootstrap';
  if (asked !== undefined && asked !== 'default') return asked;
  if (missing === 'two.stage' || missing === 'robust.two.stage') return missing;
  if (clustered || (weighted && chain === 'standard')) return robust();
  return chain;
}

/** Tests are named, other than the one that the estimator stands for. */
function namesTests(asked: SemOptions['test'], estimator: Estimator): boolean {
  const all = asked === undefined ? [] : typeof asked === 'string' ? [asked] : asked;
  if (all.length === 0 || (all.length === 1 && all[0] === 'default')) return false;
  return !(estimator === 'MLR' && all.length === 1 && all[0] === 'yuan.bentler.mplus');
}

/** The tests asked for: the standard one first, then the one that a robust estimator brings, unless none is wanted. */
function modelTests(asked: SemOptions['test'], chain: TestKind, estimator: Estimator, missing: MissingTreatment, robustMl: boolean): readonly TestKind[] {
  const standing = missing === 'two.stage' || missing === 'robust.two.stage' ? 'satorra.bentler' : robustMl && (estimator === 'ML' || estimator === 'MLR') ? 'yuan.bentler.mplus' : chain;
  const all = mapPacked(asked === undefined ? ['default'] : typeof asked === 'string' ? [asked] : asked, (each) => (each === 'default' ? standing : (each as TestKind)));
  if (all.length === 0 || all.every((each) => each === 'none')) return [];
  return [...new Set<TestKind>(['standard', ...(isScaled(chain) ? [chain] : []), ...filterPacked(all, (each) => each !== 'none')])];
}

/** Two stages have their own standard errors and their own scaled test; others would be those of complete rows. */
function twoStageProblems(options: SemOptions, estimator: Estimator, missing: MissingTreatment): readonly string[] {
  const tests = options.test === undefined ? [] : typeof options.test === 'string' ? [options.test] : options.test;
  return [
    ...(estimator === 'ML' || estimator === 'MLR' ? [] : [`missing: \`${missing}\` goes with ML, not with ${estimator}`]),
    ...(options.se === undefined || ['default', 'none', 'robust', 'two.stage', 'robust.two.stage'].includes(options.se) ? [] : [`missing: \`${missing}\` has its own standard errors, and \`se\` is \`${options.se}\``]),
    ...tests.filter((test) => !['default', 'none', 'standard', 'satorra.bentler'].includes(test)).map((test) => `missing: \`${missing}\` has a Satorra-Bentler test, and \`test\` is \`${test}\``),
    ...(options.meanstructure === false ? [`missing: \`${missing}\` needs the means, and \`meanstructure\` is false`] : []),
    ...(options.likelihood === 'wishart' ? [`likelihood: \`wishart\` needs complete data, and missing is \`${missing}\``] : []),
    ...(options.cluster !== undefined ? [`missing: \`${missing}\` does not allow for clusters; use \`ml\``] : [])
  ];
}

/** With ordinal variables, intercepts and thresholds place the same origin: lavaan makes both equal when either is asked for. */
function withThresholds(asked: readonly EqualAcrossGroups[], categorical: boolean): readonly EqualAcrossGroups[] {
  if (!categorical || !(asked.includes('intercepts') || asked.includes('thresholds'))) return asked;
  return [...new Set<EqualAcrossGroups>([...asked, 'intercepts', 'thresholds'])];
}
