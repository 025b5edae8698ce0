import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type ts from 'typescript';

/** What a comment says of a name. */
export interface Documentation {
  readonly text: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

const COMMENT_ABOVE = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/;
/** No comment is longer; the text before a declaration need not be searched from its beginning. */
const LONGEST_COMMENT = 20_000;

/** Comments of trimmed declarations lie beside them: file, start of the declaration, comment. */
type TrimmedDocs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Finds the comments of declarations when somebody asks; the compiler itself skips them. */
export class DocumentationReader {
  readonly #trimmed = new Map<string, TrimmedDocs | undefined>();

  /** @param start where the declaration begins in the file's text */
  of(file: ts.SourceFile, start: number): Documentation | undefined {
    const above = COMMENT_ABOVE.exec(file.text.slice(Math.max(0, start - LONGEST_COMMENT), start))?.[0] ?? this.#besideTrimmed(file.fileName, start);
    return above === undefined ? undefined : readComment(above);
  }

  #besideTrimmed(path: string, start: number): string | undefined {
    for (let folder = dirname(path), depth = 0; depth < 3; folder = dirname(folder), depth++) {
      if (!this.#trimmed.has(folder)) {
        const file = join(folder, 'docs.json');
        this.#trimmed.set(folder, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TrimmedDocs) : undefined);
      }
      const found = this.#trimmed.get(folder)?.[relative(folder, path).replace(/\\/g, '/')]?.[start];
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Text and tags of a JSDoc comment. */
export function readComment(comment: string): Documentation {
  const lines = comment.replace(/^\/\*\*/, '').replace(/\*\/\s*$/, '').split(/\r?\n/).map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const plain = (text: string): string => text.replace(/\{@link(?:code|plain)?\s+([^\s}|]+)[\s|]*([^}]*)\}/g, (_, target: string, label: string) => label || target).trim();
  const texts: string[] = [''];
  const names: string[] = [];
  for (const line of lines) {
    const tag = /^@([A-Za-z]\w*)\s*(.*)$/.exec(line);
    if (tag) {
      names.push(tag[1]);
      texts.push(tag[2]);
    } else texts[texts.length - 1] += `\n${line}`;
  }
  return { text: plain(texts[0]), tags: names.map((name, index) => ({ name, text: plain(texts[index + 1].replace(/^\{[^}]*\}\s*/, '')) })) };
}
