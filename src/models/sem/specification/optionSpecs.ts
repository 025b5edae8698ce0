import type { SemOptions } from '../options.js';

/** What an option accepts. */
export type OptionValueKind = 'boolean' | 'text' | 'number' | 'texts' | 'record';

export interface SemOptionSpec {
  /** lavaan's argument name, as jobs and the model language write it. */
  readonly dotted: string;
  readonly kinds: readonly OptionValueKind[];
  readonly choices?: readonly string[];
  readonly summary: string;
}

const yesNo = (dotted: string, summary: string): SemOptionSpec => ({ dotted, kinds: ['boolean'], summary });
const yesNoDefault = (dotted: string, summary: string): SemOptionSpec => ({ dotted, kinds: ['boolean', 'text'], choices: ['default'], summary });
const choice = (dotted: string, choices: readonly string[], summary: string): SemOptionSpec => ({ dotted, kinds: ['text'], choices, summary });

export const ESTIMATORS = ['ML', 'MLR', 'MLM', 'MLMV', 'MLMVS', 'MLF', 'GLS', 'ULS', 'WLS', 'DWLS', 'WLSM', 'WLSMV', 'WLSMVS', 'ULSM', 'ULSMV', 'ULSMVS', 'PML'] as const;
export const GROUP_EQUAL = ['loadings', 'composite.loadings', 'intercepts', 'means', 'thresholds', 'regressions', 'residuals', 'residual.covariances', 'lv.variances', 'lv.covariances'] as const;
const SE = ['default', 'standard', 'first.order', 'robust', 'robust.sem', 'robust.huber.white', 'robust.cluster', 'robust.cluster.sem', 'two.stage', 'robust.two.stage', 'boot', 'bootstrap', 'none'];
const TEST = ['default', 'standard', 'satorra.bentler', 'yuan.bentler', 'yuan.bentler.mplus', 'mean.var.adjusted', 'scaled.shifted', 'browne.residual.adf', 'browne.residual.nt', 'browne.residual.adf.model', 'browne.residual.nt.model', 'bollen.stine', 'none'];
const ROTATIONS = ['none', 'varimax', 'quartimax', 'oblimin', 'quartimin', 'promax', 'geomin', 'target', 'pst', 'equamax', 'orthomax', 'oblimax', 'infomax', 'simplimax', 'bentler', 'entropy', 'crawford.ferguson', 'cf-varimax', 'cf-quartimax', 'cf-equamax', 'cf-parsimax', 'cf-facparsim'];

