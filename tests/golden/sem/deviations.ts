/** A place where this program and lavaan differ on purpose, or where lavaan's own number is not exact. */
export interface Deviation {
  readonly family?: RegExp;
  readonly id?: RegExp;
  readonly name: RegExp;
  /** Wider relative tolerance; null leaves the number out. */
  readonly tolerance: number | null;
  readonly reason: string;
}

export const DEVIATIONS: readonly Deviation[] = [
  { id: /^(hs-saturated|hs-regression-intercept|lavaan-explicit)$/, name: /^cn_/, tolerance: null, reason: 'critical N of a saturated model means nothing; lavaan prints 1, or NA where χ² happens to be exactly 0' },
  { id: /^hs-mimic-conditional$/, name: /^crmr/, tolerance: null, reason: 'conditional.x: lavaan divides by the number of correlations less the number of exogenous variables; here by their number' },
  { id: /^mlx/, name: /^(logl|unrestricted.logl|aic|bic|bic2)$/, tolerance: null, reason: 'ml.x: twice the difference of lavaan 0.6\'s two log-likelihoods is not χ² (its definition changed in 0.7); ours are those of all variables less that of the exogenous ones at their fixed moments' },
  { id: /two\.stage$/, name: /^(baseline.chisq.scal|(cfi|tli|nnfi|rfi|nfi|pnfi|ifi|rni)\.(scaled|robust))/, tolerance: null, reason: 'two stages: lavaan 0.6 scales the baseline model as if rows were complete (changed in 0.7); here by the same Γ as the model, checked in ../semDesigns' },
  { id: /^fiml-path$/, name: /robust$/, tolerance: null, reason: 'random covariates (`fixed.x = FALSE`): lavaan gives other robust indices when their moments are written out, which is the same model; ours are those in both cases, see incomplete-random-x' },
  { id: /^political-nonlinear$/, name: /./, tolerance: 2e-5, reason: 'nonlinear constraints: lavaan stops its augmented Lagrangian early, and the solution cannot be polished on its gradient' },
  { id: /^political-inequality$/, name: / (se|z|p|ci.lower|ci.upper)$/, tolerance: null, reason: 'lavaan 0.6 gives no standard error to a parameter on an active bound; here it is fixed there, as in 0.7' },
  { id: /^political-inequality$/, name: /./, tolerance: 2e-5, reason: 'as for nonlinear constraints' },
  { id: /^hs-crossloading$/, name: /x7 ~~ x8 1 std.all/, tolerance: null, reason: 'a residual correlation with a negative residual variance does not exist; lavaan prints −1.9' },
  { family: /exploratory/, id: /promax/, name: / (se|z|p|ci.lower|ci.upper)$/, tolerance: null, reason: 'lavaan has no standard errors for promax' },
  { family: /exploratory/, id: /promax/, name: /^parameter/, tolerance: 2e-2, reason: 'lavaan stops varimax at 1e-5, which moves the smallest loadings by 3e-5' },
  { family: /exploratory/, id: /^(?!.*raw)(?!efa-varimax)/, name: / (z|p|ci.lower|ci.upper)$/, tolerance: null, reason: 'follow from the standard errors' },
  { family: /exploratory/, id: /^esem$|^efa-geomin$/, name: / se$/, tolerance: 0.35, reason: 'as for the other oblique rotations below, most on loadings near 0' },
  { family: /exploratory/, id: /^(?!.*raw)(?!efa-varimax)/, name: / se$/, tolerance: 0.15, reason: 'oblique rotation of standardized loadings: over 1,500 samples of 4,000 rows the spread of the rotated loadings is 0.97 to 1.04 times our standard errors (1.6 % in the root mean square, Monte Carlo error 1.8 %) and 0.90 to 1.07 times lavaan\'s (4.6 %); see rotation/spread.test.ts. The -raw models, which do not standardize, agree to 1e-4' },
  { family: /exploratory/, name: /^parameter/, tolerance: 6e-3, reason: 'lavaan rotates its unpolished solution, and stops rotating at 1e-5: 3e-6 absolute on the smallest limits' },
  { id: /^wlsm-continuous$/, name: /^(cfi|tli|nnfi|rni)\.robust$/, tolerance: null, reason: 'the index is made of χ² and tr(UΓ) of model and baseline, which WLSM and WLSMV share; lavaan gives two values, and its own for WLSMV (semOrdinal, wlsmv-continuous) is ours for both' },
  { id: /^wlsmv-groups/, name: /^(cfi|tli|nnfi|rni)\.robust$/, tolerance: null, reason: 'several groups: lavaan adds up N/n_g tr Γ_g for the independence model where its discrepancy Σ n_g F_g has the expectation Σ tr Γ_g; by its sum the same answers given twice, as two groups, change the index, by ours they do not (unit test)' },
  { id: /^hs-path$/, name: /^modindices x[23] ~/, tolerance: null, reason: 'regressions of fixed exogenous variables: lavaan frees one of their variances and not the others, so that the index depends on the order of the variables; ours are those of the model with random ones, compared in ../semModificationIndices' },
  { id: /^political-equal$/, name: /^standardized y1 ~~ y5 1 ci.lower$/, tolerance: 5e-6, reason: 'a limit near 0: 2e-9 absolute' }
];

/**
 * Open points: numbers that do not agree yet, or models that are refused.
 * They are listed, not hidden; the list is to become empty.
 */
export const OPEN: readonly Deviation[] = [];
