/**
 * From tslab 1.0.22, `src/metadata.ts` and `isValidModuleName` of `src/util.ts`: https://github.com/yunabe/tslab
 * Copyright 2019 Yu Watanabe. Apache License 2.0, see ../LICENSE.
 * Changed: the compiler comes in as an argument; text without a tag is not scanned.
 */
import type { CodeMetadata } from './interfaces.js';

/** Not among the compiler's published types. */
interface ParsesJSDoc {
  parseIsolatedJSDocComment(text: string): { jsDoc?: { tags?: unknown }; diagnostics?: unknown[] } | undefined;
}

export function isValidModuleName(name: string): boolean {
  return /^\w+$/.test(name);
}

export function getCodeMetadata(ts: typeof import("typescript"), src: string): CodeMetadata {
  if (!src.includes("@")) return {};
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    /* skipTrivia */ false
  );
  scanner.setLanguageVariant(ts.LanguageVariant.Standard);
  scanner.setText(src);
  const out: CodeMetadata = {};
  while (true) {
    const kind = scanner.scan();
    if (
      kind < ts.SyntaxKind.FirstTriviaToken ||
      kind > ts.SyntaxKind.LastTriviaToken
    ) {
      break;
    }
    if (kind !== ts.SyntaxKind.MultiLineCommentTrivia) {
      // Skip trivia tokens.
      continue;
    }
    const text = scanner.getTokenText();
    const ret = (ts as unknown as ParsesJSDoc).parseIsolatedJSDocComment(text);
    if (!ret) {
      // Not JSDoc (e.g. /* comment */)
      continue;
    }
    if (ret.diagnostics?.length) {
      continue;
    }
    const jsDoc = ret.jsDoc;
    if (!jsDoc || !jsDoc.tags) {
      continue;
    }
    for (const tag of jsDoc.tags as import("typescript").JSDocTag[]) {
      const tagName = tag.tagName.text;
      if (
        tagName === "module" &&
        typeof tag.comment == "string" &&
        isValidModuleName(tag.comment)
      ) {
        out.module = tag.comment;
      } else if (tagName === "jsx") {
        out.jsx = true;
      } else if (tagName === "node") {
        out.mode = "node";
      } else if (tagName === "browser") {
        out.mode = "browser";
      }
    }
  }
  return out;
}
