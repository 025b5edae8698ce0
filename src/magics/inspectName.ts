import { describeValues } from '../statistics/describe/describe.js';
import { valueText } from '../survey/valueText.js';
import type { Survey } from '../survey/survey.js';
import { nameAround } from './completeNames.js';
import type { Inspection, MagicCall, MagicContext } from './magic.js';
import { isSemFit, isSurvey } from './resolve.js';
import { code } from './shown.js';

/** Answers shown for a column with few distinct values. */
const MOST_ANSWERS = 12;

function columnLines(survey: Survey, name: string): string[] {
  const info = survey.info(name);
  const lines = [`**${code(name)}** — column of survey ${code(survey.name)}`];
  if (info.label) lines.push([info.label.en, info.label.zh].filter((text) => text !== undefined).map((text) => code(text)).join(' · '));
  if (info.level) lines.push(`level: ${info.level}${info.reverse ? ', reversed item' : ''}`);
  if (info.missing.codes.length > 0) lines.push(`missing codes: ${info.missing.codes.join(', ')}`);
  const column = survey.column(name);
  if (column.type === 'numeric') {
    const values = survey.numeric(name);
    const { n, missing, mean, sd, minimum, maximum } = describeValues(values);
    const number = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))));
    lines.push(`n ${n}, missing ${missing}, mean ${number(mean)}, SD ${number(sd)}, range ${number(minimum)} to ${number(maximum)}`);
    const counts = new Map<number, number>();
    for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size <= MOST_ANSWERS) {
      for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
        const text = valueText(value, info);
        lines.push(`- ${value}${text !== null && text !== String(value) ? ` ${code(text)}` : ''}: ${count}`);
      }
    }
  } else lines.push(`${new Set(column.values).size} distinct words`);
  return lines;
}

function surveyLines(survey: Survey, name: string): string[] {
  const lines = survey.has(name) ? columnLines(survey, name) : [];
  const construct = survey.codebook.constructs.get(name);
  if (construct) lines.push(`**${code(name)}** — construct${construct.label ? `: ${code(construct.label.en)}${construct.label.zh ? ` · ${code(construct.label.zh)}` : ''}` : ''}`, `items: ${construct.items.map((item) => code(item)).join(', ')}`);
  return lines;
}

function inspectionOf(lines: readonly string[]): Inspection | undefined {
  return lines.length === 0 ? undefined : { markdown: lines.join('\n\n'), text: lines.join('\n').replace(/\*\*|`/g, '') };
}

/** What a survey says of one of its columns or constructs. */
export function inspectSurveyName(survey: Survey, name: string): Inspection | undefined {
  return inspectionOf(surveyLines(survey, name));
}

/** Shift-Tab in a model or formula: a column's label and answers, a construct's items, a parameter's estimate. */
export function inspectName(call: MagicCall, offset: number, context: MagicContext): Inspection | undefined {
  const { start, end } = nameAround(call.body, offset);
  const name = call.body.slice(start, end);
  if (name === '') return undefined;
  const lines: string[] = [];
  const survey = context.lookup(call.arguments[0] ?? '');
  if (isSurvey(survey)) lines.push(...surveyLines(survey, name));
  for (const variable of context.names()) {
    const fit = context.lookup(variable);
    if (!isSemFit(fit)) continue;
    for (const row of fit.parameters) {
      if (row.label !== name && !(row.op === ':=' && row.lhs === name)) continue;
      const shown = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
      lines.push(`in ${code(variable)}: ${code(row.term)} = ${shown(row.estimate)}, SE ${shown(row.stdError)}, p ${shown(row.pValue)}, standardized ${shown(row.stdAll)}`);
    }
  }
  return inspectionOf(lines);
}
