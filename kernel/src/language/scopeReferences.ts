import type ts from 'typescript';
import { isUsing } from './topLevelNames.js';
import type { TypeScript } from './typescript.js';

/** Which words of a cell mean variables of the notebook. */
export interface ScopeReferences {
  /** Whether an identifier stands for a variable of the notebook. */
  isReference(node: ts.Identifier): boolean;
  /** Runs a visit of a function or class, inside of which its own name means itself. */
  within<Result>(node: ts.Node, visit: () => Result): Result;
}

/**
 * @param known names that earlier cells or this cell declare
 * @param isScopeFile tells the files whose top level is the notebook's scope
 */
export function scopeReferences(typescript: TypeScript, checker: ts.TypeChecker, known: ReadonlySet<string>, isScopeFile: (file: ts.SourceFile) => boolean): ScopeReferences {
  const enclosing: ts.Node[] = [];

  function isScopeSymbol(symbol: ts.Symbol | undefined): boolean {
    const declarations = symbol?.declarations ?? [];
    // One function may have several: its overloads.
    if (declarations.some((declaration) => enclosing.includes(declaration))) return false;
    return declarations.some((declaration) => isScopeFile(declaration.getSourceFile()) && isTopLevelDeclaration(typescript, declaration));
  }

  return {
    isReference(node) {
      if (!known.has(node.text)) return false;
      const { parent } = node;
      if (typescript.isPropertyAccessExpression(parent) && parent.name === node) return false;
      if (typescript.isJsxAttribute(parent) || ((typescript.isJsxOpeningLikeElement(parent) || typescript.isJsxClosingElement(parent)) && /^[a-z]/.test(node.text))) return false;
      if (typescript.isShorthandPropertyAssignment(parent)) return isScopeSymbol(checker.getShorthandAssignmentValueSymbol(parent));
      if ((typescript.isPropertyAssignment(parent) || typescript.isMethodDeclaration(parent) || typescript.isPropertyDeclaration(parent)) && parent.name === node) return false;
      return isScopeSymbol(checker.getSymbolAtLocation(node));
    },
    within(node, visit) {
      enclosing.push(node);
      try {
        return visit();
      } finally {
        enclosing.pop();
      }
    }
  };
}

/** Whether a declaration is one of the notebook's scope: of its file's top level, or a `var` outside of functions. */
function isTopLevelDeclaration(typescript: TypeScript, declaration: ts.Node): boolean {
  let node: ts.Node = declaration;
  while (typescript.isBindingElement(node) || typescript.isObjectBindingPattern(node) || typescript.isArrayBindingPattern(node)) node = node.parent;
  if (typescript.isVariableDeclaration(node)) {
    const list = node.parent;
    if (!typescript.isVariableDeclarationList(list) || isUsing(typescript, list)) return false;
    if (!(list.flags & typescript.NodeFlags.BlockScoped)) return !insideFunction(typescript, list);
    return typescript.isVariableStatement(list.parent) && typescript.isSourceFile(list.parent.parent);
  }
  if (typescript.isImportSpecifier(node) || typescript.isNamespaceImport(node) || typescript.isImportClause(node)) return true;
  return node.parent !== undefined && typescript.isSourceFile(node.parent) && (typescript.isFunctionDeclaration(node) || typescript.isClassDeclaration(node) || typescript.isEnumDeclaration(node) || typescript.isModuleDeclaration(node) || typescript.isImportEqualsDeclaration(node));
}

function insideFunction(typescript: TypeScript, start: ts.Node): boolean {
  for (let node = start; !typescript.isSourceFile(node); node = node.parent) if (typescript.isFunctionLike(node) || typescript.isClassStaticBlockDeclaration(node) || typescript.isModuleDeclaration(node)) return true;
  return false;
}
