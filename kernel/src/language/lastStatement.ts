import type ts from 'typescript';
import type { TypeScript } from './typescript.js';

/** Where a cell leaves the value of its last expression. */
export const VALUE = 'value';

/** Index of the statement whose value is the cell's, if it has one: types and empty statements behind it do not count. */
export function lastStatement(typescript: TypeScript, file: ts.SourceFile, length: number): number {
  const { statements } = file;
  let last = statements.length - 1;
  while (last >= 0 && (statements[last].getStart(file) >= length || typescript.isEmptyStatement(statements[last]) || typescript.isInterfaceDeclaration(statements[last]) || typescript.isTypeAliasDeclaration(statements[last]))) last--;
  return last;
}

/** Index of the last statement when it is an expression, else -1. */
export function valueStatement(typescript: TypeScript, file: ts.SourceFile, length: number): number {
  const last = lastStatement(typescript, file, length);
  return last >= 0 && (typescript.isExpressionStatement(file.statements[last]) || typescript.isExportAssignment(file.statements[last])) ? last : -1;
}

/** Whether a cell waits outside of its functions. */
export function hasTopLevelAwait(typescript: TypeScript, file: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean => {
    if (typescript.isFunctionLike(node) || typescript.isTypeNode(node)) return false;
    if (typescript.isAwaitExpression(node) || (typescript.isForOfStatement(node) && node.awaitModifier !== undefined)) return true;
    if (typescript.isVariableDeclarationList(node) && (node.flags & typescript.NodeFlags.AwaitUsing) === typescript.NodeFlags.AwaitUsing) return true;
    return typescript.forEachChild(node, visit) ?? false;
  };
  return visit(file);
}
