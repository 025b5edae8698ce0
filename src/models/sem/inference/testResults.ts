import { chiSquareUpper } from '../../../numerics/distributions/index.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { finite } from '../../../shared/table.js';
import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import type { ModelTest, TestResult } from '../fit/fitState.js';
import type { ResolvedSemOptions, TestKind } from '../options.js';
import { noReference } from '../specification/noReference.js';
import { isScaled } from '../specification/scaledTests.js';
import { browneResidual, type BrowneKind } from './browneResidual.js';
import { modelTest } from './modelTest.js';

const BROWNE: ReadonlySet<TestKind> = new Set<BrowneKind>(['browne.residual.adf', 'browne.residual.nt', 'browne.residual.adf.model', 'browne.residual.nt.model']);

/** The tests that were asked for (those by bootstrap are added by whoever draws), and why one does not exist. */
export function testResults(test: ModelTest, estimation: Estimation, sample: SemSample, options: ResolvedSemOptions): { readonly tests: readonly TestResult[]; readonly warnings: readonly Diagnostic[] } {
  const warnings: Diagnostic[] = [];
  const lost = options.discrepancy === 'ML' && options.likelihood === 'normal' ? 0 : 1;
  const missed = (kind: TestKind, reason: string): TestResult => {
    warnings.push(warning('unavailable-test', `test \`${kind}\` does not exist here: ${reason}`, { help: 'the other tests are not concerned' }));
    return absent(kind);
  };
  const tests = options.tests.flatMap((kind): readonly TestResult[] => {
    const { statistic, df } = test;
    if (df < 0) return [{ ...absent(kind), df }];
    if (kind === 'standard') {
      const unknown = noReference(options.discrepancy);
      return [{ test: kind, statistic, df, pValue: unknown ? null : upper(statistic, df), reference: unknown ? 'unknown' : 'chi-square', scalingFactor: null, shift: null }];
    }
    if (isScaled(kind)) {
      const scaled = kind === options.test ? test.scaled : modelTest(estimation, sample, { ...options, test: kind }, statistic, df).scaled;
      if (!scaled) return [absent(kind)];
      return [{ test: kind, statistic: scaled.statistic, df: scaled.df, pValue: upper(scaled.statistic, scaled.df), reference: 'chi-square', scalingFactor: finite(scaled.scaling), shift: kind === 'scaled.shifted' ? scaled.shift : null }];
    }
    if (!BROWNE.has(kind)) return [];
    const reason = whyNot(kind, sample, options);
    const own = reason === null ? browneResidual(kind as BrowneKind, estimation, sample, lost) : null;
    if (own === null) return [missed(kind, reason ?? 'there are too few rows for the moments that it weights')];
    return [{ test: kind, statistic: own, df, pValue: upper(own, df), reference: 'chi-square', scalingFactor: null, shift: null }];
  });
  return { tests, warnings };
}

function absent(test: TestKind): TestResult {
  return { test, statistic: null, df: null, pValue: null, reference: 'chi-square', scalingFactor: null, shift: null };
}

function upper(statistic: number, df: number): number | null {
  return df > 0 ? chiSquareUpper(statistic, df) : null;
}

function whyNot(kind: TestKind, sample: SemSample, options: ResolvedSemOptions): string | null {
  if (sample.incomplete) return 'answers are missing, and the residuals of incomplete rows have another distribution';
  const distributionFree = kind === 'browne.residual.adf' || kind === 'browne.residual.adf.model';
  if (options.categorical && !distributionFree) return 'ordinal variables are not normal';
  if (options.categorical) return null;
  if (distributionFree && sample.rows === null) return 'fourth moments need the rows of the data, and only moments were given';
  if (distributionFree && (options.cluster !== null || options.samplingWeights !== null)) return 'it is not defined for weighted or clustered rows';
  return null;
}
