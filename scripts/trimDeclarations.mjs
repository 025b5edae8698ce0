/**
 * Declarations without comments, which the compiler would read at every start, and
 * the comments beside them, for whoever asks what a name means: the start of the
 * declaration in the trimmed text, and the comment above it.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Counts changes of what is written, so that builds of before are made anew. */
export const TRIMMED_FORM = 'trimmed declarations 1';

const PIECE = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|(\/\*[^]*?\*\/)|(\/\/[^\n]*)|(\s+)|[^"'`/\s]+|\//g;

/** @returns {{ text: string, docs: Record<number, string> }} */
export function trimDeclarations(source) {
  let text = '';
  let above;
  const docs = {};
  for (const [piece, , block, line, space] of source.matchAll(PIECE)) {
    if (block !== undefined) {
      if (block.startsWith('/**')) above = block;
    } else if (line !== undefined) {
      // References to other files look like comments.
      if (/^\/\/\/\s*</.test(line)) text += line;
    } else if (space !== undefined) {
      if (text !== '' && !/\s$/.test(text)) text += space.includes('\n') ? '\n' : ' ';
    } else {
      if (above !== undefined) docs[text.length] = above;
      above = undefined;
      text += piece;
    }
  }
  return { text, docs };
}

/** Copies a folder's declarations trimmed, with `docs.json` beside them; other files as they are. */
export function copyTrimmed(from, to, names) {
  const docs = {};
  for (const name of names) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    if (!/\.d\.[cm]?ts$/.test(name)) {
      copyFileSync(join(from, name), join(to, name));
      continue;
    }
    const trimmed = trimDeclarations(readFileSync(join(from, name), 'utf8'));
    writeFileSync(join(to, name), trimmed.text);
    docs[name] = trimmed.docs;
  }
  writeFileSync(join(to, 'docs.json'), JSON.stringify(docs));
}

/**
 * Which file declares each of Node's modules, and which declare globals: the kernel
 * reads the globals at every start, a module when something imports it.
 */
export function nodeDeclarations(folder) {
  const index = readFileSync(join(folder, 'index.d.ts'), 'utf8');
  const modules = {};
  const globals = [];
  for (const [, name] of index.matchAll(/<reference path="([^"]+)"/g)) {
    const text = readFileSync(join(folder, name), 'utf8');
    const declared = [...text.matchAll(/^declare module ["']([^"'*]+)["']/gm)];
    for (const [, module] of declared) modules[module] ??= name;
    if (!globals.includes(name) && (declared.length === 0 || /\bglobal\s*\{/.test(text))) globals.push(name);
  }
  return { globals, modules };
}
