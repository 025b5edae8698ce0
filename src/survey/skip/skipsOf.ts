import { withCodes, withStrings } from '../declaredMissing.js';
import type { FilterClause, VariableInfo } from '../codebook.js';
import type { Survey, SurveyColumn } from '../survey.js';

/** What became of a question that not everybody was asked; rows of the file, ascending. */
export interface Skips {
  /** Empty because the question was not put. */
  readonly notAsked: Uint32Array;
  /** Answered by people to whom the filter says it was not put. */
  readonly answeredThough: Uint32Array;
  /** Marked as skipped in the file by people to whom the filter says it was put: these count as missing. */
  readonly skippedThough: Uint32Array;
}

/** Truth of a filter for one person: `UNKNOWN` when the deciding answer is missing. */
const NO = 0;
const YES = 1;
const UNKNOWN = 2;
type Truth = typeof NO | typeof YES | typeof UNKNOWN;

/** True when the codebook says of this variable that some people are not asked. */
export function mayBeSkipped(info: VariableInfo): boolean {
  return info.askedWhen !== undefined || (info.missing.skipped?.length ?? 0) > 0;
}

/**
 * Who was not asked a question, by its filter and by the codes of the file.
 *
 * A filter is judged by Kleene's three truth values: a missing deciding answer
 * leaves open whether the question was put, and the empty cell stays missing;
 * a deciding question that was itself not asked meets no condition, so that
 * whole branches are skipped. Where filter and code disagree, the filter
 * decides. Undefined for a question that everybody is asked.
 *
 * @see Kleene (1952), Introduction to Metamathematics, § 64
 */
export function skipsOf(survey: Survey, name: string): Skips | undefined {
  return new Routes(survey).skips(name);
}

/** `skipsOf` for several questions, so that shared filters are judged once. */
export function skipReader(survey: Survey): (name: string) => Skips | undefined {
  const routes = new Routes(survey);
  return (name) => routes.skips(name);
}

/** How many of these rows of the file passed screening. */
export function countValid({ screening }: Survey, rows: Uint32Array | undefined): number {
  if (!rows || !screening) return rows?.length ?? 0;
  let count = 0;
  for (const row of rows) if (screening.excludedBy[row] === 0) count++;
  return count;
}

class Routes {
  readonly #survey: Survey;
  readonly #known: Map<string, Skips | undefined> = new Map();
  readonly #judging: Set<string> = new Set();

  constructor(survey: Survey) {
    this.#survey = survey;
  }

