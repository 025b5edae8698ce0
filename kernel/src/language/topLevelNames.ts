import type ts from 'typescript';
import type { TypeScript } from './typescript.js';

/** One name that a cell defines for later cells, and the statement that defines it. */
export interface TopLevelName {
  readonly name: string;
  /** Index of the statement in the cell. */
  readonly statement: number;
  /** True when it exists before the first statement runs: functions, types, imports. */
  readonly hoisted: boolean;
  readonly isType: boolean;
  /** True when the statement itself says `export`. */
  readonly exported: boolean;
}

/** Names inside a binding: `a`, `{ a, b: [c] }`. */
export function bindingNames(typescript: TypeScript, name: ts.BindingName): string[] {
  if (typescript.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (typescript.isOmittedExpression(element) ? [] : bindingNames(typescript, element.name)));
}

/** `using` variables end with their cell, so they are not carried over. */
export function isUsing(typescript: TypeScript, list: ts.VariableDeclarationList): boolean {
  return (list.flags & typescript.NodeFlags.BlockScoped) === typescript.NodeFlags.Using || (list.flags & typescript.NodeFlags.BlockScoped) === typescript.NodeFlags.AwaitUsing;
}

/** Every name that a cell's statements put into the notebook's scope. */
export function topLevelNames(typescript: TypeScript, file: ts.SourceFile): TopLevelName[] {
  const found: TopLevelName[] = [];
  file.statements.forEach((statement, index) => {
    const exported = typescript.canHaveModifiers(statement) && (typescript.getModifiers(statement) ?? []).some((modifier) => modifier.kind === typescript.SyntaxKind.ExportKeyword);
    const isDefault = typescript.canHaveModifiers(statement) && (typescript.getModifiers(statement) ?? []).some((modifier) => modifier.kind === typescript.SyntaxKind.DefaultKeyword);
    const isType = typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement);
    const add = (name: string, hoisted: boolean): void => {
      found.push({ name, statement: index, hoisted, isType, exported: exported && !isDefault });
    };
    if (typescript.isVariableStatement(statement)) {
      if (!isUsing(typescript, statement.declarationList)) for (const declaration of statement.declarationList.declarations) for (const name of bindingNames(typescript, declaration.name)) add(name, false);
    } else if (typescript.isFunctionDeclaration(statement)) {
      if (statement.name) add(statement.name.text, true);
    } else if (typescript.isClassDeclaration(statement) || typescript.isEnumDeclaration(statement)) {
      if (statement.name) add(statement.name.text, false);
    } else if (isType) {
      add(statement.name.text, true);
    } else if (typescript.isModuleDeclaration(statement)) {
      if (typescript.isIdentifier(statement.name) && !(statement.flags & typescript.NodeFlags.GlobalAugmentation)) add(statement.name.text, false);
    } else if (typescript.isImportEqualsDeclaration(statement)) {
      add(statement.name.text, true);
    } else if (typescript.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      if (clause?.name) add(clause.name.text, true);
      if (clause?.namedBindings) {
        if (typescript.isNamespaceImport(clause.namedBindings)) add(clause.namedBindings.name.text, true);
        else for (const element of clause.namedBindings.elements) add(element.name.text, true);
      }
    } else {
      for (const name of hoistedVariables(typescript, statement)) add(name, false);
    }
  });
  return found;
}

/** `var` inside blocks and loops of the top level, which JavaScript hoists out of them. */
function hoistedVariables(typescript: TypeScript, statement: ts.Statement): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isFunctionLike(node) || typescript.isClassLike(node) || typescript.isModuleDeclaration(node)) return;
    if (typescript.isVariableDeclarationList(node) && !(node.flags & typescript.NodeFlags.BlockScoped)) for (const declaration of node.declarations) names.push(...bindingNames(typescript, declaration.name));
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}
