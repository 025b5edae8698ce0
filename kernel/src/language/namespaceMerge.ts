import type ts from 'typescript';
import type { ScopeChain } from './scopeChain.js';
import { SCOPE } from './scopeNames.js';
import { bindingNames } from './topLevelNames.js';
import type { TypeScript } from './typescript.js';

/** A namespace that goes on from one of an earlier cell. */
export interface NamespaceMerge {
  readonly names: ReadonlySet<string>;
  /** Declarations of members that the cell does not declare anew, to be checked with it. */
  readonly text: string;
}

/** Names that the statements of a namespace declare. */
function memberNames(typescript: TypeScript, statement: ts.Statement): string[] {
  if (typescript.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap((one) => bindingNames(typescript, one.name));
  const { name } = statement as { name?: ts.Node };
  return name && typescript.isIdentifier(name) ? [name.text] : [];
}

/** Namespaces merge over cells as they do within a file; a member declared anew replaces the old one. */
export function namespaceMerge(typescript: TypeScript, cell: ts.SourceFile, chain: ScopeChain): NamespaceMerge {
  const blocks = new Map<string, { readonly members: Set<string>; readonly exported: boolean }>();
  for (const statement of cell.statements) {
    if (!typescript.isModuleDeclaration(statement) || !typescript.isIdentifier(statement.name) || statement.flags & typescript.NodeFlags.GlobalAugmentation || !statement.body || !typescript.isModuleBlock(statement.body)) continue;
    const modifiers = statement.modifiers ?? [];
    if (modifiers.some((modifier) => modifier.kind === typescript.SyntaxKind.DeclareKeyword)) continue;
    const block = blocks.get(statement.name.text) ?? { members: new Set<string>(), exported: modifiers.some((modifier) => modifier.kind === typescript.SyntaxKind.ExportKeyword) };
    for (const inner of statement.body.statements) for (const name of memberNames(typescript, inner)) block.members.add(name);
    blocks.set(statement.name.text, block);
  }
  const names = new Set<string>();
  let text = '';
  for (const [name, { members, exported }] of blocks) {
    const record = chain.newest(name);
    if (!record) continue;
    const older = typescript.createSourceFile('older.d.ts', record.text, typescript.ScriptTarget.Latest, false);
    if (older.statements.length === 0 || !older.statements.every((statement) => typescript.isModuleDeclaration(statement) && statement.body && typescript.isModuleBlock(statement.body))) continue;
    // A class or function of that name in the cell begins anew.
    if (cell.statements.some((statement) => (typescript.isClassDeclaration(statement) || typescript.isFunctionDeclaration(statement) || typescript.isEnumDeclaration(statement)) && statement.name?.text === name)) continue;
    names.add(name);
    const kept = older.statements.flatMap((statement) => ((statement as ts.ModuleDeclaration).body as ts.ModuleBlock).statements.filter((inner) => memberNames(typescript, inner).every((member) => !members.has(member)) && !typescript.isExportDeclaration(inner)));
    if (kept.length > 0) text += `\n${exported ? 'export ' : ''}declare namespace ${name} { ${kept.map((inner) => record.text.slice(inner.getStart(older), inner.end)).join('\n')} }`;
  }
  return { names, text };
}

/** Lets a merged namespace go on with the object that it was: `let N;` becomes `let N = scope.N;`. */
export function goOnWithNamespaces(typescript: TypeScript, names: ReadonlySet<string>): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const { factory } = context;
    const visit = (node: ts.Node): ts.Node => {
      if (!typescript.isVariableStatement(node) || !typescript.isModuleDeclaration(typescript.getOriginalNode(node))) return typescript.visitEachChild(node, visit, context);
      const [declaration] = node.declarationList.declarations;
      if (declaration.initializer || !typescript.isIdentifier(declaration.name) || !names.has(declaration.name.text)) return node;
      const value = factory.createPropertyAccessExpression(factory.createIdentifier(SCOPE), declaration.name.text);
      return factory.updateVariableStatement(node, node.modifiers, factory.updateVariableDeclarationList(node.declarationList, [factory.updateVariableDeclaration(declaration, declaration.name, undefined, undefined, value)]));
    };
    return names.size === 0 ? (file) => file : (file) => typescript.visitEachChild(file, visit, context);
  };
}
