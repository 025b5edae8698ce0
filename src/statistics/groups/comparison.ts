import type { Bilingual } from '../../shared/table.js';
import type { Analysis } from '../analysis.js';
import type { Levene } from './levene.js';
import type { OneWayAnova } from './oneWayAnova.js';
import type { PostHoc, PostHocMethod } from './postHoc/postHoc.js';
import type { IndependentTTest } from './tTest.js';
import type { RobustF } from './welchAnova.js';

export interface CompareOptions {
  confidence: number;
  /** `auto`: Tukey-Kramer where Levene's test leaves equal variances standing, else Games-Howell; `lsd/tamhane`: LSD or Tamhane T2, the custom of theses; `none`; or methods by name. */
  postHoc: 'auto' | 'lsd/tamhane' | 'none' | PostHocMethod | readonly PostHocMethod[];
  /** Centre of the Levene test that chooses between equal and unequal variances. */
  levene: 'mean' | 'median';
}

/** Levene's p below this speaks against equal variances, as SPSS readers decide. */
export const LEVENE_LEVEL = 0.05;

export interface GroupDescription {
  readonly group: Bilingual;
  readonly n: number;
  readonly mean: number;
  readonly sd: number | null;
  readonly standardError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

interface Compared {
  readonly variable: string;
  readonly label: Bilingual | undefined;
  readonly groups: readonly GroupDescription[];
  readonly n: number;
  /** Rows without an answer or without a group. */
  readonly dropped: number;
  /** Number of items when the variable is the score of a construct. */
  readonly scoredItems?: number;
  readonly leveneMean: Levene | null;
  readonly leveneMedian: Levene | null;
  /** What the chosen Levene test says; true when it cannot be computed. */
  readonly equalVariances: boolean;
}

export interface TwoGroupComparison extends Compared, IndependentTTestFields {
  readonly design: 't';
}

/** The t test without its moments, which `groups` describes. */
type IndependentTTestFields = Omit<IndependentTTest, 'groups'>;

export interface ManyGroupComparison extends Compared {
  readonly design: 'anova';
  readonly anova: OneWayAnova;
  readonly welch: RobustF | null;
  readonly brownForsythe: RobustF | null;
  readonly postHoc: readonly PostHoc[];
}

export type VariableComparison = TwoGroupComparison | ManyGroupComparison;

export interface Comparison extends Analysis {
  readonly kind: 'comparison';
  readonly by: string;
  readonly byLabel: Bilingual | undefined;
  readonly options: Readonly<CompareOptions>;
  readonly rows: number;
  readonly variables: readonly VariableComparison[];
}
