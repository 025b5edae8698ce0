// The public API: a contents page, no logic.
export { SurveyError, renderDiagnostic, type Diagnostic, type Span } from './shared/diagnostic.js';
export { table, type Table, type TableColumn, type Bilingual, type Cell } from './shared/table.js';
export type { MimeBundle } from './shared/mimeBundle.js';
export { tidy, glance, type Fit, type Convergence } from './models/fit.js';
export type { Survey, SurveyColumn } from './survey/survey.js';
export type { Codebook, Construct, VariableInfo } from './survey/codebook.js';
export type { ParameterTable, Parameter } from './models/sem/parameterTable.js';
export type { SemFit, ParameterEstimate, FitMeasures } from './models/sem/results.js';
export { defineMagic, type Magic } from './magics/magic.js';
