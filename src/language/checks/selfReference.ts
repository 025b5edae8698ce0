import { formulas } from '../statements.js';
import type { SyntaxCheck } from './check.js';

/** A latent variable is not its own indicator, a variable not its own predictor. */
export const checkSelfReference: SyntaxCheck = (syntax) =>
  formulas(syntax)
    .filter((formula) => formula.op === '=~' || formula.op === '<~' || formula.op === '~')
    .flatMap((formula) =>
      formula.left.flatMap((left) =>
        formula.right
          .filter((right) => right.variable.name === left.variable.name)
          .map((right) => ({
            severity: 'error' as const,
            code: 'self-reference',
            message: formula.op === '~' ? `\`${left.variable.name}\` is regressed on itself` : `\`${left.variable.name}\` is its own indicator`,
            span: right.span,
            help: formula.op === '~' ? `a residual variance is written \`${left.variable.name} ~~ ${left.variable.name}\`` : 'give the latent variable a name of its own'
          }))
      )
    );
