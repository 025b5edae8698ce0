import type ts from 'typescript';
import { importStatements, isValueImport } from './cellImports.js';
import { lastStatement, VALUE } from './lastStatement.js';
import { ScopeAssignments } from './scopeAssignments.js';
import { scopeReferences } from './scopeReferences.js';
import { isUsing } from './topLevelNames.js';
import type { TypeScript } from './typescript.js';

/**
 * Turns a cell into one async function over the notebook's scope object:
 *
 *   const a = 1;            $semlab_scope.a = 1; $semlab_cell.at = 0;
 *   function f() { … }      $semlab_scope.f = f (first of all)
 *   import { x } from 'm'   $semlab_scope.x = pick(await import('m'), 'x')
 *   a + 1                   $semlab_cell.value = $semlab_scope.a + 1
 *
 * Every read and write of a top-level name, in any cell and in any closure, goes
 * to the scope object: a closure always sees the newest value, and a statement
 * that fails before its assignment leaves the old value alone.
 *
 * @param known names that earlier cells or this cell declare
 * @param isScopeFile tells the files whose top level is the notebook's scope
 */
export function rewriteCell(typescript: TypeScript, checker: ts.TypeChecker, cell: ts.SourceFile, known: ReadonlySet<string>, isScopeFile: (file: ts.SourceFile) => boolean, sourceLength: number): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const { factory } = context;
    const references = scopeReferences(typescript, checker, known, isScopeFile);
    const to = new ScopeAssignments(typescript, factory, visit);
    let functionDepth = 0;

    const sequence = (parts: readonly ts.Expression[]): ts.Expression => parts.reduce((left, right) => factory.createComma(left, right));

    function isScopeVar(node: ts.Node): node is ts.VariableDeclarationList {
      return functionDepth === 0 && typescript.isVariableDeclarationList(node) && !(node.flags & typescript.NodeFlags.BlockScoped);
    }

    function visitInside(node: ts.Node, isFunction: boolean): ts.Node {
      if (isFunction) functionDepth++;
      const result = references.within(node, () => typescript.visitEachChild(node, visit, context));
      if (isFunction) functionDepth--;
      return result;
    }

    function visit(node: ts.Node): ts.Node {
      if (typescript.isTypeNode(node) && !typescript.isExpressionWithTypeArguments(node)) return node;
      if (typescript.isIdentifier(node)) return references.isReference(node) ? typescript.setTextRange(to.variable(node.text), node) : node;
      if (typescript.isShorthandPropertyAssignment(node)) {
        if (!references.isReference(node.name)) return typescript.visitEachChild(node, visit, context);
        const target = to.variable(node.name.text);
        return typescript.setTextRange(factory.createPropertyAssignment(node.name.text, node.objectAssignmentInitializer ? factory.createAssignment(target, visit(node.objectAssignmentInitializer) as ts.Expression) : target), node);
      }
      if (typescript.isCallExpression(node)) return visitCall(node);
      if (typescript.isTaggedTemplateExpression(node) && typescript.isIdentifier(node.tag) && references.isReference(node.tag)) {
        return typescript.setTextRange(factory.createTaggedTemplateExpression(detached(node.tag), undefined, visit(node.template) as ts.TemplateLiteral), node);
      }
      if (typescript.isMetaProperty(node) && node.keywordToken === typescript.SyntaxKind.ImportKeyword) return to.ofCell('meta');
      if (typescript.isVariableStatement(node) && isScopeVar(node.declarationList)) {
        const parts = to.ofDeclarations(node.declarationList);
        return parts.length === 0 ? factory.createEmptyStatement() : typescript.setTextRange(factory.createExpressionStatement(sequence(parts)), node);
      }
      if (typescript.isForStatement(node) && node.initializer && isScopeVar(node.initializer)) {
        const parts = to.ofDeclarations(node.initializer);
        return typescript.setTextRange(factory.createForStatement(parts.length > 0 ? sequence(parts) : undefined, node.condition && (visit(node.condition) as ts.Expression), node.incrementor && (visit(node.incrementor) as ts.Expression), visit(node.statement) as ts.Statement), node);
      }
      if (typescript.isForInStatement(node) && isScopeVar(node.initializer)) {
        return typescript.setTextRange(factory.createForInStatement(to.target(node.initializer.declarations[0].name), visit(node.expression) as ts.Expression, visit(node.statement) as ts.Statement), node);
      }
      if (typescript.isForOfStatement(node) && isScopeVar(node.initializer)) {
        return typescript.setTextRange(factory.createForOfStatement(node.awaitModifier, to.target(node.initializer.declarations[0].name), visit(node.expression) as ts.Expression, visit(node.statement) as ts.Statement), node);
      }
      if (typescript.isCatchClause(node) && node.variableDeclaration && typescript.isIdentifier(node.variableDeclaration.name)) {
        const visited = typescript.visitEachChild(node, visit, context);
        const told = factory.createExpressionStatement(factory.createCallExpression(to.ofCell('caught'), undefined, [factory.createIdentifier(node.variableDeclaration.name.text)]));
        return factory.updateCatchClause(visited, visited.variableDeclaration, factory.updateBlock(visited.block, [told, ...visited.block.statements]));
      }
      if (typescript.isClassLike(node)) return visitInside(node, false);
      if (typescript.isFunctionLike(node) || typescript.isClassStaticBlockDeclaration(node) || typescript.isModuleDeclaration(node)) return visitInside(node, true);
      return typescript.visitEachChild(node, visit, context);
    }

    /** `(0, scope.f)`, so that `f()` does not pass the scope object as `this`. */
    function detached(name: ts.Identifier): ts.Expression {
      return factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), typescript.setTextRange(to.variable(name.text), name)));
    }

    function visitCall(node: ts.CallExpression): ts.Node {
      const argumentList = (): ts.Expression[] => node.arguments.map((argument) => visit(argument) as ts.Expression);
      if (node.expression.kind === typescript.SyntaxKind.ImportKeyword) return typescript.setTextRange(factory.createCallExpression(to.ofCell('import'), undefined, argumentList()), node);
      if (typescript.isIdentifier(node.expression) && references.isReference(node.expression)) {
        const callee = detached(node.expression);
        return typescript.setTextRange(node.questionDotToken ? factory.createCallChain(callee, node.questionDotToken, undefined, argumentList()) : factory.createCallExpression(callee, undefined, argumentList()), node);
      }
      return typescript.visitEachChild(node, visit, context);
    }

    function withoutExport<Node extends ts.Statement & ts.HasModifiers>(statement: Node): readonly ts.ModifierLike[] | undefined {
      return statement.modifiers?.filter((modifier) => modifier.kind !== typescript.SyntaxKind.ExportKeyword && modifier.kind !== typescript.SyntaxKind.DefaultKeyword) as readonly ts.ModifierLike[] | undefined;
    }

    function isAmbient(statement: ts.Statement): boolean {
      return typescript.canHaveModifiers(statement) && (statement.modifiers as readonly ts.ModifierLike[] | undefined)?.some((modifier) => modifier.kind === typescript.SyntaxKind.DeclareKeyword) === true;
    }

    function rewriteStatement(statement: ts.Statement, index: number, isLast: boolean): ts.Statement[] {
      const done = to.statement(to.ofCell('at'), factory.createNumericLiteral(index));
      if (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement) || typescript.isImportDeclaration(statement) || isAmbient(statement)) return [];
      if (typescript.isExportDeclaration(statement)) return exportStatements(statement);
      if (typescript.isExportAssignment(statement)) return [typescript.setTextRange(to.statement(isLast ? to.ofCell(VALUE) : to.variable('default'), visit(statement.expression) as ts.Expression), statement)];
      if (typescript.isVariableStatement(statement)) {
        if (isUsing(typescript, statement.declarationList)) return [typescript.visitEachChild(statement, visit, context)];
        return [...to.ofDeclarations(statement.declarationList).map((expression) => typescript.setTextRange(factory.createExpressionStatement(expression), expression)), done];
      }
      if (typescript.isFunctionDeclaration(statement)) {
        const visited = visitInside(statement, true) as ts.FunctionDeclaration;
        return [factory.updateFunctionDeclaration(visited, withoutExport(statement), visited.asteriskToken, visited.name, visited.typeParameters, visited.parameters, visited.type, visited.body)];
      }
      if (typescript.isClassDeclaration(statement)) {
        const visited = visitInside(statement, false) as ts.ClassDeclaration;
        const plain = factory.updateClassDeclaration(visited, withoutExport(visited), visited.name, visited.typeParameters, visited.heritageClauses, visited.members);
        return statement.name ? [plain, to.statement(to.variable(statement.name.text), factory.createIdentifier(statement.name.text)), done] : [plain];
      }
      if (typescript.isEnumDeclaration(statement)) {
        const visited = visitInside(statement, false) as ts.EnumDeclaration;
        return [factory.updateEnumDeclaration(visited, withoutExport(statement) as readonly ts.Modifier[] | undefined, visited.name, visited.members), ...(isConstEnum(statement) ? [] : [to.statement(to.variable(statement.name.text), factory.createIdentifier(statement.name.text))]), done];
      }
      if (typescript.isModuleDeclaration(statement)) {
        const visited = visitInside(statement, true) as ts.ModuleDeclaration;
        const name = statement.name.text;
        const symbol = checker.getSymbolAtLocation(statement.name);
        const hasValue = symbol !== undefined && (symbol.flags & typescript.SymbolFlags.ValueModule) !== 0;
        return [factory.updateModuleDeclaration(visited, withoutExport(statement), visited.name, visited.body), ...(hasValue ? [to.statement(to.variable(name), factory.createIdentifier(name))] : []), done];
      }
      if (typescript.isImportEqualsDeclaration(statement)) {
        const value = typescript.isExternalModuleReference(statement.moduleReference) ? factory.createCallExpression(to.ofCell('require'), undefined, [statement.moduleReference.expression]) : (entityExpression(statement.moduleReference) as ts.Expression);
        return statement.isTypeOnly || !isValueImport(typescript, checker, statement.name) ? [] : [to.statement(to.variable(statement.name.text), value), done];
      }
      if (isLast && typescript.isExpressionStatement(statement)) return [typescript.setTextRange(to.statement(to.ofCell(VALUE), visit(statement.expression) as ts.Expression), statement)];
      const visited = visit(statement) as ts.Statement;
      return [visited, done];
    }

    function isConstEnum(statement: ts.EnumDeclaration): boolean {
      return statement.modifiers?.some((modifier) => modifier.kind === typescript.SyntaxKind.ConstKeyword) === true;
    }

    function entityExpression(name: ts.EntityName): ts.Expression {
      return typescript.isIdentifier(name) ? (visit(name) as ts.Expression) : factory.createPropertyAccessExpression(entityExpression(name.left), name.right.text);
    }

    function exportStatements(statement: ts.ExportDeclaration): ts.Statement[] {
      if (statement.getStart(cell) >= sourceLength || statement.isTypeOnly) return [];
      if (statement.moduleSpecifier) return [factory.createExpressionStatement(factory.createAwaitExpression(factory.createCallExpression(to.ofCell('import'), undefined, [statement.moduleSpecifier])))];
      return [];
    }

    return (file) => {
      if (file !== cell) return file;
      const statements = file.statements;
      const last = lastStatement(typescript, file, sourceLength);
      const functions = statements.filter((statement): statement is ts.FunctionDeclaration => typescript.isFunctionDeclaration(statement) && statement.body !== undefined && statement.name !== undefined && !isAmbient(statement));
      const body = [
        ...statements.flatMap((statement, index) => (typescript.isImportDeclaration(statement) ? importStatements(typescript, checker, factory, to, statement, index) : [])),
        ...functions.map((statement) => to.statement(to.variable(statement.name!.text), factory.createIdentifier(statement.name!.text))),
        ...statements.flatMap((statement, index) => rewriteStatement(statement, index, index === last))
      ];
      const main = factory.createArrowFunction([factory.createModifier(typescript.SyntaxKind.AsyncKeyword)], undefined, [], undefined, undefined, factory.createBlock(body, true));
      return factory.updateSourceFile(file, [factory.createExpressionStatement(factory.createAssignment(to.ofCell('main'), main))]);
    };
  };
}
