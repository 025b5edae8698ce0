import { describe, expect, it } from 'vitest';
import { formatModel, parseModel, readModel } from '../../../src/language/index.js';
import type { Formula } from '../../../src/language/index.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';

const formula = (text: string): Formula => parseModel(text).statements[0] as Formula;
const message = (text: string): string => {
  try {
    parseModel(text);
  } catch (error) {
    if (error instanceof SurveyError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
};

describe('parseModel', () => {
  it('reads every modifier', () => {
    const model = formula(`f =~ 0.5*a + NA*b + l*c + start(1)*d + 0.8?e + lower(0)*g + upper(c(1,Inf))*h + equal("f=~a")*i + rv("r")*j + "text"*k + c(u,v)*m + c(1,NA)*n + -1/4*o`);
    expect(model.right.map((term) => term.modifiers[0]).map(({ type, values }) => [type, values])).toEqual([
      ['fixed', [0.5]],
      ['fixed', [null]],
      ['label', ['l']],
      ['start', [1]],
      ['start', [0.8]],
      ['lower', [0]],
      ['upper', [1, Infinity]],
      ['equal', ['f=~a']],
      ['rv', ['r']],
      ['label', ['text']],
      ['label', ['u', 'v']],
      ['fixed', [1, null]],
      ['fixed', [-0.25]]
    ]);
  });

  it('reads several modifiers on one term', () => {
    expect(formula('f =~ a*start(0.3)*lower(0)*x').right[0].modifiers.map((each) => each.type)).toEqual(['label', 'start', 'lower']);
  });

  it('continues a formula after an operator or a plus, at either end of a line, through comments', () => {
    const model = parseModel('f =~   # measured by\n x1 +\n\n x2 ! two\n + x3\ng\n ~ f');
    expect(formatModel(model)).toBe('f =~ x1 + x2 + x3\ng ~ f');
  });

  it('separates formulas by semicolons and line ends', () => {
    expect(parseModel('y ~ x; x ~~ 2*x\r\nz ~ 1').statements).toHaveLength(3);
  });

  it('takes names in any script, and names with spaces in backticks or quotes', () => {
    const model = formula('满意度 =~ 项目1 + `item two` + "item 3" + Überzeugung');
    expect(model.left[0].variable.name).toBe('满意度');
    expect(model.right.map((term) => term.variable.name)).toEqual(['项目1', 'item two', 'item 3', 'Überzeugung']);
  });

  it('takes names that are properties of every object', () => {
    expect(formula('constructor =~ __proto__ + toString').right.map((term) => term.variable.name)).toEqual(['__proto__', 'toString']);
  });

  it('reads blocks, thresholds, scales, products and EFA blocks', () => {
    const text = 'group: 2\nlevel: within\nu | t1 + 0.5*t2\nu ~*~ 1*u\ny ~ x:z\nefa("b")*f1 + efa("b")*f2 =~ a + b + c';
    expect(formatModel(parseModel(text))).toBe(text);
  });

  it('gives every node the span it was read from', () => {
    const text = 'f =~ x1 + 0.5*x2';
    const [, term] = formula(text).right;
    expect(text.slice(term.span.start, term.span.end)).toBe('0.5*x2');
    expect(text.slice(term.variable.span.start, term.variable.span.end)).toBe('x2');
    expect(text.slice(term.modifiers[0].span.start, term.modifiers[0].span.end)).toBe('0.5');
  });

  it('keeps the meaning of expressions through format and parse', () => {
    for (const text of ['a - (b - c)', 'a^b^c', '(a^b)^c', '-a^2', '(-a)^2', 'a/(b*c)', 'a/b/c', 'exp(-a)*(b + c)', 'log(a, 2)', 'a - -b']) {
      const source = `f =~ a*x + b*y + c*z\nd := ${text}`;
      expect(formatModel(parseModel(source)).split('\n')[1]).toBe(`d := ${text}`);
    }
  });

  it('formats to a text that reads back to the same text', () => {
    const text = `f =~ x1 + c(a, b)*x2 + lower(c(0, -Inf))*x3\ny ~ f + 1\nx1 ~~ 0*x2\nind := sqrt(a)*b\na < 2; b > -1; a == b`;
    const once = formatModel(parseModel(text));
    expect(formatModel(parseModel(once))).toBe(once);
  });
});

describe('errors of parseModel', () => {
  it('draws one caret line under a mistyped operator, with the operator meant', () => {
    expect(message('f =~ x1\ng =- x2')).toBe('error[unknown-operator]: `=-` is not an operator\n --> model:2:3\n2 | g =- x2\n  |   ^^\nhelp: did you mean `=~` (trust =~ trust1 + trust2 + trust3)?');
  });

  it('tells all problems together, in the order of the text', () => {
    expect(readModel('f =- x1\ng =~ x2 x3\nh ~ stat(3)*y').diagnostics.map((each) => each.code)).toEqual(['unknown-operator', 'unexpected', 'unknown-modifier']);
  });

  it.each([
    ['f x1', 'missing-operator', 'a formula has one of'],
    ['f =~ x1, x2', 'unexpected', 'joined by `+`'],
    ['f～x', 'unknown-character', 'did you mean `~`'],
    ['f =~ (x', 'unclosed-parenthesis', 'never closed'],
    ['f =~ 3*', 'expected-variable', 'end of the line'],
    ['x ~ y ~ z', 'second-operator', 'new line'],
    ['f =~ "abc', 'unterminated-string', 'not closed'],
    ['y ~ y', 'self-reference', 'y ~~ y'],
    ['f =~ a*x\nd := aa*2', 'unknown-label', 'did you mean `a`'],
    ['f =~ a*x\nd := sqr(a)', 'unknown-function', 'did you mean `sqrt`'],
    ['f =~ a*x\nd := e\ne := d', 'circular-definition', 'through itself'],
    ['f =~ g\ng =~ h\nh =~ f', 'measurement-cycle', 'measure each other'],
    ['f =~ 1*2*x', 'conflicting-modifiers', 'keep one'],
    ['u | k1', 'threshold-name', '`t1`'],
    ['f =~ a/2*x', 'modifier-not-constant', 'constraint'],
    ['f =~ x1 + c(a, 0.5)*x2', 'mixed-modifier', 'two lists'],
    ['y <- x', 'unknown-label', 'did you mean `y ~ x`']
  ])('%s → %s', (text, code, part) => {
    const shown = message(text);
    expect(shown).toContain(`error[${code}]`);
    expect(shown).toContain(part);
  });

  it('never throws anything but a SurveyError, whatever the text', () => {
    const pieces = ['f', '=~', '~', '+', '*', '(', ')', ',', 'c(', '"', '`', '0.5', '\n', ';', ':', ':=', '==', '<', '?', '-', 'NA', '#', '|', 'é', '满', '\u0000', '^', 'group', '!'];
    let state = 12345;
    const random = (n: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * n);
    };
    for (let run = 0; run < 3000; run++) {
      const text = Array.from({ length: 1 + random(14) }, () => pieces[random(pieces.length)]).join(random(2) ? ' ' : '');
      const { syntax, diagnostics } = readModel(text);
      if (diagnostics.every((each) => each.severity !== 'error')) expect(formatModel(parseModel(formatModel(syntax)))).toBe(formatModel(syntax));
    }
  });

  it('refuses deep nesting instead of exhausting the stack', () => {
    expect(message(`f =~ a*x\nd := ${'('.repeat(100_000)}a`)).toContain('too-deep');
  });
});
