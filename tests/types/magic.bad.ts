import { defineMagic } from '../../src/index.js';

const whole = { name: 'hello', forms: ['line'], summary: 'greet', arguments: [], options: {}, example: '%hello', run: () => ({ show: [] }) } as const;

// error TS2345: Property 'summary' is missing
export const withoutSummary = defineMagic({ name: 'hello', forms: ['line'], arguments: [], options: {}, example: '%hello', run: () => ({ show: [] }) });

// error TS2322: Type '"page"' is not assignable
export const unknownForm = defineMagic({ ...whole, forms: ['page'] });

// error TS2322: is not assignable to type
export const unknownOptionType = defineMagic({ ...whole, options: { size: { type: 'colour', summary: 'of the greeting' } } });

// error TS2322: Property 'show' is missing
export const showsNothing = defineMagic({ ...whole, run: () => ({ bind: {} }) });
