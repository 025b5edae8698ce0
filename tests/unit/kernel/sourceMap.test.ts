import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { decodeMappings, originalPosition } from '../../../kernel/src/runtime/sourceMap.js';

describe('source maps', () => {
  it('lead each generated token back to its own place', () => {
    const source = 'interface Gone { a: number }\n\nconst value: number =\n  [1, 2].map((x: number): number => x * 2).length;\nthrow new Error(`${value}`);\n';
    const { outputText, sourceMapText } = ts.transpileModule(source, { compilerOptions: { sourceMap: true, target: ts.ScriptTarget.ES2022 } });
    const positions = decodeMappings((JSON.parse(sourceMapText!) as { mappings: string }).mappings);
    const generated = outputText.split('\n');
    const original = source.split('\n');
    for (const token of ['value', 'map', 'length', 'throw', 'Error']) {
      const line = generated.findIndex((text) => text.includes(token));
      const found = originalPosition(positions, line, generated[line].indexOf(token))!;
      expect(original[found.line].slice(found.column, found.column + token.length)).toBe(token);
    }
  });

  it('decode large and negative numbers', () => {
    // +0, +0, +1000, -5 after +0,+0,+0,+5
    expect(decodeMappings('AAAK,CAw+BL')).toEqual([[[0, 0, 5], [1, 1000, 0]]]);
  });
});
