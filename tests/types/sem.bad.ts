import { sem, surveyFromColumns, tidy, type SemFit } from '../../src/index.js';

const fit = sem('y ~ x', surveyFromColumns({ x: [1, 2, 3, 4], y: [2, 1, 3, 4] }));

// error TS2551: Did you mean 'paths'
export const misspeltTable = fit.pahts;

// error TS2561: mean to write 'estimator'
export const misspeltOption = sem('y ~ x', surveyFromColumns({ x: [1], y: [1] }), { estimater: 'ML' });

// error TS2820: Did you mean '"listwise"'
export const misspeltChoice = sem('y ~ x', surveyFromColumns({ x: [1], y: [1] }), { missing: 'listwize' });

// error TS2322: Type 'number | null' is not assignable to type 'number'
export const mayBeAbsent: number = fit.parameters[0].estimate;

// error TS2322: Type 'number | null' is not assignable to type 'number'
export const measureMayBeAbsent: number = fit.measures.cfi;

// error TS2540: read-only property
fit.parameters[0].estimate = 0;

// error TS2339: does not exist on type 'readonly ParameterEstimate[]'
export const sorted = fit.parameters.push(fit.parameters[0]);

// error TS2345: not assignable to parameter of type '{ tidy(): Table
export const notAFit = tidy('y ~ x');

// error TS2322: is not assignable to type '"sem"'
export const kind: SemFit['kind'] = 'regression';
