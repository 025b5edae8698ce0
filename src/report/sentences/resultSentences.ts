import type { ImportancePerformance, LogisticFit, Mediation, Moderation, OrdinalFit, RegressionFit } from '../../models/regression/index.js';
import type { Crosstab } from '../../statistics/categorical/crosstab.js';
import type { Correlations } from '../../statistics/correlate/correlations.js';
import type { Descriptives } from '../../statistics/describe/describe.js';
import type { Frequencies } from '../../statistics/describe/frequencies.js';
import type { Normality } from '../../statistics/describe/normality.js';
import type { FactorAnalysis } from '../../statistics/factor/factorAnalysis.js';
import type { Factorability } from '../../statistics/factor/factorability.js';
import type { FactorialAnova } from '../../statistics/factorial/factorialResult.js';
import type { MeanTests, PairComparisons } from '../../statistics/groups/meanTests.js';
import type { Comparison } from '../../statistics/groups/comparison.js';
import type { LittleMcar } from '../../statistics/missingness/littleMcar.js';
import type { MissingReport } from '../../statistics/missingness/missingReport.js';
import type { RankComparison } from '../../statistics/ranks/compareRanks.js';
import type { ItemAnalysis } from '../../statistics/reliability/itemAnalysis.js';
import type { Reliability } from '../../statistics/reliability/reliabilityResult.js';
import type { ScaleReliabilities } from '../../statistics/reliability/scaleSummary.js';
import type { HarmanTest } from '../../statistics/validity/harman.js';
import type { TableStyle } from '../format/tableStyle.js';
import { comparisonSentences, factorialSentences, meanTestSentences, pairSentences } from './comparisonSentences.js';
import { mediationSentences, moderationSentences } from './conditionalSentences.js';
import { correlationSentences } from './correlationSentences.js';
import { crosstabSentences } from './crosstabSentences.js';
import { describeSentences, frequencySentences, normalitySentences } from './describeSentences.js';
import { factorabilitySentences, factorSentences, harmanSentences } from './factorSentences.js';
import { littleSentences, missingSentences } from './missingSentences.js';
import { rankSentences } from './rankSentences.js';
import { importanceSentences, oddsSentences, regressionSentences } from './regressionSentences.js';
import { itemAnalysisSentences, reliabilitySentences, scaleSentences } from './reliabilitySentences.js';
import { inStyle, numberWriter, type NumberWriter, type Sentence } from './sentence.js';

/** Results that have sentences; each carries its `kind`. */
export type TellingResult =
  | Descriptives | Frequencies | Normality | Reliability | ScaleReliabilities | ItemAnalysis | Factorability | FactorAnalysis | HarmanTest | Correlations
  | Comparison | MeanTests | PairComparisons | FactorialAnova | RankComparison | Crosstab | MissingReport | LittleMcar
  | RegressionFit | LogisticFit | OrdinalFit | Moderation | Mediation | ImportancePerformance;

function sentencesOf(result: TellingResult, w: NumberWriter): readonly Sentence[] {
  switch (result.kind) {
    case 'descriptives': return describeSentences(result, w);
    case 'frequencies': return frequencySentences(result, w);
    case 'normality': return normalitySentences(result, w);
    case 'reliability': return reliabilitySentences(result, w);
    case 'scale-reliabilities': return scaleSentences(result, w);
    case 'item-analysis': return itemAnalysisSentences(result, w);
    case 'factorability': return factorabilitySentences(result, w);
    case 'factor-analysis': return factorSentences(result, w);
    case 'harman-test': return harmanSentences(result, w);
    case 'correlations': return correlationSentences(result, w);
    case 'comparison': return comparisonSentences(result, w);
    case 'mean-tests': return meanTestSentences(result, w);
    case 'pair-comparisons': return pairSentences(result, w);
    case 'factorial-anova': return factorialSentences(result, w);
    case 'rank-comparison': return rankSentences(result, w);
    case 'crosstab': return crosstabSentences(result, w);
    case 'missingReport': return missingSentences(result, w);
    case 'littleMcar': return littleSentences(result, w);
    case 'regression': return regressionSentences(result, w);
    case 'logistic': return oddsSentences(result, w);
    case 'ordinal': return oddsSentences(result, w);
    case 'moderation': return moderationSentences(result, w);
    case 'mediation': return mediationSentences(result, w);
    case 'importance-performance': return importanceSentences(result);
    default: return [];
  }
}

/**
 * What a statistics result says, a sentence per finding, in the style's
 * language and decimals; nothing for a value of any other kind.
 */
export function resultSentences(result: unknown, style: TableStyle = {}): readonly string[] {
  if (typeof result !== 'object' || result === null || typeof (result as { kind?: unknown }).kind !== 'string' || typeof (result as { tables?: unknown }).tables !== 'function') return [];
  return inStyle(sentencesOf(result as TellingResult, numberWriter(style)), style);
}
