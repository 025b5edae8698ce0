/** What `semlab logistic` and `semlab ordinal` share: a formula in, coefficients with odds ratios out. */
import type { LogisticFit } from '../../../../src/models/regression/index.js';
import type { Flags, FlagSpec } from '../flags.js';
import { fileOf } from './analysisCommand.js';
import { DATA_SHAPE, invalid, optionFlags, type AnalysisJob } from './analysisJob.js';

export const FORMULA_FLAGS: readonly FlagSpec[] = [
  { flag: 'formula', value: 'FORMULA', summary: 'y ~ a + b*c + factor(g); | starts the next block (also as a plain argument)' },
  { flag: 'conf-level', value: 'LEVEL', summary: 'confidence level, 0.95' }
];
export const FORMULA_SHAPE: string = `"formula": "y ~ a + b | c", ${DATA_SHAPE}`;
export const TERM_SHAPE: string = `"coefficients": [{"term", "estimate", "stdError", "statistic", "wald", "pValue", "confLow", "confHigh",
                     "oddsRatio", "oddsLow", "oddsHigh"}],
   "blocks": [{"block", "entered", "minus2LogLik", "chiSquare", "df", "pValue"}],
   "glance": {"n", "logLik", "minus2LogLik", "nullMinus2LogLik", "chiSquare", "df", "pValue", "coxSnell", "nagelkerke",
              "mcFadden", "aic", "bic"}`;

export function formulaOf({ parts }: AnalysisJob): string {
  return typeof parts.formula === 'string' ? parts.formula : invalid('`formula` is missing', 'write {"formula": "y ~ a + b", "data": {…}}');
}

export function formulaJob(flags: Flags, options: readonly string[]): object {
  const level = flags.text('conf-level');
  return { formula: flags.text('formula') ?? flags.words[0], dataFile: fileOf(flags, 1), options: { ...optionFlags(flags, options), ...(level === undefined ? {} : { confLevel: Number(level) }) } };
}

type ClassTerm = LogisticFit['coefficients'][number];

export function termAnswer({ term, estimate, stdError, statistic, wald, pValue, confLow, confHigh, oddsRatio, oddsLow, oddsHigh }: ClassTerm): object {
  return { term, estimate, stdError, statistic, wald, pValue, confLow, confHigh, oddsRatio, oddsLow, oddsHigh };
}

export function classAnswer({ classes, sample, coefficients, blocks, measures, convergence }: Pick<LogisticFit, 'classes' | 'sample' | 'coefficients' | 'blocks' | 'measures' | 'convergence'>): object {
  return { classes: classes.map(({ en }) => en), n: sample.used, dropped: sample.dropped, coefficients: coefficients.map(termAnswer), blocks, glance: measures, convergence };
}
