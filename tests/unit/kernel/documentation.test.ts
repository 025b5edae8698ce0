import { describe, expect, it } from 'vitest';
import { readComment } from '../../../kernel/src/language/documentation.js';
// @ts-expect-error a script of the build
import { trimDeclarations } from '../../../scripts/trimDeclarations.mjs';

describe('comments of declarations', () => {
  it('are read as text and tags, links by their target or label', () => {
    const comment = '/**\n * Reads {@link File} as {@link Text | text}.\n *\n * Twice.\n * @param {string} path where it lies,\n *   from the folder\n * @returns its text\n */';
    expect(readComment(comment)).toEqual({
      text: 'Reads File as text.\n\nTwice.',
      tags: [{ name: 'param', text: 'path where it lies,\n  from the folder' }, { name: 'returns', text: 'its text' }]
    });
  });

  it('are taken out of declarations, and kept with the place of what they stand above', () => {
    const source = '/// <reference lib="es5" />\n// note\n/** First. */\n/** A pair. */\nexport interface Pair {\n    /* inner */ readonly left: "/* no comment */"; // end\n    /** Right. */\n    right: `a${string}//`;\n}\n';
    const { text, docs } = trimDeclarations(source) as { text: string; docs: Record<string, string> };
    expect(text).toBe('/// <reference lib="es5" />\nexport interface Pair {\nreadonly left: "/* no comment */"; right: `a${string}//`;\n}\n');
    expect(Object.entries(docs).map(([at, comment]) => [text.slice(Number(at)).split(/[ :]/)[0], comment])).toEqual([['export', '/** A pair. */'], ['right', '/** Right. */']]);
  });
});
