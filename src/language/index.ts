// The model language: text to checked tree, no data.
export { formatModel, formatName } from './format.js';
export { toLavaan } from './export/toLavaan.js';
export { toMplus } from './export/toMplus.js';
export { toSemopy, type ExportedModel } from './export/toSemopy.js';
export { LONGEST_MODEL, parseModel, readModel, type ReadModel } from './parser.js';
export type { BlockHeader, Constraint, Definition, Expression, Formula, FormulaOperator, Modifier, ModelSyntax, Statement, Term, VariableName } from './syntax.js';
