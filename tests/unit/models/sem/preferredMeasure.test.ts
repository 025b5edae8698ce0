import { expect, it } from 'vitest';
import { preferredMeasure } from '../../../../src/models/sem/measures/preferredMeasure.js';

const of = (measures: Record<string, number | null>) => (key: string): object => preferredMeasure({ measures }, key);

it('the robust index is read first, then the scaled one, then the plain one', () => {
  const read = of({ cfi: 0.9, 'cfi.scaled': 0.92, 'cfi.robust': 0.94, tli: 0.8, 'tli.scaled': 0.85, srmr: 0.03 });
  expect(read('cfi')).toEqual({ name: 'cfi.robust', value: 0.94, variant: 'robust' });
  expect(read('tli')).toEqual({ name: 'tli.scaled', value: 0.85, variant: 'scaled' });
  expect(read('srmr')).toEqual({ name: 'srmr', value: 0.03, variant: '' });
});

it('beside a scaled test no index stands for it that is made of the plain χ²', () => {
  const read = of({ chisq: 7.1, 'chisq.scaled': 9.4, rmsea: 0, 'rmsea.scaled': null, srmr: 0.02 });
  expect(read('rmsea')).toMatchObject({ value: null });
  expect(read('srmr')).toMatchObject({ value: 0.02 });
  expect(of({ chisq: 7.1, rmsea: 0.01 })('rmsea')).toMatchObject({ value: 0.01 });
});
