import { describe, expect, it } from 'vitest';
import { effectSentence, estimateClause, fitSentences, hypothesisSentence, pathSentence } from '../../../src/report/sentences/fitSentences.js';
import { readFit } from './fits/readFit.js';

const path = { from: 'CONF', to: 'SAT', estimate: 0.6512, stdError: 0.0531, statistic: 12.26, pValue: 1e-20, confLow: 0.547, confHigh: 0.755, standardized: 0.663 };
const labels = new Map([['CONF', { en: 'confirmation', zh: '期望确认' }], ['SAT', { en: 'satisfaction', zh: '满意度' }]]);

describe('a sentence per result', () => {
  it('tells sign, significance and numbers of a path in both languages', () => {
    expect(pathSentence(path, { labels })).toBe('The path from confirmation to satisfaction was positive and significant (B = 0.65, SE = 0.05, z = 12.26, p < .001, 95% CI [0.55, 0.76], β = .66).');
    expect(pathSentence(path, { labels, style: { lang: 'zh', style: 'thesis' } })).toBe('期望确认对满意度有显著正向影响（B = 0.651, SE = 0.053, z = 12.26, p < 0.001, 95% CI [0.547, 0.755], β = 0.663）。');
    expect(pathSentence({ ...path, estimate: -0.65, pValue: 0.04 })).toContain('was negative and significant');
    expect(pathSentence({ ...path, pValue: 0.05 })).toContain('was not significant');
  });

  it('claims nothing without a test or an estimate', () => {
    expect(pathSentence({ ...path, pValue: null })).toContain('was not tested');
    expect(pathSentence({ from: 'a', to: 'b', estimate: null, pValue: null })).toBe('The path from a to b has no estimate.');
    expect(estimateClause({ estimate: null, pValue: null })).toBe('');
  });

  it('gives the verdict of a hypothesis', () => {
    const judged = { ...path, hypothesis: { id: 'H4', statement: { en: 'Confirmation raises satisfaction', zh: '期望确认正向影响满意度' } } };
    expect(hypothesisSentence({ ...judged, verdict: 'supported' })).toMatch(/^H4 \(Confirmation raises satisfaction\) was supported: B = 0\.65/);
    expect(hypothesisSentence({ ...judged, verdict: 'opposite sign' })).toContain('significant with the opposite sign');
    expect(hypothesisSentence({ ...judged, verdict: 'untested', estimate: null, stdError: null, statistic: null, pValue: null, confLow: null, confHigh: null, standardized: null })).toBe('H4 (Confirmation raises satisfaction) was not tested.');
    expect(hypothesisSentence({ ...judged, verdict: 'supported' }, { style: { lang: 'zh' } })).toMatch(/^H4（期望确认正向影响满意度）成立（/);
  });

  it('judges a defined effect by its interval alone', () => {
    const [row] = readFit('mediators').defined;
    expect(effectSentence({ ...row, confLow: 0.1, confHigh: 0.3 })).toContain('excludes zero');
    expect(effectSentence({ ...row, confLow: -0.1, confHigh: 0.3 })).toContain('includes zero');
    expect(effectSentence({ ...row, confLow: null, confHigh: null })).not.toContain('zero');
  });

  it('covers a whole fit: fit, every path, every effect', () => {
    const fit = readFit('mediators');
    const sentences = fitSentences(fit);
    expect(sentences).toHaveLength(1 + fit.paths.length + fit.defined.length);
    expect(sentences[0]).toMatch(/^Model fit: χ²\(5\)\u00a0=\u00a064\.26, p\u00a0<\u00a0\.001/);
  });
});
