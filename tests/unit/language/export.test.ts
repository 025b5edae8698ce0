import { describe, expect, it } from 'vitest';
import { toLavaan } from '../../../src/language/export/toLavaan.js';
import { toMplus } from '../../../src/language/export/toMplus.js';
import { toSemopy } from '../../../src/language/export/toSemopy.js';
import { parseModel } from '../../../src/language/index.js';

const model = parseModel('f =~ x1 + 0.5*x2 + NA*x3 + start(0.7)*x4\ny ~ b*f + 1\nx1 ~~ x2\ne := b^2\nb > 0\nu | t1');

describe('export of models', () => {
  it('to lavaan, joining names that it cannot read', () => {
    expect(toLavaan(parseModel('f =~ `item 1` + x2'))).toBe('f =~ item_1 + x2');
  });

  it('to Mplus', () => {
    expect(toMplus(model).text).toBe(['MODEL:', '  f BY x1;', '  f BY x2@0.5;', '  f BY x3*;', '  f BY x4*0.7;', '  y ON f (b);', '  [y];', '  x1 WITH x2;', '  [u$1];', 'MODEL CONSTRAINT:', '  NEW(e);', '  e = b**2;', '  b > 0;'].join('\n'));
    expect(toMplus(model).left).toEqual([]);
  });

  it('to Mplus with its own names of levels', () => {
    expect(toMplus(parseModel('level: 1\n f =~ x1\nlevel: 2\n g =~ x1')).text).toBe(['MODEL:', '  %WITHIN%', '  f BY x1;', '  %BETWEEN%', '  g BY x1;'].join('\n'));
  });

  it('to semopy, listing what it cannot say', () => {
    const { text, left } = toSemopy(model);
    expect(text).toBe('f =~ x1 + 0.5*x2 + x3 + x4\ny ~ b*f\nx1 ~~ x2');
    expect(left).toEqual(['e := …', 'constraint >', 'NA*x3', 'start(0.7)*x4', 'y ~ 1', 'u | …']);
  });
});
