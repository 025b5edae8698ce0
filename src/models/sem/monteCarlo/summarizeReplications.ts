import { normalQuantile } from '../../../numerics/distributions/index.js';
import type { ParameterEstimate } from '../results.js';
import { REPLICATION_FAILED, REPLICATION_INADMISSIBLE, REPLICATION_NOT_CONVERGED, type ReplicationChunk } from './replicationJob.js';

/** How one parameter fared over the replications of one sample size. */
export interface ParameterPower {
  readonly n: number;
  readonly term: string;
  readonly lhs: string;
  readonly op: string;
  readonly rhs: string;
  readonly group: number;
  readonly label: string;
  /** Value in the population, in the metric of the analysis model. */
  readonly population: number;
  readonly mean: number;
  /** (mean − population)/|population|; null for a population value of 0. */
  readonly relativeBias: number | null;
  /** Standard deviation of the estimates. */
  readonly spread: number;
  /** Mean standard error over that spread, less 1. */
  readonly stdErrorBias: number | null;
  /** Share of intervals that hold the population value. */
  readonly coverage: number;
  /** Share of replications with p < alpha; for a population value of 0 the rate of false alarms. */
  readonly power: number;
  /** Wilson interval of the power, 95 %: its Monte Carlo error. */
  readonly powerLow: number;
  readonly powerHigh: number;
}

export interface SampleSizeSummary {
  readonly n: number;
  readonly replications: number;
  readonly used: number;
  readonly notConverged: number;
  readonly failed: number;
  readonly inadmissible: number;
  /** Share of replications whose test of the model has p < alpha; null for a saturated model. */
  readonly rejected: number | null;
  readonly cfi: number | null;
  readonly rmsea: number | null;
}

const Z95 = 1.959963984540054;
/** Population values nearer to 0 than this have no relative bias. */
const ZERO = 1e-9;

export function summarizeReplications(n: number, chunks: readonly ReplicationChunk[], truth: readonly ParameterEstimate[], alpha: number): { readonly size: SampleSizeSummary; readonly parameters: readonly ParameterPower[] } {
  const counts = [0, 0, 0, 0];
  for (const chunk of chunks) for (const status of chunk.status) counts[status]++;
  const replications = counts.reduce((sum, count) => sum + count, 0);
  const used = counts[0] + counts[REPLICATION_INADMISSIBLE];
  const each = (read: (chunk: ReplicationChunk, r: number) => number): number[] => chunks.flatMap((chunk) => Array.from(chunk.status, (status, r) => (status < REPLICATION_NOT_CONVERGED ? read(chunk, r) : NaN))).filter((value) => !Number.isNaN(value));
  const average = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
  const rejections = each((chunk, r) => chunk.testPValues[r]);
  const size = Object.freeze({
    n, replications, used, notConverged: counts[REPLICATION_NOT_CONVERGED], failed: counts[REPLICATION_FAILED], inadmissible: counts[REPLICATION_INADMISSIBLE],
    rejected: rejections.length === 0 ? null : rejections.filter((p) => p < alpha).length / rejections.length,
    cfi: average(each((chunk, r) => chunk.cfi[r])),
    rmsea: average(each((chunk, r) => chunk.rmsea[r]))
  });
  const z = normalQuantile(1 - alpha / 2);
  const parameters = truth.flatMap((row, i): readonly ParameterPower[] => {
    if ((row.free === 0 && row.op !== ':=') || row.estimate === null) return [];
    const value = row.estimate;
    const k = truth.length;
    const tested = chunks.flatMap((chunk) =>
      Array.from(chunk.status, (status, r) => ({ status, estimate: chunk.estimates[r * k + i], se: chunk.stdErrors[r * k + i], p: chunk.pValues[r * k + i] })).filter(({ status, estimate, se, p }) => status < REPLICATION_NOT_CONVERGED && !Number.isNaN(estimate + se + p))
    );
    if (tested.length < 2) return [];
    const share = (holds: (one: (typeof tested)[number]) => boolean): number => tested.filter(holds).length / tested.length;
    const mean = tested.reduce((sum, { estimate }) => sum + estimate, 0) / tested.length;
    const spread = Math.sqrt(tested.reduce((sum, { estimate }) => sum + (estimate - mean) ** 2, 0) / (tested.length - 1));
    const meanError = tested.reduce((sum, { se }) => sum + se, 0) / tested.length;
    const power = share(({ p }) => p < alpha);
    const [powerLow, powerHigh] = wilson(power, tested.length);
    return [Object.freeze({
      n, term: row.term, lhs: row.lhs, op: row.op, rhs: row.rhs, group: row.group, label: row.label,
      population: value, mean,
      relativeBias: Math.abs(value) < ZERO ? null : (mean - value) / Math.abs(value),
      spread,
      stdErrorBias: spread > 0 ? meanError / spread - 1 : null,
      coverage: share(({ estimate, se }) => Math.abs(estimate - value) <= z * se),
      power, powerLow, powerHigh
    })];
  });
  return { size, parameters };
}

/** Wilson's 95 % interval of a share. @see Wilson (1927), JASA 22, 209–212 */
function wilson(share: number, n: number): readonly [number, number] {
  const z2 = Z95 * Z95;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
