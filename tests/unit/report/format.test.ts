import { describe, expect, it } from 'vitest';
import { formatEstimate, formatFixed, formatInteger, formatP, formatPClause, formatPercent, formatUnit, stars } from '../../../src/report/format/formatNumber.js';
import { resolveTableStyle } from '../../../src/report/format/tableStyle.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';

describe('numbers become strings', () => {
  it('a p value is never printed as zero or one unless it is', () => {
    expect(formatP(0.0000001, 3, false)).toBe('< .001');
    expect(formatP(0.00099999, 3, false)).toBe('< .001');
    expect(formatP(0.001, 3, false)).toBe('.001');
    expect(formatP(0.0494, 3, false)).toBe('.049');
    expect(formatP(0.99996, 3, false)).toBe('> .999');
    expect(formatP(1, 3, false)).toBe('1.000');
    expect(formatP(0, 3, true)).toBe('< 0.001');
    expect(formatP(Number.NaN, 3, false)).toBe('');
    expect(formatPClause(0.03, 3, false)).toBe('= .030');
    expect(formatPClause(1e-9, 3, false)).toBe('< .001');
  });

  it('a number bounded by one loses its leading zero only in APA style', () => {
    expect(formatUnit(0.344, 2, false)).toBe('.34');
    expect(formatUnit(-0.05, 2, false)).toBe('−.05');
    expect(formatUnit(1, 2, false)).toBe('1.00');
    expect(formatUnit(1.034, 2, false)).toBe('1.03');
    expect(formatUnit(0.344, 3, true)).toBe('0.344');
  });

  it('zero has no sign and a lost estimate shows its digits', () => {
    expect(formatFixed(-0.001, 2)).toBe('0.00');
    expect(formatUnit(-0.001, 2, false)).toBe('.00');
    expect(formatEstimate(-0.00123, 2)).toBe('−0.0012');
    expect(formatEstimate(0.0049, 2)).toBe('0.0049');
    expect(formatEstimate(2.13e-9, 3)).toBe('2.1e−9');
    expect(formatEstimate(0, 2)).toBe('0.00');
  });

  it('counts, shares and large numbers', () => {
    expect(formatInteger(455)).toBe('455');
    expect(formatInteger(97.583)).toBe('97.58');
    expect(formatPercent(0.9134)).toBe('91.3%');
    expect(formatFixed(1.5e12, 2)).toBe('1.50e12');
  });

  it('stars follow the usual limits, strictly', () => {
    expect([0.0009, 0.001, 0.0099, 0.01, 0.0499, 0.05, null].map(stars)).toEqual(['***', '**', '**', '*', '*', '', '']);
  });
});

describe('the table style', () => {
  it('fills in what the style means', () => {
    expect(resolveTableStyle()).toMatchObject({ style: 'apa', lang: 'en', digits: 2, leadingZero: false });
    expect(resolveTableStyle({ style: 'thesis', lang: 'zh' })).toMatchObject({ digits: 3, leadingZero: true });
  });
  it('refuses an unknown option with the nearest name', () => {
    expect(() => resolveTableStyle({ digit: 3 } as never)).toThrow(/did you mean `digits`/);
    expect(() => resolveTableStyle({ digits: 2.5 })).toThrow(SurveyError);
    expect(() => resolveTableStyle({ lang: 'fr' as never })).toThrow(/expected en, zh or both/);
  });
});
