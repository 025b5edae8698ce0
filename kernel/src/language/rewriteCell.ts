import type ts from 'typescript';
import { lastStatement, VALUE } from './lastStatement.js';
import { CELL, SCOPE } from './scopeNames.js';
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
    const scopeName = (name: string): ts.PropertyAccessExpression => factory.createPropertyAccessExpression(factory.createIdentifier(SCOPE), name);
    const cellMember = (name: string): ts.PropertyAccessExpression => factory.createPropertyAccessExpression(factory.createIdentifier(CELL), name);
    const assign = (target: ts.Expression, value: ts.Expression): ts.Statement => factory.createExpressionStatement(factory.createAssignment(target, value));
    /** Functions and classes that the walk is inside of: they call themselves by their own name. */
    const enclosing: ts.Node[] = [];
    let functionDepth = 0;

    function isScopeSymbol(symbol: ts.Symbol | undefined): boolean {
      const declarations = symbol?.declarations ?? [];
      // One function may have several: its overloads.
      if (declarations.some((declaration) => enclosing.includes(declaration))) return false;
      return declarations.some((declaration) => isScopeFile(declaration.getSourceFile()) && isTopLevelDeclaration(declaration));
    }

    function isTopLevelDeclaration(declaration: ts.Node): boolean {
      let node: ts.Node = declaration;
      while (typescript.isBindingElement(node) || typescript.isObjectBindingPattern(node) || typescript.isArrayBindingPattern(node)) node = node.parent;
      if (typescript.isVariableDeclaration(node)) {
        const list = node.parent;
        if (!typescript.isVariableDeclarationList(list) || isUsing(typescript, list)) return false;
        if (!(list.flags & typescript.NodeFlags.BlockScoped)) return !insideFunction(list);
        return typescript.isVariableStatement(list.parent) && typescript.isSourceFile(list.parent.parent);
      }
      if (typescript.isImportSpecifier(node) || typescript.isNamespaceImport(node) || typescript.isImportClause(node)) return true;
      return node.parent !== undefined && typescript.isSourceFile(node.parent) && (typescript.isFunctionDeclaration(node) || typescript.isClassDeclaration(node) || typescript.isEnumDeclaration(node) || typescript.isModuleDeclaration(node) || typescript.isImportEqualsDeclaration(node));
    }

    function insideFunction(start: ts.Node): boolean {
      for (let node = start; !typescript.isSourceFile(node); node = node.parent) if (typescript.isFunctionLike(node) || typescript.isClassStaticBlockDeclaration(node) || typescript.isModuleDeclaration(node)) return true;
      return false;
    }

    function refersToScope(node: ts.Identifier): boolean {
      if (!known.has(node.text)) return false;
      const { parent } = node;
      if (typescript.isPropertyAccessExpression(parent) && parent.name === node) return false;
      if (typescript.isShorthandPropertyAssignment(parent)) return isScopeSymbol(checker.getShorthandAssignmentValueSymbol(parent));
      if ((typescript.isPropertyAssignment(parent) || typescript.isMethodDeclaration(parent) || typescript.isPropertyDeclaration(parent)) && parent.name === node) return false;
      return isScopeSymbol(checker.getSymbolAtLocation(node));
    }

    /** The assignment target that a binding stands for: `{ a, b: [c = 1] }` → `({ a: scope.a, b: [scope.c = 1] })`. */
    function bindingTarget(name: ts.BindingName): ts.Expression {
      if (typescript.isIdentifier(name)) return scopeName(name.text);
      if (typescript.isObjectBindingPattern(name)) {
        return factory.createObjectLiteralExpression(
          name.elements.map((element) => {
            const target = bindingTarget(element.name);
            if (element.dotDotDotToken) return factory.createSpreadAssignment(target);
            const key = element.propertyName ? (typescript.isComputedPropertyName(element.propertyName) ? (visit(element.propertyName) as ts.PropertyName) : element.propertyName) : factory.createIdentifier((element.name as ts.Identifier).text);
            return factory.createPropertyAssignment(key, withDefault(target, element.initializer));
          })
        );
      }
      return factory.createArrayLiteralExpression(
        name.elements.map((element) => {
          if (typescript.isOmittedExpression(element)) return element;
          const target = bindingTarget(element.name);
          return element.dotDotDotToken ? factory.createSpreadElement(target) : withDefault(target, element.initializer);
        })
      );
    }

    function withDefault(target: ts.Expression, initializer: ts.Expression | undefined): ts.Expression {
      return initializer ? factory.createAssignment(target, visit(initializer) as ts.Expression) : target;
    }

    /** Functions and classes take the variable's name, as they would in `const name = …`. */
    function namedValue(name: string, initializer: ts.Expression): ts.Expression {
      const value = visit(initializer) as ts.Expression;
      let bare = initializer;
      while (typescript.isParenthesizedExpression(bare)) bare = bare.expression;
      const anonymous = typescript.isArrowFunction(bare) || ((typescript.isFunctionExpression(bare) || typescript.isClassExpression(bare)) && !bare.name);
      if (!anonymous) return value;
      return factory.createPropertyAccessExpression(factory.createParenthesizedExpression(factory.createObjectLiteralExpression([factory.createPropertyAssignment(name, value)])), name);
    }

    const sequence = (parts: readonly ts.Expression[]): ts.Expression => parts.reduce((left, right) => factory.createComma(left, right));

    /** Assignments that do what a declaration list does; `undefined` for those without a value. */
    function declarationAssignments(list: ts.VariableDeclarationList): ts.Expression[] {
      const isVar = !(list.flags & typescript.NodeFlags.BlockScoped);
      return list.declarations.flatMap((declaration): ts.Expression[] => {
        if (!declaration.initializer) {
          if (!typescript.isIdentifier(declaration.name)) return [];
          const target = scopeName(declaration.name.text);
          return [typescript.setTextRange(factory.createAssignment(target, isVar ? scopeName(declaration.name.text) : factory.createVoidZero()), declaration)];
        }
        const value = typescript.isIdentifier(declaration.name) ? namedValue(declaration.name.text, declaration.initializer) : (visit(declaration.initializer) as ts.Expression);
        return [typescript.setTextRange(factory.createAssignment(bindingTarget(declaration.name), value), declaration)];
      });
    }

    function isScopeVar(node: ts.Node): node is ts.VariableDeclarationList {
      return functionDepth === 0 && typescript.isVariableDeclarationList(node) && !(node.flags & typescript.NodeFlags.BlockScoped);
    }

    function visitInside(node: ts.Node, isFunction: boolean): ts.Node {
      enclosing.push(node);
      if (isFunction) functionDepth++;
      const result = typescript.visitEachChild(node, visit, context);
      if (isFunction) functionDepth--;
      enclosing.pop();
      return result;
    }

    function visit(node: ts.Node): ts.Node {
      if (typescript.isTypeNode(node) && !typescript.isExpressionWithTypeArguments(node)) return node;
      if (typescript.isIdentifier(node)) return refersToScope(node) ? typescript.setTextRange(scopeName(node.text), node) : node;
      if (typescript.isShorthandPropertyAssignment(node)) {
        if (!refersToScope(node.name)) return typescript.visitEachChild(node, visit, context);
        const target = scopeName(node.name.text);
        return typescript.setTextRange(factory.createPropertyAssignment(node.name.text, node.objectAssignmentInitializer ? factory.createAssignment(target, visit(node.objectAssignmentInitializer) as ts.Expression) : target), node);
      }
      if (typescript.isCallExpression(node)) return visitCall(node);
      if (typescript.isTaggedTemplateExpression(node) && typescript.isIdentifier(node.tag) && refersToScope(node.tag)) {
        return typescript.setTextRange(factory.createTaggedTemplateExpression(detached(node.tag), undefined, visit(node.template) as ts.TemplateLiteral), node);
      }
      if (typescript.isMetaProperty(node) && node.keywordToken === typescript.SyntaxKind.ImportKeyword) return cellMember('meta');
      if (typescript.isVariableStatement(node) && isScopeVar(node.declarationList)) {
        const parts = declarationAssignments(node.declarationList);
        return parts.length === 0 ? factory.createEmptyStatement() : typescript.setTextRange(factory.createExpressionStatement(sequence(parts)), node);
      }
      if (typescript.isForStatement(node) && node.initializer && isScopeVar(node.initializer)) {
        const parts = declarationAssignments(node.initializer);
        return typescript.setTextRange(factory.createForStatement(parts.length > 0 ? sequence(parts) : undefined, node.condition && (visit(node.condition) as ts.Expression), node.incrementor && (visit(node.incrementor) as ts.Expression), visit(node.statement) as ts.Statement), node);
      }
      if (typescript.isForInStatement(node) && isScopeVar(node.initializer)) {
        return typescript.setTextRange(factory.createForInStatement(bindingTarget(node.initializer.declarations[0].name), visit(node.expression) as ts.Expression, visit(node.statement) as ts.Statement), node);
      }
      if (typescript.isForOfStatement(node) && isScopeVar(node.initializer)) {
        return typescript.setTextRange(factory.createForOfStatement(node.awaitModifier, bindingTarget(node.initializer.declarations[0].name), visit(node.expression) as ts.Expression, visit(node.statement) as ts.Statement), node);
      }
      if (typescript.isCatchClause(node) && node.variableDeclaration && typescript.isIdentifier(node.variableDeclaration.name)) {
        const visited = typescript.visitEachChild(node, visit, context);
        const told = factory.createExpressionStatement(factory.createCallExpression(cellMember('caught'), undefined, [factory.createIdentifier(node.variableDeclaration.name.text)]));
        return factory.updateCatchClause(visited, visited.variableDeclaration, factory.updateBlock(visited.block, [told, ...visited.block.statements]));
      }
      if (typescript.isClassLike(node)) return visitInside(node, false);
      if (typescript.isFunctionLike(node) || typescript.isClassStaticBlockDeclaration(node) || typescript.isModuleDeclaration(node)) return visitInside(node, true);
      return typescript.visitEachChild(node, visit, context);
    }

    /** `(0, scope.f)`, so that `f()` does not pass the scope object as `this`. */
    function detached(name: ts.Identifier): ts.Expression {
      return factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), typescript.setTextRange(scopeName(name.text), name)));
    }

    function visitCall(node: ts.CallExpression): ts.Node {
      const argumentList = (): ts.Expression[] => node.arguments.map((argument) => visit(argument) as ts.Expression);
      if (node.expression.kind === typescript.SyntaxKind.ImportKeyword) return typescript.setTextRange(factory.createCallExpression(cellMember('import'), undefined, argumentList()), node);
      if (typescript.isIdentifier(node.expression) && refersToScope(node.expression)) {
        const callee = detached(node.expression);
        return typescript.setTextRange(node.questionDotToken ? factory.createCallChain(callee, node.questionDotToken, undefined, argumentList()) : factory.createCallExpression(callee, undefined, argumentList()), node);
      }
      return typescript.visitEachChild(node, visit, context);
    }

    /** True for names that exist when the program runs, not only for the checker. */
    function isValueImport(name: ts.Identifier): boolean {
      const symbol = checker.getSymbolAtLocation(name);
      if (!symbol || !(symbol.flags & typescript.SymbolFlags.Alias)) return true;
      const target = checker.getAliasedSymbol(symbol);
      return (target.flags & typescript.SymbolFlags.Value) !== 0 || !target.declarations;
    }

    function importStatements(statement: ts.ImportDeclaration, index: number): ts.Statement[] {
      const clause = statement.importClause;
      if (clause?.isTypeOnly) return [];
      const picks: (readonly [name: string, key: string])[] = [];
      if (clause?.name && isValueImport(clause.name)) picks.push([clause.name.text, 'default']);
      if (clause?.namedBindings) {
        if (typescript.isNamespaceImport(clause.namedBindings)) picks.push([clause.namedBindings.name.text, '*']);
        else for (const element of clause.namedBindings.elements) if (!element.isTypeOnly && isValueImport(element.name)) picks.push([element.name.text, (element.propertyName ?? element.name).text]);
      }
      if (clause && picks.length === 0) return [];
      const module = factory.createIdentifier(`$semlab_module${index}`);
      const attributes = statement.attributes ? [factory.createObjectLiteralExpression(statement.attributes.elements.map((element) => factory.createPropertyAssignment(element.name, element.value)))] : [];
      const load = factory.createAwaitExpression(factory.createCallExpression(cellMember('import'), undefined, [statement.moduleSpecifier, ...attributes]));
      return [
        factory.createVariableStatement(undefined, factory.createVariableDeclarationList([factory.createVariableDeclaration(module, undefined, undefined, load)], typescript.NodeFlags.Const)),
        ...picks.map(([name, key]) => assign(scopeName(name), factory.createCallExpression(cellMember('pick'), undefined, [module, factory.createStringLiteral(key)])))
      ];
    }

    function withoutExport<Node extends ts.Statement & ts.HasModifiers>(statement: Node): readonly ts.ModifierLike[] | undefined {
      return statement.modifiers?.filter((modifier) => modifier.kind !== typescript.SyntaxKind.ExportKeyword && modifier.kind !== typescript.SyntaxKind.DefaultKeyword) as readonly ts.ModifierLike[] | undefined;
    }

    function isAmbient(statement: ts.Statement): boolean {
      return typescript.canHaveModifiers(statement) && (statement.modifiers as readonly ts.ModifierLike[] | undefined)?.some((modifier) => modifier.kind === typescript.SyntaxKind.DeclareKeyword) === true;
    }

    function rewriteStatement(statement: ts.Statement, index: number, isLast: boolean): ts.Statement[] {
      const done = assign(cellMember('at'), factory.createNumericLiteral(index));
      if (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement) || typescript.isImportDeclaration(statement) || isAmbient(statement)) return [];
      if (typescript.isExportDeclaration(statement)) return exportStatements(statement);
      if (typescript.isExportAssignment(statement)) return [typescript.setTextRange(assign(isLast ? cellMember(VALUE) : scopeName('default'), visit(statement.expression) as ts.Expression), statement)];
      if (typescript.isVariableStatement(statement)) {
        if (isUsing(typescript, statement.declarationList)) return [typescript.visitEachChild(statement, visit, context)];
        return [...declarationAssignments(statement.declarationList).map((expression) => typescript.setTextRange(factory.createExpressionStatement(expression), expression)), done];
      }
      if (typescript.isFunctionDeclaration(statement)) {
        const visited = visitInside(statement, true) as ts.FunctionDeclaration;
        return [factory.updateFunctionDeclaration(visited, withoutExport(statement), visited.asteriskToken, visited.name, visited.typeParameters, visited.parameters, visited.type, visited.body)];
      }
      if (typescript.isClassDeclaration(statement)) {
        const visited = visitInside(statement, false) as ts.ClassDeclaration;
        const plain = factory.updateClassDeclaration(visited, withoutExport(visited), visited.name, visited.typeParameters, visited.heritageClauses, visited.members);
        return statement.name ? [plain, assign(scopeName(statement.name.text), factory.createIdentifier(statement.name.text)), done] : [plain];
      }
      if (typescript.isEnumDeclaration(statement)) {
        const visited = visitInside(statement, false) as ts.EnumDeclaration;
        return [factory.updateEnumDeclaration(visited, withoutExport(statement) as readonly ts.Modifier[] | undefined, visited.name, visited.members), ...(isConstEnum(statement) ? [] : [assign(scopeName(statement.name.text), factory.createIdentifier(statement.name.text))]), done];
      }
      if (typescript.isModuleDeclaration(statement)) {
        const visited = visitInside(statement, true) as ts.ModuleDeclaration;
        const name = statement.name.text;
        const symbol = checker.getSymbolAtLocation(statement.name);
        const hasValue = symbol !== undefined && (symbol.flags & typescript.SymbolFlags.ValueModule) !== 0;
        return [factory.updateModuleDeclaration(visited, withoutExport(statement), visited.name, visited.body), ...(hasValue ? [assign(scopeName(name), factory.createIdentifier(name))] : []), done];
      }
      if (typescript.isImportEqualsDeclaration(statement)) {
        const value = typescript.isExternalModuleReference(statement.moduleReference) ? factory.createCallExpression(cellMember('require'), undefined, [statement.moduleReference.expression]) : (entityExpression(statement.moduleReference) as ts.Expression);
        return statement.isTypeOnly || !isValueImport(statement.name) ? [] : [assign(scopeName(statement.name.text), value), done];
      }
      if (isLast && typescript.isExpressionStatement(statement)) return [typescript.setTextRange(assign(cellMember(VALUE), visit(statement.expression) as ts.Expression), statement)];
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
      if (statement.moduleSpecifier) return [factory.createExpressionStatement(factory.createAwaitExpression(factory.createCallExpression(cellMember('import'), undefined, [statement.moduleSpecifier])))];
      return [];
    }

    return (file) => {
      if (file !== cell) return file;
      const statements = file.statements;
      const last = lastStatement(typescript, file, sourceLength);
      const functions = statements.filter((statement): statement is ts.FunctionDeclaration => typescript.isFunctionDeclaration(statement) && statement.body !== undefined && statement.name !== undefined && !isAmbient(statement));
      const body = [
        ...statements.flatMap((statement, index) => (typescript.isImportDeclaration(statement) ? importStatements(statement, index) : [])),
        ...functions.map((statement) => assign(scopeName(statement.name!.text), factory.createIdentifier(statement.name!.text))),
        ...statements.flatMap((statement, index) => rewriteStatement(statement, index, index === last))
      ];
      const main = factory.createArrowFunction([factory.createModifier(typescript.SyntaxKind.AsyncKeyword)], undefined, [], undefined, undefined, factory.createBlock(body, true));
      return factory.updateSourceFile(file, [factory.createExpressionStatement(factory.createAssignment(cellMember('main'), main))]);
    };
  };
}
