/**
 * The operators of the model language: one definition for the lexer, error
 * messages, completion, inspection and the manual.
 */

/** What an operator states. */
export type OperatorRole = 'measurement' | 'formative' | 'regression' | 'covariance' | 'intercept' | 'threshold' | 'scale' | 'definition' | 'constraint';

export interface ModelOperator {
  readonly symbol: string;
  readonly role: OperatorRole;
  /** Reads as: left side, these words, right side. */
  readonly reads: string;
  readonly example: string;
}

export const MODEL_OPERATORS: readonly ModelOperator[] = [
  { symbol: '=~', role: 'measurement', reads: 'is measured by', example: 'trust =~ trust1 + trust2 + trust3' },
  { symbol: '<~', role: 'formative', reads: 'is formed by', example: 'status <~ income + education' },
  { symbol: '~~', role: 'covariance', reads: 'covaries with', example: 'trust1 ~~ trust2' },
  { symbol: '~*~', role: 'scale', reads: 'is scaled by', example: 'item ~*~ 1*item' },
  { symbol: '~1', role: 'intercept', reads: 'has the intercept', example: 'trust1 ~ 1' },
  { symbol: '~', role: 'regression', reads: 'is regressed on', example: 'loyalty ~ trust + satisfaction' },
  { symbol: '|', role: 'threshold', reads: 'has the thresholds', example: 'item | t1 + t2' },
  { symbol: ':=', role: 'definition', reads: 'is defined as', example: 'indirect := a*b' },
  { symbol: '==', role: 'constraint', reads: 'equals', example: 'a == b' },
  { symbol: '<', role: 'constraint', reads: 'is less than', example: 'a < 1' },
  { symbol: '>', role: 'constraint', reads: 'is greater than', example: 'a > 0' }
];

/** Symbols as they are written in a model, longest first, so that a scan takes the longest match. */
export const WRITTEN_OPERATORS: readonly string[] = MODEL_OPERATORS.map((operator) => operator.symbol)
  .filter((symbol) => symbol !== '~1')
  .sort((a, b) => b.length - a.length);

export function modelOperator(symbol: string): ModelOperator | undefined {
  return MODEL_OPERATORS.find((operator) => operator.symbol === symbol);
}
