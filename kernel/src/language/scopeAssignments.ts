import type ts from 'typescript';
import { CELL, SCOPE } from './scopeNames.js';
import type { TypeScript } from './typescript.js';

/** Makes the expressions that a cell is rewritten to; `visit` rewrites what stands inside of them. */
export class ScopeAssignments {
  readonly #typescript: TypeScript;
  readonly #factory: ts.NodeFactory;
  readonly #visit: (node: ts.Node) => ts.Node;

  constructor(typescript: TypeScript, factory: ts.NodeFactory, visit: (node: ts.Node) => ts.Node) {
    this.#typescript = typescript;
    this.#factory = factory;
    this.#visit = visit;
  }

  /** A variable of the notebook. */
  variable(name: string): ts.PropertyAccessExpression {
    return this.#factory.createPropertyAccessExpression(this.#factory.createIdentifier(SCOPE), name);
  }

  /** What the kernel gives a running cell. */
  ofCell(name: string): ts.PropertyAccessExpression {
    return this.#factory.createPropertyAccessExpression(this.#factory.createIdentifier(CELL), name);
  }

  statement(target: ts.Expression, value: ts.Expression): ts.Statement {
    return this.#factory.createExpressionStatement(this.#factory.createAssignment(target, value));
  }

  /** The assignment target that a binding stands for: `{ a, b: [c = 1] }` → `({ a: scope.a, b: [scope.c = 1] })`. */
  target(name: ts.BindingName): ts.Expression {
    const typescript = this.#typescript;
    const factory = this.#factory;
    if (typescript.isIdentifier(name)) return this.variable(name.text);
    if (typescript.isObjectBindingPattern(name)) {
      return factory.createObjectLiteralExpression(
        name.elements.map((element) => {
          const target = this.target(element.name);
          if (element.dotDotDotToken) return factory.createSpreadAssignment(target);
          const key = element.propertyName ? (typescript.isComputedPropertyName(element.propertyName) ? (this.#visit(element.propertyName) as ts.PropertyName) : element.propertyName) : factory.createIdentifier((element.name as ts.Identifier).text);
          return factory.createPropertyAssignment(key, this.#withDefault(target, element.initializer));
        })
      );
    }
    return factory.createArrayLiteralExpression(
      name.elements.map((element) => {
        if (typescript.isOmittedExpression(element)) return element;
        const target = this.target(element.name);
        return element.dotDotDotToken ? factory.createSpreadElement(target) : this.#withDefault(target, element.initializer);
      })
    );
  }

  /** Assignments that do what a declaration list does. */
  ofDeclarations(list: ts.VariableDeclarationList): ts.Expression[] {
    const typescript = this.#typescript;
    const factory = this.#factory;
    const isVar = !(list.flags & typescript.NodeFlags.BlockScoped);
    return list.declarations.flatMap((declaration): ts.Expression[] => {
      if (!declaration.initializer) {
        if (!typescript.isIdentifier(declaration.name)) return [];
        const target = this.variable(declaration.name.text);
        return [typescript.setTextRange(factory.createAssignment(target, isVar ? this.variable(declaration.name.text) : factory.createVoidZero()), declaration)];
      }
      const value = typescript.isIdentifier(declaration.name) ? this.#named(declaration.name.text, declaration.initializer) : (this.#visit(declaration.initializer) as ts.Expression);
      return [typescript.setTextRange(factory.createAssignment(this.target(declaration.name), value), declaration)];
    });
  }

  /** Functions and classes take the variable's name, as they would in `const name = …`. */
  #named(name: string, initializer: ts.Expression): ts.Expression {
    const typescript = this.#typescript;
    const factory = this.#factory;
    const value = this.#visit(initializer) as ts.Expression;
    let bare = initializer;
    while (typescript.isParenthesizedExpression(bare)) bare = bare.expression;
    const anonymous = typescript.isArrowFunction(bare) || ((typescript.isFunctionExpression(bare) || typescript.isClassExpression(bare)) && !bare.name);
    if (!anonymous) return value;
    return factory.createPropertyAccessExpression(factory.createParenthesizedExpression(factory.createObjectLiteralExpression([factory.createPropertyAssignment(name, value)])), name);
  }

  #withDefault(target: ts.Expression, initializer: ts.Expression | undefined): ts.Expression {
    return initializer ? this.#factory.createAssignment(target, this.#visit(initializer) as ts.Expression) : target;
  }
}
