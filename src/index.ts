// The public API: a contents page, no logic.
export { SurveyError, renderDiagnostic, type Diagnostic, type Span } from './shared/diagnostic.js';
export { table, type Table, type TableColumn, type Bilingual, type Cell } from './shared/table.js';
export type { MimeBundle } from './shared/mimeBundle.js';
export { tidy, glance, type Fit, type Convergence } from './models/fit.js';
export type { Survey, SurveyColumn } from './survey/survey.js';
export { loadSurvey } from './survey/files.js';
export { readSurvey, type ReadOptions } from './survey/readSurvey.js';
export { surveyFromColumns, type ColumnInput } from './survey/surveyFromColumns.js';
export { writeCsv, type WriteCsvOptions } from './survey/formats/csv/writeCsv.js';
export type { Codebook, Construct, VariableInfo } from './survey/codebook.js';
export type { ParameterTable, Parameter } from './models/sem/parameterTable.js';
export type { SemFit, ParameterEstimate, FitMeasures } from './models/sem/results.js';
export { defineMagic, type Magic } from './magics/magic.js';
