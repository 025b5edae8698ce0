import { fail, SurveyError, warning, type Diagnostic } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import type { Codebook, Construct, MissingRule, VariableInfo } from './codebook.js';
import { createSurvey } from './createSurvey.js';
import { numericColumn, stringColumn } from './declaredMissing.js';
import { encodedByLabels } from './encodedByLabels.js';
import type { RawSurvey } from './rawSurvey.js';
import type { Survey, SurveyColumn, SurveySource } from './survey.js';
import { skipWarnings } from './skip/skipWarnings.js';
import { declaresMissing, mergeVariable, plainVariable } from './variableInfo.js';

/**
 * A survey from what a reader found and what the codebook adds. The codebook
 * speaks last; a variable's own missing codes replace those of the file.
 * `allMissing` is added to the variables that the codebook describes (a running
 * number 9 of an undescribed column stays), except codes that are answers by
 * the variable's range. Numbers of `raw` become the survey's.
 */
export function buildSurvey(name: string, raw: RawSurvey, source: SurveySource, codebook?: Codebook): Survey {
  const names = new Set(raw.columns.map((column) => column.name));
  const warnings: Diagnostic[] = [...raw.warnings];
  if (codebook) refuseUnknownNames(name, names, codebook);
  const items = new Set([...(codebook?.constructs.values() ?? [])].flatMap((construct) => construct.items));
  const variables = new Map<string, VariableInfo>();
  const columns: SurveyColumn[] = [];
  for (const rawColumn of raw.columns) {
    const added = codebook?.variables.get(rawColumn.name);
    let info = mergeVariable(raw.variables.get(rawColumn.name) ?? plainVariable(rawColumn.name), statedOnly(added));
    if (codebook?.allRange && !info.range && items.has(rawColumn.name)) info = { ...info, range: codebook.allRange };
    if (codebook?.allMissing && (added || items.has(rawColumn.name)) && !(added && declaresMissing(added.missing))) {
      info = { ...info, missing: joined(info.missing, outside(codebook.allMissing, info.range)) };
    }
    // What the platform writes for "no answer" is no answer, whatever else the codebook declares.
    if (raw.noAnswer) info = { ...info, missing: joined(info.missing, raw.noAnswer) };
    const encoded = encodedByLabels(rawColumn, info);
    warnings.push(...encoded.warnings);
    const column = encoded.column;
    variables.set(column.name, Object.freeze(info));
    columns.push(column.type === 'numeric' ? numericColumn(column.name, column.values, info.missing, column.tags, column.complete) : stringColumn(column.name, column.values, info.missing));
  }
  if (raw.rowCount === 0) warnings.push(warning('no-rows', `survey \`${name}\` has no rows`, { zh: `调查 \`${name}\` 没有数据行` }));
  const sets = [...(raw.multipleResponse ?? []), ...(codebook?.multipleResponse ?? [])];
  const multipleResponse = sets.length > 0 ? { multipleResponse: sets } : {};
  const { screening, allMissing, allRange, origin, labels } = codebook ?? {};
  const survey = createSurvey({
    name,
    rowCount: raw.rowCount,
    columns,
    codebook: {
      variables,
      constructs: codebook?.constructs ?? new Map<string, Construct>(),
      notes: [...raw.notes, ...(codebook?.notes ?? [])],
      ...multipleResponse,
      ...(labels ? { labels } : {}),
      ...(screening ? { screening } : {}),
      ...(allMissing ? { allMissing } : {}),
      ...(allRange ? { allRange } : {}),
      ...(origin ? { origin } : {})
    },
    source,
    warnings
  });
  const contradictions = skipWarnings(survey);
  return contradictions.length === 0 ? survey : createSurvey({ ...survey, warnings: [...warnings, ...contradictions] });
}

/** An empty missing rule in a codebook means "not stated". */
function statedOnly(info: VariableInfo | undefined): Partial<VariableInfo> {
  if (!info) return {};
  if (declaresMissing(info.missing)) return info;
  const { missing: _unstated, ...rest } = info;
  return rest;
}

/** Codes that lie inside the range of answers are answers. */
function outside(rule: MissingRule, range: VariableInfo['range']): MissingRule {
  if (!range) return rule;
  const outside = (code: number | string): boolean => typeof code === 'string' || code < range.min || code > range.max;
  return { ...rule, codes: rule.codes.filter(outside), ...(rule.skipped ? { skipped: rule.skipped.filter(outside) } : {}) };
}

function joined(a: MissingRule, b: MissingRule): MissingRule {
  const strings = [...new Set([...(a.strings ?? []), ...(b.strings ?? [])])];
  const range = a.range ?? b.range;
  const skipped = [...new Set([...(a.skipped ?? []), ...(b.skipped ?? [])])];
  return { codes: [...new Set([...a.codes, ...b.codes])], ...(range ? { range } : {}), ...(strings.length > 0 ? { strings } : {}), ...(skipped.length > 0 ? { skipped } : {}) };
}

function refuseUnknownNames(survey: string, names: ReadonlySet<string>, codebook: Codebook): void {
  const problems = new Map<string, Diagnostic>();
  const known = (name: string, what: string): void => {
    if (names.has(name) || problems.has(name)) return;
    const help = didYouMean(name, names);
    const span = codebook.origin?.places.get(name);
    problems.set(name, {
      severity: 'error',
      code: 'unknown-variable',
      message: `\`${name}\`, ${what}, is not a column of survey \`${survey}\``,
      ...(span ? { span } : {}),
      ...(help === undefined ? {} : { help })
    });
  };
  for (const construct of codebook.constructs.values()) for (const item of construct.items) known(item, `an item of construct \`${construct.name}\``);
  for (const [name, { askedWhen }] of codebook.variables) {
    known(name, 'described in the codebook');
    for (const clause of askedWhen?.flat() ?? []) known(clause.name, `which decides whether \`${name}\` is asked`);
  }
  const rules = codebook.screening;
  for (const name of rules?.items ?? []) known(name, 'named in the screening rules');
  for (const name of rules?.attention?.keys() ?? []) known(name, 'the attention item');
  if (rules?.seconds !== undefined) known(rules.seconds, 'the column of answering times');
  if (Array.isArray(rules?.duplicates)) for (const name of rules.duplicates as readonly string[]) known(name, 'named in the screening rules');
  if (problems.size > 0) throw new SurveyError([...problems.values()], codebook.origin?.source);
  refuseCircles(codebook);
}

/** A question cannot decide, by however many others, whether it is itself asked. */
function refuseCircles({ variables, origin }: Codebook): void {
  const settled = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (settled.has(name)) return;
    if (path.includes(name)) {
      const span = origin?.places.get(name);
      fail('circular-filter', `whether \`${name}\` is asked depends on itself: ${[...path.slice(path.indexOf(name)), name].join(' ← ')}`, span ? { span } : {}, origin?.source);
    }
    for (const clause of variables.get(name)?.askedWhen?.flat() ?? []) visit(clause.name, [...path, name]);
    settled.add(name);
  };
  for (const name of variables.keys()) visit(name, []);
}
