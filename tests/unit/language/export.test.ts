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
    expect(toMplus(model).text).toBe(['MODEL:', '  f BY x1@1', '    x2@0.5', '    x3*', '    x4*0.7;', '  y ON f (b);', '  [y];', '  x1 WITH x2;', '  [u$1];', 'MODEL CONSTRAINT:', '  NEW(e);', '  e = b**2;', '  b > 0;'].join('\n'));
    expect(toMplus(model).left).toEqual([]);
  });

  it('to Mplus with its own names of levels', () => {
    expect(toMplus(parseModel('level: 1\n f =~ x1\nlevel: 2\n g =~ x1')).text).toBe(['MODEL:', '  %WITHIN%', '  f BY x1@1;', '  %BETWEEN%', '  g BY x1@1;'].join('\n'));
  });

  it('to semopy, listing what it cannot say', () => {
    const { text, left } = toSemopy(model);
    expect(text).toBe('f =~ 1*x1 + 0.5*x2 + x3 + start_1*x4\ny ~ b*f\nx1 ~~ x2\nSTART(0.7) start_1\nCONSTRAINT(b > 0)');
    expect(left).toEqual(['y ~ 1', 'e := …', 'u | …']);
  });

  it('to Mplus in names of eight letters, told apart without capitals', () => {
    const { text, left } = toMplus(parseModel('质量 =~ 外观 + satisfaction1 + satisfaction2\nA ~ a*质量\nB ~ 质量 + x:质量2'));
    expect(text).toBe(['! v1: 质量', '! v2: 外观', '! satisfac: satisfaction1', '! satisfa1: satisfaction2', '! a1: a', '! x_2: x:质量2', '! v3: 质量2', 'DEFINE:', '  x_2 = x*v3;', 'MODEL:', '  v1 BY v2@1', '    satisfac', '    satisfa1;', '  A ON v1 (a1);', '  B ON v1;', '  B ON x_2;'].join('\n'));
    expect(left).toEqual([]);
  });

  it('to Mplus with loadings in several statements, exploratory factors, and what a group has of its own', () => {
    expect(toMplus(parseModel('f =~ x1 + x2\nf =~ x3 + c(a,b)*x4')).text).toBe(['MODEL:', '  f BY x1@1', '    x2;', '  f BY x3*', '    x4;'].join('\n'));
    expect(toMplus(parseModel('f =~ x1 + x2\nf =~ x3 + c(a,b)*x4')).left).toEqual(['label(c("a", "b"))*x4']);
    expect(toMplus(parseModel('efa("b")*f + efa("b")*g =~ x1 + x2 + x3 + x4')).text).toBe('MODEL:\n  f g BY x1 x2 x3 x4 (*1);');
  });

  it('to semopy, writing out what lavaan adds unasked', () => {
    expect(toSemopy(parseModel('f =~ x1 + 1*x2 + x3\ny + z ~ f\nf ~ w')).text).toBe('f =~ 1*x1 + 1*x2 + x3\ny ~ f\nz ~ f\nf ~ w\ny ~~ z');
    expect(toSemopy(parseModel('f =~ NA*x1 + x2\nf ~~ 1*f\nx1 ~ x:z')).left).toEqual(['NA*x1', 'x:z']);
  });
});
