import type ts from 'typescript';
import { bindingNames } from './topLevelNames.js';
import type { TypeScript } from './typescript.js';

/**
 * The declaration of one name as later cells see it. `mentions` are the names
 * that it refers to, so that a declaration which something still needs is kept
 * when its name is taken by a newer one.
 */
export interface ScopeRecord {
  /** '' for augmentations such as `declare global`. */
  readonly name: string;
  readonly text: string;
  /** Has a value, a type, or both; a newer record hides only what it covers. */
  readonly value: boolean;
  readonly type: boolean;
  readonly mentions: ReadonlySet<string>;
  /** Names that an augmentation declares; a re-run cell replaces its old augmentation. */
  readonly augments?: readonly string[];
}

/** A string literal longer than this is remembered as `string`: data never reaches a literal type. */
const LONGEST_LITERAL_TYPE = 200;

/** Splits emitted declarations of a cell into one record per name. */
export function scopeRecords(typescript: TypeScript, declarations: string): ScopeRecord[] {
  const file = typescript.createSourceFile('cell.d.ts', declarations, typescript.ScriptTarget.Latest, true);
  const records: ScopeRecord[] = [];
  const byName = new Map<string, number>();
  const add = (name: string, text: string, nodes: readonly ts.Node[], value: boolean, type: boolean): void => {
    const mentions = mentionedNames(typescript, nodes);
    mentions.delete(name);
    const known = byName.get(name);
    if (known === undefined) {
      byName.set(name, records.length);
      records.push({ name, text, value, type, mentions });
    } else {
      const old = records[known];
      records[known] = { name, text: `${old.text}\n${text}`, value: old.value || value, type: old.type || type, mentions: new Set([...old.mentions, ...mentions]) };
    }
  };
  for (const statement of file.statements) {
    const comment = leadingComment(typescript, declarations, statement);
    const text = declarations.slice(statement.getStart(file), statement.end);
    if (typescript.isVariableStatement(statement)) {
      const keyword = statement.declarationList.flags & typescript.NodeFlags.Const ? 'const' : statement.declarationList.flags & typescript.NodeFlags.Let ? 'let' : 'var';
      for (const declaration of statement.declarationList.declarations) {
        if (!typescript.isIdentifier(declaration.name)) continue;
        add(declaration.name.text, `${comment}declare ${keyword} ${declarationText(typescript, declaration, file)};`, [declaration], true, false);
      }
    } else if (typescript.isImportDeclaration(statement)) {
      for (const [name, single] of singleImports(typescript, statement, file)) add(name, single, [], true, true);
    } else if (typescript.isFunctionDeclaration(statement)) {
      if (statement.name) add(statement.name.text, comment + text, [statement], true, false);
    } else if (typescript.isClassDeclaration(statement) || typescript.isEnumDeclaration(statement)) {
      if (statement.name) add(statement.name.text, comment + text, [statement], true, true);
    } else if (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement)) {
      add(statement.name.text, comment + text, [statement], false, true);
    } else if (typescript.isModuleDeclaration(statement)) {
      const augments = !typescript.isIdentifier(statement.name) || (statement.flags & typescript.NodeFlags.GlobalAugmentation) !== 0;
      if (augments) records.push({ name: '', text: comment + text, value: true, type: true, mentions: mentionedNames(typescript, [statement]), augments: augmentedNames(typescript, statement) });
      else add(statement.name.text, comment + text, [statement], true, true);
    } else if (typescript.isImportEqualsDeclaration(statement)) {
      add(statement.name.text, text, [statement], true, true);
    }
  }
  return records;
}

/** Names that `declare global { … }` or `declare module 'x' { … }` declares, each with its module. */
export function augmentedNames(typescript: TypeScript, declaration: ts.ModuleDeclaration): string[] {
  if (!declaration.body || !typescript.isModuleBlock(declaration.body)) return [];
  const names: string[] = [];
  for (const statement of declaration.body.statements) {
    if (typescript.isVariableStatement(statement)) for (const one of statement.declarationList.declarations) names.push(...bindingNames(typescript, one.name));
    else if ('name' in statement && statement.name && typescript.isIdentifier(statement.name as ts.Node)) names.push((statement.name as ts.Identifier).text);
  }
  return names.map((name) => `${declaration.name.text} ${name}`);
}

function declarationText(typescript: TypeScript, declaration: ts.VariableDeclaration, file: ts.SourceFile): string {
  const name = (declaration.name as ts.Identifier).text;
  const literal = declaration.initializer ?? (declaration.type && typescript.isLiteralTypeNode(declaration.type) ? declaration.type.literal : undefined);
  if (literal && typescript.isStringLiteralLike(literal) && literal.text.length > LONGEST_LITERAL_TYPE) return `${name}: string`;
  return declaration.getText(file);
}

function leadingComment(typescript: TypeScript, text: string, statement: ts.Node): string {
  const ranges = typescript.getLeadingCommentRanges(text, statement.pos) ?? [];
  const last = ranges[ranges.length - 1];
  return last && text.startsWith('/**', last.pos) ? `${text.slice(last.pos, last.end)}\n` : '';
}

/** One import statement per imported name. */
function singleImports(typescript: TypeScript, statement: ts.ImportDeclaration, file: ts.SourceFile): [string, string][] {
  const clause = statement.importClause;
  if (!clause) return [];
  const from = `from ${statement.moduleSpecifier.getText(file)}${statement.attributes ? ` ${statement.attributes.getText(file)}` : ''};`;
  const type = clause.isTypeOnly ? 'type ' : '';
  const out: [string, string][] = [];
  if (clause.name) out.push([clause.name.text, `import ${type}${clause.name.text} ${from}`]);
  if (clause.namedBindings) {
    if (typescript.isNamespaceImport(clause.namedBindings)) out.push([clause.namedBindings.name.text, `import ${type}* as ${clause.namedBindings.name.text} ${from}`]);
    else for (const element of clause.namedBindings.elements) out.push([element.name.text, `import ${type}{ ${element.getText(file)} } ${from}`]);
  }
  return out;
}

/** Names of types and values that a declaration refers to. */
function mentionedNames(typescript: TypeScript, nodes: readonly ts.Node[]): Set<string> {
  const names = new Set<string>();
  const leftmost = (node: ts.Node): void => {
    if (typescript.isIdentifier(node)) names.add(node.text);
    else if (typescript.isQualifiedName(node)) leftmost(node.left);
    else if (typescript.isPropertyAccessExpression(node)) leftmost(node.expression);
  };
  const visit = (node: ts.Node): void => {
    if (typescript.isTypeReferenceNode(node)) leftmost(node.typeName);
    else if (typescript.isTypeQueryNode(node)) leftmost(node.exprName);
    else if (typescript.isExpressionWithTypeArguments(node) || typescript.isComputedPropertyName(node)) leftmost(node.expression);
    else if (typescript.isTypePredicateNode(node) || typescript.isImportEqualsDeclaration(node)) leftmost(typescript.isImportEqualsDeclaration(node) ? node.moduleReference : node.parameterName);
    typescript.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return names;
}
