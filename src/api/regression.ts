// Least squares, moderation, mediation, logistic and ordinal models.
export { regress, moderate, mediate, mediateInPieces, logistic, ordinal, importancePerformance, caseDiagnostics } from '../models/regression/index.js';
export type { CaseDiagnostics, ImportancePerformance, RegressOptions, RegressionFit, Moderation, Mediation, LogisticFit, OrdinalFit } from '../models/regression/index.js';
