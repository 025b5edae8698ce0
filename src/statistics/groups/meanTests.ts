import type { Bilingual } from '../../shared/table.js';
import type { Analysis } from '../analysis.js';
import type { Wilcoxon } from '../ranks/wilcoxon.js';
import type { OneSampleTTest, SampleMoments } from './tTest.js';

export interface MeanOptions {
  confidence: number;
}

export interface PairComparison {
  readonly first: string;
  readonly second: string;
  readonly n: number;
  readonly dropped: number;
  readonly moments: readonly [SampleMoments, SampleMoments];
  /** Correlation of the two over the pairs. */
  readonly r: number | null;
  readonly rP: number | null;
  /** First less second. */
  readonly test: OneSampleTTest;
  readonly wilcoxon: Wilcoxon;
}

export interface PairComparisons extends Analysis {
  readonly kind: 'pair-comparisons';
  readonly options: Readonly<MeanOptions>;
  readonly rows: number;
  readonly pairs: readonly PairComparison[];
}

export interface MeanTest {
  readonly variable: string;
  readonly label: Bilingual | undefined;
  readonly dropped: number;
  /** Difference from the test value. */
  readonly test: OneSampleTTest;
}

export interface MeanTests extends Analysis {
  readonly kind: 'mean-tests';
  readonly options: Readonly<MeanOptions>;
  readonly value: number;
  readonly rows: number;
  readonly variables: readonly MeanTest[];
}
