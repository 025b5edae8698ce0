/** Correlations are kept this far from ±1, where the likelihood has no interior solution. */
const LARGEST = 0.9999;
const MOST_STEPS = 60;
const STEP_TOLERANCE = 1e-13;

/** A Newton step this short leaves an error of its square. */
const NEWTON_TOLERANCE = 1e-8;

/** Score and (outer-product or observed) information of a correlation. */
export interface CorrelationScore {
  readonly score: number;
  readonly information: number;
  /** The information is the exact −∂score/∂ρ, so that Newton steps converge quadratically. */
  readonly exact?: boolean;
}

/**
 * The root of a score in ρ: Newton-type steps kept inside a bracket that
 * shrinks with every evaluation, with secant slopes once two points are known.
 */
export function solveCorrelation(start: number, evaluate: (rho: number) => CorrelationScore): number {
  let low = -LARGEST;
  let high = LARGEST;
  let rho = Math.min(Math.max(start, -0.9), 0.9);
  let before: { readonly rho: number; readonly score: number } | undefined;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { score, information, exact } = evaluate(rho);
    if (score === 0) return rho;
    if (score > 0) low = rho;
    else high = rho;
    const slope = !exact && before && before.rho !== rho ? (score - before.score) / (rho - before.rho) : -information;
    const usable = slope < -0.05 * information ? slope : -information;
    before = { rho, score };
    let next = rho - score / usable;
    if (!(next > low && next < high)) next = (low + high) / 2;
    else if (exact && Math.abs(next - rho) < NEWTON_TOLERANCE) return next;
    if (Math.abs(next - rho) < STEP_TOLERANCE || high - low < STEP_TOLERANCE) return next;
    rho = next;
  }
  return rho;
}