/** The one list of options: names, what they take, help. Order is the order of the manual. */
export const SEM_OPTION_SPECS: Readonly<Record<keyof SemOptions, SemOptionSpec>> = {
  estimator: choice('estimator', ESTIMATORS, 'discrepancy, with its standard errors and test'),
  missing: choice('missing', ['listwise', 'ml', 'fiml', 'direct', 'ml.x', 'fiml.x', 'two.stage', 'robust.two.stage', 'pairwise', 'available.cases'], 'treatment of missing values'),
  stdLv: yesNo('std.lv', 'fix latent variances to 1 instead of first loadings'),
  stdOv: yesNo('std.ov', 'standardize observed variables first, exogenous ones only when they are not fixed'),
  orthogonal: yesNo('orthogonal', 'latent variables do not covary'),
  orthogonalX: yesNo('orthogonal.x', 'exogenous latent variables do not covary'),
  orthogonalY: yesNo('orthogonal.y', 'residuals of endogenous latent variables do not covary'),
  effectCoding: { dotted: 'effect.coding', kinds: ['boolean', 'text', 'texts'], choices: ['loadings', 'intercepts'], summary: 'loadings average 1, intercepts sum to 0, per latent variable' },
  meanstructure: yesNoDefault('meanstructure', 'model the means'),
  fixedX: yesNoDefault('fixed.x', 'moments of exogenous observed variables are fixed to the sample values'),
  conditionalX: yesNoDefault('conditional.x', 'model the moments given the exogenous observed variables'),
  autoFixFirst: yesNo('auto.fix.first', 'fix the first loading of each latent variable to 1'),
  autoFixSingle: yesNo('auto.fix.single', 'fix the residual variance of a lone indicator to 0'),
  autoVar: yesNo('auto.var', 'add (residual) variances'),
  autoCovLvX: yesNo('auto.cov.lv.x', 'add covariances of exogenous latent variables'),
  autoCovY: yesNo('auto.cov.y', 'add residual covariances of outcomes that predict nothing'),
  autoTh: yesNo('auto.th', 'add thresholds'),
  autoDelta: yesNo('auto.delta', 'add response scales'),
  autoEfa: yesNo('auto.efa', 'identify exploratory blocks'),
  intOvFree: yesNo('int.ov.free', 'observed intercepts are free'),
  intLvFree: yesNo('int.lv.free', 'latent means are free'),
  bounds: { dotted: 'bounds', kinds: ['boolean', 'text'], choices: ['none', 'pos.var', 'pos.ov.var', 'pos.lv.var', 'standard', 'wide', 'wide.zerovar'], summary: 'bounds on parameters' },
  constraints: { dotted: 'constraints', kinds: ['text', 'texts'], summary: 'constraints in addition to those of the model text' },
  group: { dotted: 'group', kinds: ['text'], summary: 'grouping variable' },
  groupEqual: { dotted: 'group.equal', kinds: ['text', 'texts'], choices: GROUP_EQUAL, summary: 'kinds of parameters that are equal in all groups' },
  groupPartial: { dotted: 'group.partial', kinds: ['text', 'texts'], summary: 'parameters excepted from group.equal' },
  groupLabel: { dotted: 'group.label', kinds: ['text', 'texts'], summary: 'groups to use, in order' },
  ordered: { dotted: 'ordered', kinds: ['boolean', 'text', 'texts'], summary: 'ordinal variables' },
  parameterization: choice('parameterization', ['delta', 'theta'], 'scale of latent responses'),
  se: choice('se', SE, 'standard errors'),
  test: { dotted: 'test', kinds: ['text', 'texts'], choices: TEST, summary: 'test of the model' },
  information: choice('information', ['default', 'expected', 'observed', 'first.order'], 'information matrix'),
  observedInformation: choice('observed.information', ['hessian', 'h1'], 'how the observed information is computed'),
  h1Information: choice('h1.information', ['structured', 'unstructured'], 'where the unrestricted information is evaluated'),
  likelihood: choice('likelihood', ['normal', 'wishart'], 'divisor n or n - 1'),
  samplingWeights: { dotted: 'sampling.weights', kinds: ['text'], summary: 'column of sampling weights' },
  samplingWeightsNormalization: choice('sampling.weights.normalization', ['total', 'group', 'none'], 'how weights are scaled'),
  cluster: { dotted: 'cluster', kinds: ['text'], summary: 'column of clusters' },
  sampleCovRescale: yesNoDefault('sample.cov.rescale', 'a given covariance matrix has divisor n - 1'),
  rotation: choice('rotation', ROTATIONS, 'rotation of exploratory blocks'),
  rotationArgs: { dotted: 'rotation.args', kinds: ['record'], summary: 'settings of the rotation' },
  control: { dotted: 'control', kinds: ['record'], summary: 'settings of the minimizer' },
  mimic: choice('mimic', ['lavaan', 'Mplus', 'EQS', 'amos'], 'whose conventions'),
  level: { dotted: 'level', kinds: ['number'], summary: 'confidence level' },
  bootstrap: { dotted: 'bootstrap', kinds: ['number'], summary: 'bootstrap draws' },
  seed: { dotted: 'seed', kinds: ['number'], summary: 'seed of random numbers' },
  doFit: yesNo('do.fit', 'estimate'),
  start: choice('start', ['default', 'simple'], 'start values'),
  baseline: yesNo('baseline', 'fit the baseline model'),
  zeroAdd: { dotted: 'zero.add', kinds: ['texts'], summary: 'added to empty cells of 2 × 2 and larger tables' }
};
