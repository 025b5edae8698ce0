/**
 * From tslab 1.0.22, `src/inspect.ts`: https://github.com/yunabe/tslab
 * Copyright 2019 Yu Watanabe. Apache License 2.0, see ../LICENSE.
 * Changed: stock TypeScript's types; every tag keeps its name, also one without text.
 */
import type * as ts from 'typescript';

function tagText(tag: ts.JSDocTagInfo): string {
  if (!tag.text) {
    return "";
  }
  const out: string[] = [];
  for (const t of tag.text) {
    out.push(t.text);
  }
  return out.join("");
}

export function printQuickInfo(info: ts.QuickInfo): string {
  let out: string[] = [];
  const parts = info.displayParts || [];
  const docs = info.documentation || [];
  const tags = info.tags || [];
  for (const part of parts) {
    out.push(part.text);
  }
  if (out.length > 0 && (docs.length > 0 || tags.length > 0)) {
    out.push("\n");
  }
  for (const doc of docs) {
    if (doc === docs[0]) out.push("\n");
    out.push(doc.text);
  }
  for (const tag of tags) {
    out.push("\n");
    out.push(`@${tag.name} ${tagText(tag)}`.trimEnd());
  }
  return out.join("");
}
