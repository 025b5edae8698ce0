/**
 * Options of a structural equation model: lavaan's argument names in camelCase.
 * They are resolved once (`resolveOptions`), stored on the fit and echoed.
 */

export type SemFunction = 'sem' | 'cfa' | 'growth' | 'lavaan';

export type Estimator =
  | 'ML' | 'MLR' | 'MLM' | 'MLMV' | 'MLMVS' | 'MLF'
  | 'GLS' | 'ULS' | 'WLS' | 'DWLS'
  | 'WLSM' | 'WLSMV' | 'WLSMVS' | 'ULSM' | 'ULSMV' | 'ULSMVS'
  | 'PML';

/** What is minimized; the letters that an `Estimator` name adds choose the standard errors and the test. */
export type DiscrepancyName = 'ML' | 'GLS' | 'ULS' | 'WLS' | 'DWLS' | 'PML';

export type MissingTreatment = 'listwise' | 'ml' | 'ml.x' | 'two.stage' | 'robust.two.stage' | 'pairwise' | 'available.cases';
export type StandardErrorKind = 'standard' | 'first.order' | 'robust.sem' | 'robust.huber.white' | 'robust.cluster' | 'robust.cluster.sem' | 'two.stage' | 'robust.two.stage' | 'bootstrap' | 'none';
export type TestKind = 'standard' | 'satorra.bentler' | 'yuan.bentler' | 'yuan.bentler.mplus' | 'mean.var.adjusted' | 'scaled.shifted' | 'browne.residual.adf' | 'browne.residual.nt' | 'browne.residual.adf.model' | 'browne.residual.nt.model' | 'bollen.stine' | 'none';
export type InformationKind = 'expected' | 'observed' | 'first.order';
export type BoundsKind = 'none' | 'pos.var' | 'pos.ov.var' | 'pos.lv.var' | 'standard' | 'wide' | 'wide.zerovar';
export type EqualAcrossGroups = 'loadings' | 'intercepts' | 'means' | 'thresholds' | 'regressions' | 'residuals' | 'residual.covariances' | 'lv.variances' | 'lv.covariances' | 'composite.loadings';
export type Rotation = 'none' | 'varimax' | 'quartimax' | 'oblimin' | 'quartimin' | 'promax' | 'geomin' | 'target' | 'pst' | 'equamax' | 'orthomax' | 'oblimax' | 'infomax' | 'simplimax' | 'bentler' | 'entropy' | 'crawford.ferguson' | 'cf-varimax' | 'cf-quartimax' | 'cf-equamax' | 'cf-parsimax' | 'cf-facparsim';

/** Settings of the minimizer. */
export interface SemControl {
  /** Most iterations before the fit is reported as not converged. */
  readonly maxIterations?: number;
  /** Largest scaled gradient element at a solution. */
  readonly gradientTolerance?: number;
}

