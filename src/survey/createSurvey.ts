import { fail, type Diagnostic } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import type { Codebook, VariableInfo } from './codebook.js';
import { toDanfo } from './danfo.js';
import type { DataFrame, ToDanfoOptions } from './danfoTypes.js';
import type { NumericColumn, Screening, Survey, SurveyColumn, SurveySource } from './survey.js';
import { mergeVariable, plainVariable } from './variableInfo.js';
import { valueText } from './valueText.js';

/** All that a survey is made of; the rest of its interface follows. */
export interface SurveyParts {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly SurveyColumn[];
  readonly codebook: Codebook;
  readonly source: SurveySource;
  readonly screening?: Screening;
  readonly warnings: readonly Diagnostic[];
}

/** The survey of these parts: frozen, columns looked up by name in a map. Parts must agree (see `buildSurvey`). */
export function createSurvey(parts: SurveyParts): Survey {
  return new FrozenSurvey(parts);
}

class FrozenSurvey implements Survey {
  readonly kind = 'survey' as const;
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly SurveyColumn[];
  readonly codebook: Codebook;
  readonly source: SurveySource;
  readonly screening?: Screening;
  readonly warnings: readonly Diagnostic[];
  readonly validCount: number;
  readonly #places: ReadonlyMap<string, number>;

  constructor(parts: SurveyParts) {
    this.name = parts.name;
    this.rowCount = parts.rowCount;
    this.columns = Object.freeze(parts.columns.slice());
    this.codebook = Object.freeze({ ...parts.codebook });
    this.source = Object.freeze({ ...parts.source });
    if (parts.screening) this.screening = parts.screening;
    this.warnings = Object.freeze(parts.warnings.slice());
    this.validCount = parts.screening?.valid ?? parts.rowCount;
    this.#places = new Map(parts.columns.map((column, i) => [column.name, i]));
    Object.freeze(this);
  }

  names(): readonly string[] {
    return this.columns.map((column) => column.name);
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  column(name: string): SurveyColumn {
    const place = this.#places.get(name);
    if (place === undefined) {
      const help = didYouMean(name, this.#places.keys());
      fail('unknown-variable', `\`${name}\` is not a column of survey \`${this.name}\``, help === undefined ? {} : { help });
    }
    return this.columns[place];
  }

  numeric(name: string): Float64Array {
    const column = this.column(name);
    if (column.type === 'string') {
      const first = column.values.find((value) => value !== null);
      fail('not-numeric', `column \`${name}\` of survey \`${this.name}\` holds words${first === undefined ? '' : ` such as \`${first.slice(0, 40)}\``}, numbers were expected`, {
        help: 'give its words numeric value labels in the codebook, or use it as a grouping variable'
      });
    }
    const excluded = this.screening?.excludedBy;
    if (!excluded || this.validCount === this.rowCount) return column.values;
    const valid = new Float64Array(this.validCount);
    let next = 0;
    for (let i = 0; i < excluded.length; i++) if (excluded[i] === 0) valid[next++] = column.values[i];
    return valid;
  }

  labels(name: string): readonly (string | null)[] {
    const column = this.column(name);
    const excluded = this.screening?.excludedBy;
    if (column.type === 'string') return excluded ? column.values.filter((_, i) => excluded[i] === 0) : column.values;
    const info = this.info(name);
    const texts = new Map<number, string | null>();
    return Array.from(this.numeric(name), (value) => {
      let text = texts.get(value);
      if (text === undefined) {
        text = valueText(value, info);
        texts.set(value, text);
      }
      return text;
    });
  }

  info(name: string): VariableInfo {
    return this.codebook.variables.get(name) ?? plainVariable(this.column(name).name);
  }

  withColumn(name: string, values: Float64Array, info: Partial<VariableInfo> = {}): Survey {
    if (typeof name !== 'string' || name.length === 0) fail('bad-name', 'a new column needs a name');
    if (!(values instanceof Float64Array)) fail('bad-column', `new column \`${name}\` must be a Float64Array`);
    if (values.length !== this.rowCount) {
      fail('bad-column', `new column \`${name}\` has ${values.length} values, survey \`${this.name}\` has ${this.rowCount} rows`, {
        help: 'give one value per row of the file, also for rows that screening masks'
      });
    }
    const column: NumericColumn = Object.freeze({ type: 'numeric', name, values, missingCodesHit: new Map<number, number>() });
    const place = this.#places.get(name);
    const columns = place === undefined ? [...this.columns, column] : this.columns.map((old, i) => (i === place ? column : old));
    const variables = new Map(this.codebook.variables);
    variables.set(name, mergeVariable(plainVariable(name), info));
    return createSurvey({ ...this.#parts(), columns, codebook: { ...this.codebook, variables } });
  }

  withScreening(screening: Screening): Survey {
    if (screening.excludedBy.length !== this.rowCount) fail('bad-screening', `screening covers ${screening.excludedBy.length} rows, survey \`${this.name}\` has ${this.rowCount}`);
    let valid = 0;
    for (const step of screening.excludedBy) if (step === 0) valid++;
    if (valid !== screening.valid) fail('bad-screening', `screening says ${screening.valid} valid rows but keeps ${valid}`);
    // Warnings of an earlier screening go with it.
    const earlier = new Set(this.screening?.warnings);
    const warnings = [...this.warnings.filter((said) => !earlier.has(said)), ...(screening.warnings ?? [])];
    return createSurvey({ ...this.#parts(), warnings, screening: Object.freeze({ ...screening }) });
  }

  toDanfo(options: ToDanfoOptions = {}): DataFrame {
    return toDanfo(this, options);
  }

  #parts(): SurveyParts {
    const { name, rowCount, columns, codebook, source, screening, warnings } = this;
    return { name, rowCount, columns, codebook, source, warnings, ...(screening ? { screening } : {}) };
  }
}
