// Plain values that everything returns: tables, diagnostics, the three verbs of a fit.
export { SurveyError, renderDiagnostic, type Diagnostic, type Span } from '../shared/diagnostic.js';
export { table, type Table, type TableColumn, type Bilingual, type Cell } from '../shared/table.js';
export type { MimeBundle } from '../shared/mimeBundle.js';
export { tidy, glance, augment, type Fit, type Convergence } from '../models/fit.js';
export { createRandom, type Random } from '../numerics/random.js';
