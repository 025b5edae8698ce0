import type { Severity } from '../diagnostic.js';
import type { Bilingual } from '../table.js';
import { isBilingual, isBoolean, listOf, nullOr, numberIn, objectOf, oneOf, textUpTo, type Check } from './check.js';
import { isPathDiagramValue, type PathDiagramPayload } from './pathDiagram.js';
import { inLanguage, isSurveyTableValue, surveyTableText, type Language, type SurveyTablePayload } from './surveyTable.js';

/** A fitted model at a glance: did it work, how well does it fit, the tables, the diagram. */
export const FIT_SUMMARY_MIME = 'application/vnd.semlab.fit-summary.v1+json';

/** One number of the first line, as printed. */
export interface HeadlineMeasure {
  /** Name of the measure, for example `cfi`. */
  readonly key: string;
  readonly label: Bilingual;
  readonly text: string;
  /** Full precision, or `null` when it does not exist for this fit. */
  readonly value: number | null;
  /** Against the usual threshold; `none` where there is no threshold. */
  readonly verdict: 'good' | 'acceptable' | 'poor' | 'none';
  /** The threshold in words, '' for none. */
  readonly threshold: string;
}

export interface SummaryWarning {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** '' when there is no advice. */
  readonly help: string;
}

export interface FitSummaryPayload {
  readonly kind: 'fitSummary';
  readonly version: 1;
  readonly title: Bilingual;
  readonly lang: Language;
  readonly converged: boolean;
  /** False for negative variances or covariance matrices that are none. */
  readonly admissible: boolean;
  /** Estimator, rows used and dropped, convergence: one line. */
  readonly subtitle: string;
  readonly headline: readonly HeadlineMeasure[];
  readonly warnings: readonly SummaryWarning[];
  /** Each drawn under its own heading; the first is open, the others may be folded. */
  readonly tables: readonly SurveyTablePayload[];
  readonly diagram: PathDiagramPayload | null;
  /** The model text that was fitted. */
  readonly syntax: string;
  /** What the tables say, a sentence per finding; absent where it was switched off. */
  readonly sentences?: readonly string[];
}

const isFitSummaryValue: Check = objectOf(
  {
  kind: oneOf('fitSummary'),
  version: oneOf(1),
  title: isBilingual,
  lang: oneOf('en', 'zh', 'both'),
  converged: isBoolean,
  admissible: isBoolean,
  subtitle: textUpTo(4000),
  headline: listOf(
    objectOf({
      key: textUpTo(100),
      label: isBilingual,
      text: textUpTo(200),
      value: nullOr(numberIn(-Number.MAX_VALUE, Number.MAX_VALUE)),
      verdict: oneOf('good', 'acceptable', 'poor', 'none'),
      threshold: textUpTo(200)
    }),
    100
  ),
  warnings: listOf(objectOf({ severity: oneOf('error', 'warning', 'note'), code: textUpTo(100), message: textUpTo(4000), help: textUpTo(4000) }), 500),
  tables: listOf(isSurveyTableValue, 50),
  diagram: nullOr(isPathDiagramValue),
  syntax: textUpTo(200_000)
},
  { sentences: listOf(textUpTo(4000), 200) }
);

/** Why `value` is no payload of this MIME type, or `null` when it is one. */
export function fitSummaryProblem(value: unknown): string | null {
  return isFitSummaryValue(value, 'summary');
}

export function isFitSummary(value: unknown): value is FitSummaryPayload {
  return fitSummaryProblem(value) === null;
}

/** The text twin: title, state, headline, warnings, every table, then the sentences. */
export function fitSummaryText(payload: FitSummaryPayload): string {
  const { lang } = payload;
  const state = !payload.converged ? 'NOT CONVERGED: the numbers below are no estimates' : payload.admissible ? '' : 'INADMISSIBLE solution: see the warnings';
  const headline = payload.headline.map(({ label, text }) => `${inLanguage(label, lang)} ${text}`).join(', ');
  const warnings = payload.warnings.map(({ severity, code, message, help }) => `${severity}[${code}]: ${message}${help === '' ? '' : `\n  help: ${help}`}`);
  const head = [inLanguage(payload.title, lang), state, payload.subtitle, headline, ...warnings].filter((line) => line !== '');
  return [...(head.length > 0 ? [head.join('\n')] : []), ...payload.tables.map(surveyTableText), ...(payload.sentences && payload.sentences.length > 0 ? [payload.sentences.join('\n')] : [])].join('\n\n');
}