/** What a caller may say. Everything has a default (lavaan's). */
export interface SemOptions {
  readonly estimator?: Estimator | Lowercase<Estimator>;
  readonly missing?: MissingTreatment | 'fiml' | 'direct' | 'fiml.x';
  readonly stdLv?: boolean;
  readonly stdOv?: boolean;
  readonly orthogonal?: boolean;
  readonly orthogonalX?: boolean;
  readonly orthogonalY?: boolean;
  readonly effectCoding?: boolean | 'loadings' | 'intercepts' | readonly ('loadings' | 'intercepts')[];
  readonly meanstructure?: boolean | 'default';
  readonly fixedX?: boolean | 'default';
  readonly conditionalX?: boolean | 'default';
  readonly autoFixFirst?: boolean;
  readonly autoFixSingle?: boolean;
  readonly autoVar?: boolean;
  readonly autoCovLvX?: boolean;
  readonly autoCovY?: boolean;
  readonly autoTh?: boolean;
  readonly autoDelta?: boolean;
  readonly autoEfa?: boolean;
  readonly intOvFree?: boolean;
  readonly intLvFree?: boolean;
  readonly bounds?: BoundsKind | boolean;
  /** Constraints (`==`, `<`, `>`) in addition to those of the model text. */
  readonly constraints?: string | readonly string[];
  /** Name of the grouping variable. */
  readonly group?: string;
  readonly groupEqual?: EqualAcrossGroups | readonly EqualAcrossGroups[];
  /** Parameters left free, for example `f=~x3` or `x1~1`. */
  readonly groupPartial?: string | readonly string[];
  /** Groups to use, in this order; default all in order of appearance. */
  readonly groupLabel?: readonly string[];
  /** Ordinal variables; `true` means all dependent observed ones. */
  readonly ordered?: string | readonly string[] | boolean;
  readonly parameterization?: 'delta' | 'theta';
  readonly se?: StandardErrorKind | 'robust' | 'boot' | 'default';
  readonly test?: TestKind | 'default' | readonly TestKind[];
  readonly information?: InformationKind | 'default';
  readonly observedInformation?: 'hessian' | 'h1';
  readonly h1Information?: 'structured' | 'unstructured';
  readonly likelihood?: 'normal' | 'wishart';
  readonly samplingWeights?: string;
  readonly samplingWeightsNormalization?: 'total' | 'group' | 'none';
  readonly cluster?: string;
  readonly sampleCovRescale?: boolean | 'default';
  readonly rotation?: Rotation;
  readonly rotationArgs?: Readonly<Record<string, number | string | boolean | readonly number[]>>;
  readonly control?: SemControl;
  readonly mimic?: 'lavaan' | 'Mplus' | 'EQS' | 'amos';
  /** Confidence level of intervals. */
  readonly level?: number;
  /** Bootstrap draws when `se` is `bootstrap`. */
  readonly bootstrap?: number;
  readonly seed?: number;
  /** `false` stops before estimation: the table and start values only. */
  readonly doFit?: boolean;
  /** Where estimation starts: `default` (closed forms) or `simple`. */
  readonly start?: 'default' | 'simple';
  readonly baseline?: boolean;
  /** Weighted least squares only: names of the auxiliary variables are not supported. */
  readonly zeroAdd?: readonly [number, number];
}

/** Every default filled in. */
export interface ResolvedSemOptions {
  readonly modelType: SemFunction;
  /** As asked for, in capitals. */
  readonly estimator: Estimator;
  readonly discrepancy: DiscrepancyName;
  readonly missing: MissingTreatment;
  readonly categorical: boolean;
  readonly stdLv: boolean;
  readonly stdOv: boolean;
  readonly orthogonal: boolean;
  readonly orthogonalX: boolean;
  readonly orthogonalY: boolean;
  readonly effectCoding: readonly ('loadings' | 'intercepts')[];
  readonly meanstructure: boolean;
  readonly fixedX: boolean;
  readonly conditionalX: boolean;
  readonly autoFixFirst: boolean;
  readonly autoFixSingle: boolean;
  readonly autoVar: boolean;
  readonly autoCovLvX: boolean;
  readonly autoCovY: boolean;
  readonly autoTh: boolean;
  readonly autoDelta: boolean;
  readonly autoEfa: boolean;
  readonly intOvFree: boolean;
  readonly intLvFree: boolean;
  readonly bounds: BoundsKind;
  readonly group: string | null;
  readonly groupEqual: readonly EqualAcrossGroups[];
  readonly groupPartial: readonly string[];
  readonly groupLabel: readonly string[] | null;
  readonly ordered: readonly string[] | boolean;
  readonly parameterization: 'delta' | 'theta';
  readonly se: StandardErrorKind;
  /** The test whose scaled statistic the fit measures use; `standard` when none is scaled. */
  readonly test: TestKind;
  /** All tests asked for, the standard one first; none for `none`. */
  readonly tests: readonly TestKind[];
  readonly information: InformationKind;
  readonly observedInformation: 'hessian' | 'h1';
  /** `observedInformation` of the scaled test: lavaan leaves out the curvature of the moments when tests are named. */
  readonly testObservedInformation: 'hessian' | 'h1';
  readonly h1Information: 'structured' | 'unstructured';
  readonly likelihood: 'normal' | 'wishart';
  readonly samplingWeights: string | null;
  readonly samplingWeightsNormalization: 'total' | 'group' | 'none';
  readonly cluster: string | null;
  readonly sampleCovRescale: boolean;
  readonly rotation: Rotation;
  readonly rotationArgs: Readonly<Record<string, number | string | boolean | readonly number[]>>;
  readonly control: Required<SemControl>;
  readonly mimic: 'lavaan' | 'Mplus' | 'EQS' | 'amos';
  readonly level: number;
  readonly bootstrap: number;
  readonly seed: number;
  readonly doFit: boolean;
  readonly start: 'default' | 'simple';
  readonly baseline: boolean;
  readonly zeroAdd: readonly [number, number];
}
