import type { Diagnostic } from '../../shared/diagnostic.js';
import { nearest } from '../../shared/suggest.js';
import { mapPacked } from '../../shared/packedArray.js';
import { visitNames } from '../expression/names.js';
import { CONSTANTS } from '../expression/functions.js';
import { definitions, labels, variables } from '../statements.js';
import type { Constraint, Expression, ModelSyntax } from '../syntax.js';
import type { SyntaxCheck } from './check.js';

/** Built-in labels: `.p1.` of the parameter table. */
const BUILT_IN = /^\.p\d+\.$/;

/** Names in `:=`, `==`, `<`, `>` are labels or defined parameters. */
export const checkConstraintNames: SyntaxCheck = (syntax) => {
  const known = new Set([...labels(syntax), ...equalTargets(syntax), ...mapPacked(definitions(syntax), (definition) => definition.name.name)]);
  const observed = variables(syntax);
  const found: Diagnostic[] = [];
  const check = (expression: Expression, operator: string): void =>
    visitNames(expression, ({ name, span }) => {
      if (known.has(name) || BUILT_IN.test(name) || CONSTANTS.has(name)) return;
      const near = nearest(name, known);
      const help = near
        ? `did you mean \`${near}\`?`
        : observed.has(name)
          ? `\`${name}\` is a variable; \`${operator}\` relates labels of parameters, for example \`y ~ ${name.replace(/\W/g, '')}_effect*${name}\``
          : known.size > 0
            ? `labels of this model: ${[...known].slice(0, 12).join(', ')}`
            : 'no parameter of this model has a label; give one with `label*variable`';
      found.push({ severity: 'error', code: 'unknown-label', message: `\`${name}\` is not a label of any parameter`, ...(span ? { span } : {}), help });
    });
  for (const statement of syntax.statements) {
    if (statement.type === 'definition') check(statement.expression, ':=');
    if (statement.type === 'constraint') {
      const arrow = leftArrow(statement, known);
      if (arrow) {
        found.push(arrow);
        continue;
      }
      check(statement.left, statement.op);
      check(statement.right, statement.op);
    }
  }
  return found;
};

/** `y <- x` reads as `y < -x`, which nobody means. */
function leftArrow({ op, left, right, operatorSpan }: Constraint, known: ReadonlySet<string>): Diagnostic | undefined {
  if (op !== '<' || left.type !== 'name' || right.type !== 'unary' || right.operator !== '-' || right.argument.type !== 'name') return undefined;
  if (known.has(left.name) || known.has(right.argument.name) || right.span?.start !== operatorSpan.end) return undefined;
  return { severity: 'error', code: 'unknown-label', message: '`<-` is no operator, and here are no labels to compare', span: operatorSpan, help: `did you mean \`${left.name} ~ ${right.argument.name}\`?` };
}

/** Parameters named by `equal("f=~x2")` may be named in constraints too. */
function equalTargets(syntax: ModelSyntax): readonly string[] {
  return syntax.statements.flatMap((statement) => (statement.type === 'formula' ? statement.right.flatMap((term) => term.modifiers.flatMap((modifier) => (modifier.type === 'equal' ? modifier.values : []))) : []));
}
