// The two theses as data: constructs, items, hypotheses, verdicts.
export { womStudy, WOM_FORMULA } from '../studies/wom.js';
export { continuanceStudy, CONTINUANCE_MODEL, CONTINUANCE_MEASUREMENT_MODEL } from '../studies/continuance.js';
export { studyItems, type Study, type StudyConstruct, type StudyItem, type Hypothesis } from '../studies/study.js';
export { studyCodebook } from '../studies/codebook.js';
export { judge, judgeAll, verdictTable, type Verdict, type HypothesisVerdict, type PathEvidence } from '../studies/verdicts.js';
export { studySurvey, studyScreening } from '../studies/studySurvey.js';
