import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sem } from '../../../src/models/sem/sem.js';
import { toBundle } from '../../../src/report/bundle.js';
import { fitSummary } from '../../../src/report/fitSummary.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { fitSummaryProblem } from '../../../src/shared/mime/fitSummary.js';
import { readFit, SHAPES } from './fits/readFit.js';

function holzinger(): ReturnType<typeof surveyFromColumns> {
  const [head, ...rows] = readFileSync(new URL('../../golden/sem/data/hs.csv', import.meta.url), 'utf8').trim().split(/\r?\n/).map((line) => line.replaceAll('"', '').split(','));
  const wanted = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9'];
  return surveyFromColumns(wanted.map((name) => [name, rows.map((row) => Number(row[head.indexOf(name)]))] as const), { name: 'hs' });
}

describe('the fit summary', () => {
  it('of every shape of model is accepted by its guard and survives JSON', () => {
    for (const shape of SHAPES) {
      const payload = fitSummary(readFit(shape), { style: { lang: 'both' } });
      expect(fitSummaryProblem(JSON.parse(JSON.stringify(payload)))).toBeNull();
      expect(toBundle(payload).data['text/plain']).not.toMatch(/NaN|undefined|\[object/);
    }
  });

  it('of the library’s own fit prints what lavaan prints for the three-factor model', () => {
    // lavaan 0.6-14, HolzingerSwineford1939: chisq 85.306 (24), cfi .931, tli .896, rmsea .092 [.071, .114], srmr .065
    const payload = fitSummary(sem('visual =~ x1 + x2 + x3; textual =~ x4 + x5 + x6; speed =~ x7 + x8 + x9', holzinger()));
    expect(payload.headline.map(({ label, text }) => `${label.en} ${text}`)).toEqual(['χ²(24) 85.31, p < .001', 'CFI .931', 'TLI .896', 'RMSEA .092 [.071, .114]', 'SRMR .065']);
    expect(payload.headline.map(({ verdict }) => verdict)).toEqual(['none', 'acceptable', 'poor', 'poor', 'good']);
    const loadings = payload.tables.find(({ table }) => table.title.en === 'Loadings')?.printed.cells ?? [];
    expect(loadings[0].map((cell) => cell.trimEnd())).toEqual(['visual', 'x1', '1.000', '', '', '', '', '', '.772', 'fixed']);
    expect(loadings[1].map((cell) => cell.trimEnd())).toEqual(['visual', 'x2', '0.554', '0.100', '5.55', '< .001', '0.358', '0.749', '.424***', '']);
    expect(payload.subtitle).toMatch(/^ML, n = 301, 21 free parameters, converged after \d+ iterations$/);
  });

  it('of a model that did not converge has no headline and no fit table', () => {
    const fit = readFit('holzinger');
    const payload = fitSummary({ ...fit, convergence: { converged: false, iterations: 150, gradient: 3, message: 'iteration limit' } });
    expect(payload.headline).toEqual([]);
    expect(payload.tables.some(({ table }) => table.title.en === 'Model fit')).toBe(false);
    expect(payload.subtitle).toContain('not converged: iteration limit');
    expect(toBundle(payload).data['text/plain']).toMatch(/^Structural equation model\nNOT CONVERGED/);
  });

  it('judges no fit without degrees of freedom or identification', () => {
    const saturated = readFit('feedback');
    expect(saturated.measures.df).toBe(0);
    const notIdentified = { ...readFit('holzinger'), warnings: [{ severity: 'warning' as const, code: 'not-identified', message: 'x' }] };
    for (const fit of [saturated, notIdentified]) {
      const payload = fitSummary(fit);
      expect(payload.headline.map(({ verdict }) => verdict)).toEqual(['none']);
      expect(payload.tables.some(({ table }) => table.title.en === 'Model fit')).toBe(false);
    }
  });

  it('tells dropped rows and warnings', () => {
    const fit = { ...readFit('holzinger'), admissible: false, sample: { used: 290, total: 301, dropped: [{ reason: 'missing values', count: 11 }] }, warnings: [{ severity: 'warning' as const, code: 'heywood', message: 'negative variance of `x1`' }] };
    const text = String(toBundle(fit).data['text/plain']);
    expect(text).toContain('n = 290 of 301 rows (dropped: 11 missing values)');
    expect(text).toContain('warning[heywood]: negative variance of `x1`');
    expect(text).toContain('INADMISSIBLE');
  });

  it('reads robust indices first and says so', () => {
    const fit = readFit('holzinger');
    const payload = fitSummary({ ...fit, measures: { ...fit.measures, 'chisq.scaled': 80.1, 'df.scaled': 24, 'pvalue.scaled': 2e-8, 'cfi.robust': 0.94 } });
    expect(payload.headline[0]).toMatchObject({ key: 'chisq.scaled', text: '80.10, p < .001' });
    expect(payload.headline[1]).toMatchObject({ key: 'cfi.robust', label: { en: 'CFI robust' }, text: '.940' });
  });
});
