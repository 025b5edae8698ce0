import { formulas } from '../statements.js';
import type { SyntaxCheck } from './check.js';

/** Right of `|` stand thresholds: t1, t2, … */
export const checkThresholds: SyntaxCheck = (syntax) =>
  formulas(syntax)
    .filter((formula) => formula.op === '|')
    .flatMap((formula) =>
      formula.right
        .filter((right) => !/^t\d+$/.test(right.variable.name))
        .map((right) => ({ severity: 'error' as const, code: 'threshold-name', message: `\`${right.variable.name}\` is not a threshold`, span: right.variable.span, help: 'thresholds are named `t1`, `t2`, … from the lowest' }))
    );
