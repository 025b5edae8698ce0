import type ts from 'typescript';
import type { ScopeAssignments } from './scopeAssignments.js';
import type { TypeScript } from './typescript.js';

/** True for names that exist when the program runs, not only for the checker. */
export function isValueImport(typescript: TypeScript, checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol || !(symbol.flags & typescript.SymbolFlags.Alias)) return true;
  const target = checker.getAliasedSymbol(symbol);
  return (target.flags & typescript.SymbolFlags.Value) !== 0 || !target.declarations;
}

/** `import { x } from 'm'` as `const module = await cell.import('m'); scope.x = cell.pick(module, 'x')`. */
export function importStatements(typescript: TypeScript, checker: ts.TypeChecker, factory: ts.NodeFactory, to: ScopeAssignments, statement: ts.ImportDeclaration, index: number): ts.Statement[] {
  const clause = statement.importClause;
  if (clause?.isTypeOnly) return [];
  const isValue = (name: ts.Identifier): boolean => isValueImport(typescript, checker, name);
  const picks: (readonly [name: string, key: string])[] = [];
  if (clause?.name && isValue(clause.name)) picks.push([clause.name.text, 'default']);
  if (clause?.namedBindings) {
    if (typescript.isNamespaceImport(clause.namedBindings)) picks.push([clause.namedBindings.name.text, '*']);
    else for (const element of clause.namedBindings.elements) if (!element.isTypeOnly && isValue(element.name)) picks.push([element.name.text, (element.propertyName ?? element.name).text]);
  }
  if (clause && picks.length === 0) return [];
  const module = factory.createIdentifier(`$semlab_module${index}`);
  const attributes = statement.attributes ? [factory.createObjectLiteralExpression(statement.attributes.elements.map((element) => factory.createPropertyAssignment(element.name, element.value)))] : [];
  const load = factory.createAwaitExpression(factory.createCallExpression(to.ofCell('import'), undefined, [statement.moduleSpecifier, ...attributes]));
  return [
    factory.createVariableStatement(undefined, factory.createVariableDeclarationList([factory.createVariableDeclaration(module, undefined, undefined, load)], typescript.NodeFlags.Const)),
    ...picks.map(([name, key]) => to.statement(to.variable(name), factory.createCallExpression(to.ofCell('pick'), undefined, [module, factory.createStringLiteral(key)])))
  ];
}
