import type ts from 'typescript';
import { SCOPE } from './scopeNames.js';
import type { TypeScript } from './typescript.js';

/** Pragmas of a file (`@jsx h`) are no part of the compiler's published types. */
interface HasPragmas {
  readonly pragmas: Map<string, unknown>;
}

/** Elements are made by `React.createElement`, or by `h` where the notebook has no `React`; a comment `@jsx` says otherwise. */
export function chooseJsxFactory(file: ts.SourceFile, known: ReadonlySet<string>): void {
  const { pragmas } = file as ts.SourceFile & HasPragmas;
  if (pragmas.has('jsx') || known.has('React') || !known.has('h')) return;
  const range = { pos: 0, end: 0 };
  pragmas.set('jsx', { arguments: { factory: 'h' }, range });
  if (known.has('Fragment') && !pragmas.has('jsxfrag')) pragmas.set('jsxfrag', { arguments: { factory: 'Fragment' }, range });
}

/** The names that the compiler writes for elements, looked up in the notebook's scope. */
export function jsxInScope(typescript: TypeScript, known: ReadonlySet<string>): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const { parent } = node;
      const isWritten = typescript.isIdentifier(node) && node.pos < 0 && known.has(node.text) && (parent as ts.Node | undefined) !== undefined && (typescript.isJsxOpeningLikeElement(parent) || typescript.isJsxOpeningFragment(parent));
      return isWritten ? context.factory.createPropertyAccessExpression(context.factory.createIdentifier(SCOPE), node.text) : typescript.visitEachChild(node, visit, context);
    };
    return (file) => typescript.visitEachChild(file, visit, context);
  };
}
