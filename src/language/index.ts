// The model language: text to checked tree, no data.
export { formatModel, formatName } from './format.js';
export { LONGEST_MODEL, parseModel, readModel, type ReadModel } from './parser.js';
export type { BlockHeader, Constraint, Definition, Expression, Formula, FormulaOperator, Modifier, ModelSyntax, Statement, Term, VariableName } from './syntax.js';
