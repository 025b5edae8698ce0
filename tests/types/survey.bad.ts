// Each line behind an `error` comment must be refused with that code and those words; no other line may be.
import { describe, loadSurvey, regress, surveyFromColumns, type Survey } from '../../src/index.js';

const survey: Survey = surveyFromColumns({ x: [1, 2, 3], y: [2, 1, 3] });

// error TS2353: 'standardErrors' does not exist
export const unknownOption = regress('y ~ x', survey, { standardErrors: 'HC3' });

// error TS2820: Did you mean '"HC3"'
export const misspeltChoice = regress('y ~ x', survey, { se: 'Hc3' });

// error TS2554: Expected 2-3 arguments
export const surveyForgotten = regress('y ~ x');

// error TS2345: not assignable to parameter of type 'Survey'
export const dataOfTheWrongKind = describe([1, 2, 3]);

// error TS2551: Did you mean 'rowCount'
export const misspeltField = survey.rowcount;

// error TS2540: read-only property
survey.name = 'other';

// error TS2740: is missing the following properties from type 'Survey'
export const notAwaited: Survey = loadSurvey('answers.sav');

// error TS2353: 'answer' does not exist in type
export const columns: Survey = surveyFromColumns({ x: [1, { answer: 2 }, 3] });
