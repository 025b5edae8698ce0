import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import { table, type Bilingual, type Table, type TableRow } from '../../shared/table.js';
import { describeValues } from '../../statistics/describe/describe.js';
import type { Construct } from '../../survey/codebook.js';
import { answerRange, score } from '../../survey/score.js';
import type { Survey } from '../../survey/survey.js';
import type { RegressionFit } from './results.js';
import { sampleNotes } from './tables/sampleNotes.js';
import { column } from './tables/wording.js';

/** What importance is here, for the axis of the map. */
export const SLOPE_IMPORTANCE: Bilingual = { en: 'Importance (standardized slope β)', zh: '重要性（标准化系数 β）' };

export type Quadrant = 'improve first' | 'keep up' | 'low priority' | 'possible overkill';

export interface ImportancePerformanceRow {
  readonly name: string;
  readonly label: Bilingual;
  /** Standardized slope. */
  readonly importance: number;
  readonly pValue: number | null;
  /** 100 (mean − least) / (greatest − least) of the construct's score. */
  readonly performance: number;
  readonly quadrant: Quadrant;
}

export interface ImportancePerformance {
  readonly kind: 'importance-performance';
  readonly outcome: string;
  /** By falling importance. */
  readonly rows: readonly ImportancePerformanceRow[];
  readonly meanImportance: number;
  readonly meanPerformance: number;
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}

const QUADRANT_ZH: ReadonlyMap<Quadrant, string> = new Map([['improve first', '优先改进'], ['keep up', '继续保持'], ['low priority', '次要'], ['possible overkill', '投入可能过多']]);

/**
 * Importance of each predictor that is a construct (its standardized slope)
 * against its performance (mean score on 0 … 100): where importance is above
 * and performance below the average there is most to win.
 *
 * @throws SurveyError `no-constructs`, `no-range`
 * @see Martilla & James (1977), Journal of Marketing 41, 77-79; Ringle & Sarstedt (2016), Ind. Manag. Data Syst. 116
 */
export function importancePerformance(survey: Survey, fit: RegressionFit): ImportancePerformance {
  const found = fit.coefficients.flatMap((row) => {
    const construct = survey.codebook.constructs.get(row.term);
    return construct && row.beta !== null ? [{ construct, importance: row.beta, pValue: row.pValue, performance: performanceOf(survey, construct) }] : [];
  });
  if (found.length === 0) fail('no-constructs', `no predictor of \`${fit.response}\` is a construct of survey \`${survey.name}\``, { help: 'the map needs constructs, whose scores have a least and a greatest value' });
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanImportance = mean(found.map(({ importance }) => importance));
  const meanPerformance = mean(found.map(({ performance }) => performance));
  const quadrantOf = (importance: number, performance: number): Quadrant => (importance >= meanImportance ? (performance < meanPerformance ? 'improve first' : 'keep up') : performance < meanPerformance ? 'low priority' : 'possible overkill');
  const rows = found
    .map(({ construct, importance, pValue, performance }): ImportancePerformanceRow => ({ name: construct.name, label: construct.label ?? { en: construct.name }, importance, pValue, performance, quadrant: quadrantOf(importance, performance) }))
    .sort((a, b) => b.importance - a.importance);
  const negative = rows.filter(({ importance }) => importance < 0).map(({ name }) => `\`${name}\``);
  const warnings = negative.length > 0 ? [warning('negative-importance', `${negative.join(', ')} lower${negative.length === 1 ? 's' : ''} the outcome, so more of it is no improvement`, { zh: `${negative.join('、')} 对因变量为负向影响，提高它并不是改进` })] : [];
  const facts = { kind: 'importance-performance' as const, outcome: fit.response, rows, meanImportance, meanPerformance, warnings };
  const made = (): Table => mapTable(facts, fit);
  return Object.freeze({ ...facts, tidy: made, tables: () => [made()] });
}

function performanceOf(survey: Survey, construct: Construct): number {
  const ranges = construct.items.map((item) => answerRange(survey.info(item)));
  const [first] = ranges;
  if (!first || ranges.some((range) => range?.min !== first.min || range.max !== first.max)) fail('no-range', `the items of \`${construct.name}\` declare no common range of answers`, { help: 'add `range: 1-5` to the codebook' });
  const { mean } = describeValues(survey.withColumn(construct.name, score(survey, construct)).numeric(construct.name));
  return mean === null ? fail('no-data', `\`${construct.name}\` has no answers`) : (100 * (mean - first.min)) / (first.max - first.min);
}

function mapTable(facts: Omit<ImportancePerformance, 'tidy' | 'tables'>, fit: RegressionFit): Table {
  return table(
    { en: `Importance and performance for ${facts.outcome}`, zh: `重要性–绩效分析（因变量 ${facts.outcome}）` },
    [
      column('construct', { en: 'Construct', zh: '变量' }, 'text', { zhFrom: 'constructZh' }),
      column('importance', { en: 'Importance (β)', zh: '重要性 (β)' }, 'unit', { digits: 3, starsFrom: 'pValue' }),
      column('performance', { en: 'Performance (0–100)', zh: '绩效 (0–100)' }, 'number', { digits: 1 }),
      column('quadrant', { en: 'Quadrant', zh: '象限' }, 'text', { zhFrom: 'quadrantZh' })
    ],
    facts.rows.map(({ name, label, importance, pValue, performance, quadrant }): TableRow => ({ construct: `${name} ${label.en}`, constructZh: `${name} ${label.zh ?? label.en}`, importance, pValue, performance, quadrant, quadrantZh: QUADRANT_ZH.get(quadrant) ?? quadrant })),
    {
      notes: [
        { en: `Quadrants split at the averages: importance ${facts.meanImportance.toFixed(3)}, performance ${facts.meanPerformance.toFixed(1)}. A reading aid, not a test.`, zh: `以均值划分象限：重要性 ${facts.meanImportance.toFixed(3)}，绩效 ${facts.meanPerformance.toFixed(1)}。仅供参考，并非检验。` },
        ...sampleNotes(fit)
      ]
    }
  );
}
