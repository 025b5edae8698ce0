import { fail } from '../shared/diagnostic.js';
import { createSurvey } from '../survey/createSurvey.js';
import { declaresMissing, mergeVariable } from '../survey/variableInfo.js';
import { numericColumn } from '../survey/declaredMissing.js';
import type { ScreeningRules } from '../survey/screeningRules.js';
import type { Survey } from '../survey/survey.js';
import { studyCodebook } from './codebook.js';
import { studyItems, type Study } from './study.js';

/** Columns that a study needs and the survey lacks, named in an error up to this many. */
const MOST_NAMED = 8;

/**
 * The survey with all that the study knows of its columns: labels, reversed
 * items, ranges, missing codes, constructs. What the survey's own codebook says
 * stays; columns are looked up by name, so a file with more columns will do.
 *
 * @throws SurveyError `missing-items` when items of the study are not in the file
 */
export function studySurvey(study: Study, survey: Survey): Survey {
  const lacking = studyItems(study).map((item) => item.code).filter((code) => !survey.has(code));
  if (lacking.length > 0) {
    const named = lacking.slice(0, MOST_NAMED).map((code) => `\`${code}\``).join(', ');
    fail('missing-items', `survey \`${survey.name}\` lacks ${lacking.length} item${lacking.length === 1 ? '' : 's'} of the study: ${named}${lacking.length > MOST_NAMED ? ' …' : ''}`, {
      help: `the study needs columns named as in its questionnaire; use \`%%sem\` or \`%%regress\` for other data`
    });
  }
  const { variables: known, constructs: studyConstructs } = studyCodebook(study);
  const variables = new Map(survey.codebook.variables);
  const columns = survey.columns.map((column) => {
    const stated = known.get(column.name);
    if (!stated) return column;
    const own = survey.info(column.name);
    const declares = declaresMissing(own.missing);
    variables.set(column.name, mergeVariable(stated, declares ? own : { ...own, missing: stated.missing }));
    const undeclared = column.type === 'numeric' && !declares && stated.missing.codes.length > 0;
    return undeclared ? numericColumn(column.name, column.values.slice(), stated.missing) : column;
  });
  const constructs = new Map(studyConstructs);
  for (const [name, construct] of survey.codebook.constructs) constructs.set(name, construct);
  const { name, rowCount, source, screening, warnings, codebook } = survey;
  return createSurvey({ name, rowCount, columns, codebook: { ...codebook, variables, constructs }, source, warnings, ...(screening ? { screening } : {}) });
}

/** The study's own screening, as far as the survey has the columns for it; undefined when it has none of them. */
export function studyScreening(study: Study, survey: Survey): ScreeningRules | undefined {
  const { sent, attention, seconds, longString } = study.screening;
  const [secondsColumn, minSeconds] = seconds;
  const checks = attention.filter(([column]) => survey.has(column));
  if (checks.length === 0 && !survey.has(secondsColumn)) return undefined;
  return {
    ...(sent >= survey.rowCount ? { sent } : {}),
    ...(checks.length > 0 ? { attention: new Map(checks.map(([column, answer]) => [column, [answer]])) } : {}),
    ...(survey.has(secondsColumn) ? { seconds: secondsColumn, minSeconds } : {}),
    longString
  };
}