  skips(name: string): Skips | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    const skips = this.#judge(name);
    this.#known.set(name, skips);
    return skips;
  }

  #judge(name: string): Skips | undefined {
    const survey = this.#survey;
    const column = survey.column(name);
    const info = survey.info(name);
    if (!mayBeSkipped(info)) return undefined;
    this.#judging.add(name);
    const isAsked = this.#filter(info);
    this.#judging.delete(name);
    const marked = markedAsSkipped(column, info);
    const notAsked: number[] = [];
    const answeredThough: number[] = [];
    const skippedThough: number[] = [];
    for (let row = 0; row < survey.rowCount; row++) {
      const asked = isAsked(row);
      const value = column.values[row];
      if (value !== null && !Number.isNaN(value)) {
        if (asked === NO) answeredThough.push(row);
      } else if (asked === YES) {
        if (marked?.[row] === 1) skippedThough.push(row);
      } else if (asked === NO || marked?.[row] === 1) notAsked.push(row);
    }
    return { notAsked: Uint32Array.from(notAsked), answeredThough: Uint32Array.from(answeredThough), skippedThough: Uint32Array.from(skippedThough) };
  }

  /** Without a filter nothing is known of who was asked. */
  #filter({ askedWhen }: VariableInfo): (row: number) => Truth {
    if (!askedWhen) return () => UNKNOWN;
    const alternatives = askedWhen.map((clauses) => clauses.map((clause) => this.#clause(clause)));
    return (row) => {
      let any: Truth = NO;
      for (const clauses of alternatives) {
        let all: Truth = YES;
        for (const clause of clauses) {
          const truth = clause(row);
          if (truth === NO) {
            all = NO;
            break;
          }
          if (truth === UNKNOWN) all = UNKNOWN;
        }
        if (all === YES) return YES;
        if (all === UNKNOWN) any = UNKNOWN;
      }
      return any;
    };
  }

  #clause(clause: FilterClause): (row: number) => Truth {
    const { name, ranges, not } = clause;
    const column = this.#survey.column(name);
    const info = this.#survey.info(name);
    const met = not ? NO : YES;
    const unmet = not ? YES : NO;
    // A question that decides about itself, by a detour, decides by its answers alone.
    const unasked = rowFlags(this.#judging.has(name) ? undefined : this.skips(name)?.notAsked, this.#survey.rowCount);
    if (column.type === 'string') {
      const wanted = new Set(clause.answers.map((answer) => String(answer).trim()));
      const words = withStrings(column);
      return (row) => {
        const word = words[row]?.trim();
        if (word === undefined || word === '') return unasked?.[row] === 1 ? NO : UNKNOWN;
        if (wanted.has(word) || chosenParts(word).some((part) => wanted.has(part))) return met;
        return column.values[row] === null ? (unasked?.[row] === 1 ? NO : UNKNOWN) : unmet;
      };
    }
    const wanted = new Set(answerCodes(clause, info));
    const values = withCodes(column);
    return (row) => {
      const value = values[row];
      if (wanted.has(value) || ranges.some(({ low, high, above, below }) => (above ? value > low : value >= low) && (below ? value < high : value <= high))) {
        // A declared missing code is an answer only to a filter that names it.
        if (wanted.has(value) || !Number.isNaN(column.values[row])) return met;
      }
      if (Number.isNaN(column.values[row])) return unasked?.[row] === 1 ? NO : UNKNOWN;
      return unmet;
    };
  }
}

/** The answers of a clause as numbers: words stand for the codes whose labels they are, in either language. */
export function answerCodes({ answers }: FilterClause, { valueLabels }: VariableInfo): readonly number[] {
  return answers.flatMap((answer): readonly number[] => {
    if (typeof answer === 'number') return [answer];
    const word = answer.trim().toLowerCase();
    const labelled = [...valueLabels].flatMap(([code, { en, zh }]) => (typeof code === 'number' && (en.trim().toLowerCase() === word || zh?.trim().toLowerCase() === word) ? [code] : []));
    if (labelled.length > 0) return labelled;
    const number = Number(word);
    return word !== '' && Number.isFinite(number) ? [number] : [];
  });
}

/** Several choices in one cell, as platforms join them: `a┋b`, `1,3`. */
function chosenParts(word: string): readonly string[] {
  if (word.includes('┋')) return word.split('┋').map((part) => part.trim());
  return /^\d+(?:,\d+)+$/.test(word) ? word.split(',') : [];
}

function rowFlags(rows: Uint32Array | undefined, rowCount: number): Uint8Array | undefined {
  if (!rows || rows.length === 0) return undefined;
  const flags = new Uint8Array(rowCount);
  for (const row of rows) flags[row] = 1;
  return flags;
}

/** Cells whose code, word or tag says "not asked". */
function markedAsSkipped(column: SurveyColumn, { missing }: VariableInfo): Uint8Array | undefined {
  if (!missing.skipped?.length || !column.missingReasons) return undefined;
  const skipped = new Set<number | string>(missing.skipped);
  const flags = new Uint8Array(column.values.length);
  for (const [reason, rows] of column.missingReasons as ReadonlyMap<number | string, Uint32Array>) if (skipped.has(reason)) for (const row of rows) flags[row] = 1;
  return flags;
}
