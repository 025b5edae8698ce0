import { describe, expect, it } from 'vitest';
import { cellMagicName, magicTokens } from '../../../extension/src/language/magicLine.js';

const shown = (line: string): string[] => magicTokens(line).map(({ from, to, kind }) => `${kind}:${line.slice(from, to)}`);

describe('a magic line', () => {
  it('falls into name, arguments, options and values', () => {
    expect(shown('%%sem users --as fit --estimator=MLR --level 0.9')).toEqual(['magic:%%sem', 'argument:users', 'option:--as', 'argument:fit', 'option:--estimator', 'argument:MLR', 'option:--level', 'number:0.9']);
  });
  it('keeps quoted words whole', () => {
    expect(shown('%%survey wom "my data/wom.sav" --encoding \'gb 18030\'')).toEqual(['magic:%%survey', 'argument:wom', 'string:"my data/wom.sav"', 'option:--encoding', "string:'gb 18030'"]);
  });
  it('may be indented and may stand alone', () => {
    expect(shown('  %magics')).toEqual(['magic:%magics']);
  });
  it('takes a Chinese name as an argument', () => {
    expect(shown('%describe 问卷')).toEqual(['magic:%describe', 'argument:问卷']);
  });
  it.each(['a % b', 'const x = 5 %y', '%', '%%', '% sem', '%Sem', '%sem(1)', '// %sem fit', ''])('is not `%s`', (line) => {
    expect(magicTokens(line)).toEqual([]);
  });
});

describe('the name of a cell magic', () => {
  it('comes from the first line only', () => {
    expect(cellMagicName('%%sem users\nSAT =~ SAT1')).toBe('sem');
    expect(cellMagicName('\n%%sem users')).toBe('sem');
    expect(cellMagicName('const a = 1;\n%%sem users')).toBeUndefined();
    expect(cellMagicName('%path fit')).toBeUndefined();
    expect(cellMagicName('%%semmy')).toBe('semmy');
    expect(cellMagicName('%%sem-x')).toBeUndefined();
  });
});
