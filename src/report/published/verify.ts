import { fail, SurveyError, type Diagnostic } from '../../shared/diagnostic.js';
import { didYouMean } from '../../shared/suggest.js';
import { table, type Bilingual, type Table } from '../../shared/table.js';
import { agreement, type Agreement } from './printedNumber.js';
import { readPublished, type Published, type PublishedNumber } from './readPublished.js';
import { figureNames, recomputedFigures, simplified, type RecomputedFigures } from './recomputedFigures.js';

export interface VerifiedNumber {
  readonly line: number;
  readonly of: string;
  readonly figure: string;
  /** As the paper prints it. */
  readonly printed: string;
  readonly recomputed: number | null;
  /** Recomputed less printed; null for `<` and `>`. */
  readonly difference: number | null;
  readonly agreement: Agreement;
}

/** Printed numbers against recomputed ones. */
export interface Verification {
  readonly kind: 'verification';
  readonly source: string;
  readonly numbers: readonly VerifiedNumber[];
  /** How many of each. */
  readonly counts: Readonly<Record<Agreement, number>>;
  /** True when no number differs or is absent. */
  readonly holds: boolean;
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}

/**
 * Compares numbers as a paper prints them with a fit (or any analysis that has
 * tables), each at its own printed precision.
 *
 * @throws SurveyError `unknown-figure` for what the results do not have, with its place in the text
 * @example verify(fit, 'chisq: 85.306, df 24\nvisual =~ x2: .554 (.100)').holds
 */
export function verify(result: unknown, published: Published | string): Verification {
  const paper = typeof published === 'string' ? readPublished(published) : published;
  const known = recomputedFigures(result) ?? fail('not-results', 'expected a fit or an analysis with tables to compare with');
  const problems: Diagnostic[] = [];
  const numbers = paper.numbers.flatMap((number): readonly VerifiedNumber[] => {
    const found = find(number, known);
    if (typeof found === 'string') {
      problems.push({ severity: 'error', code: 'unknown-figure', message: found, span: number.span, ...(suggestion(number, known) ?? {}) });
      return [];
    }
    const { printed } = number;
    const comparable = found === null || printed.comparison !== '=' ? null : printed.percent ? found * 100 : found;
    return [Object.freeze({ line: number.line, of: number.of, figure: number.figure, printed: printed.text, recomputed: found, difference: comparable === null ? null : comparable - printed.value, agreement: agreement(printed, found) })];
  });
  if (problems.length > 0) throw new SurveyError(problems.slice(0, 5), { name: '%%published', text: paper.text, lineOffset: 1 });
  const counts: Record<Agreement, number> = { same: 0, truncated: 0, 'last digit': 0, differs: 0, absent: 0 };
  for (const one of numbers) counts[one.agreement]++;
  const holds = counts.differs + counts.absent === 0;
  const facts = { kind: 'verification' as const, source: paper.source, numbers: Object.freeze(numbers), counts: Object.freeze(counts), holds, warnings: Object.freeze(warningsOf(numbers)) };
  return Object.freeze({ ...facts, tidy: () => verificationTable(facts), tables: () => [verificationTable(facts)] });
}

/** The recomputed value, or why there is none. */
function find({ of, figure }: PublishedNumber, known: readonly RecomputedFigures[]): number | null | string {
  const wanted = simplified(of);
  const matching = known.filter(({ names }) => names.some((name) => simplified(name) === wanted));
  if (matching.length === 0) return `the results have no \`${of}\``;
  for (const { figures, main } of matching) {
    for (const name of figure === '' ? [main] : figureNames(figure)) {
      const value = figures.get(name);
      if (value === undefined) continue;
      // rows of several groups share a name until the group is said
      if (matching.filter((other) => other.figures.has(name)).length > 1 && new Set(matching.map((other) => other.figures.get(name))).size > 1) return `\`${of}\` stands for ${matching.length} rows: write ${matching.slice(0, 3).map(({ names }) => `\`${names[0]}\``).join(', ')}`;
      return value;
    }
  }
  const figures = [...new Set(matching.flatMap((one) => [...one.figures.keys()]))];
  return figure === '' ? `which figure of \`${of}\` this is must be named: ${figures.slice(0, 8).join(', ')}` : `\`${of}\` has no figure \`${figure}\`; it has ${figures.slice(0, 12).join(', ')}`;
}

function suggestion({ of }: PublishedNumber, known: readonly RecomputedFigures[]): { readonly help: string } | undefined {
  const help = didYouMean(of, known.map(({ names }) => names[0]));
  return help === undefined ? undefined : { help };
}

function warningsOf(numbers: readonly VerifiedNumber[]): readonly Diagnostic[] {
  return numbers.filter(({ agreement: verdict }) => verdict === 'differs' || verdict === 'absent').map(({ line, of, figure, printed, recomputed }): Diagnostic => ({
    severity: 'warning', code: 'number-differs', message: `line ${line}: ${of}${figure === '' ? '' : ` ${figure}`} is printed as ${printed} and recomputed as ${recomputed === null ? 'nothing' : Number(recomputed.toPrecision(6))}`
  }));
}

const WORDS: Readonly<Record<Agreement, Bilingual>> = {
  same: { en: 'same', zh: '一致' },
  truncated: { en: 'same, cut off', zh: '一致（截断）' },
  'last digit': { en: 'one unit of the last digit', zh: '末位差 1' },
  differs: { en: 'differs', zh: '不一致' },
  absent: { en: 'not there', zh: '无此结果' }
};

function verificationTable({ source, numbers, counts }: Pick<Verification, 'source' | 'numbers' | 'counts'>): Table {
  const back = counts.same + counts.truncated;
  const near = counts['last digit'];
  const lost = counts.differs + counts.absent;
  return table(
    { en: `Printed against recomputed${source === '' ? '' : `: ${source}`}`, zh: `发表数值与重算结果${source === '' ? '' : `：${source}`}` },
    [
      { key: 'of', label: { en: 'Result', zh: '结果' }, kind: 'text' },
      { key: 'figure', label: { en: 'Figure', zh: '指标' }, kind: 'text' },
      { key: 'printed', label: { en: 'Printed', zh: '发表值' }, kind: 'text' },
      { key: 'recomputed', label: { en: 'Recomputed', zh: '重算值' }, kind: 'number', digits: 6 },
      { key: 'difference', label: { en: 'Difference', zh: '差值' }, kind: 'number', digits: 6 },
      { key: 'verdict', label: { en: 'Verdict', zh: '结论' }, kind: 'text', zhFrom: 'verdictZh' }
    ],
    numbers.map(({ agreement: verdict, ...rest }) => ({ of: rest.of, figure: rest.figure, printed: rest.printed, recomputed: rest.recomputed, difference: rest.difference, verdict: WORDS[verdict].en, verdictZh: WORDS[verdict].zh ?? '' })),
    { notes: [{ en: `${back} of ${numbers.length} printed numbers come back to their last digit; ${near} ${near === 1 ? 'is' : 'are'} one unit of it away; ${lost} ${lost === 1 ? 'does' : 'do'} not come back.`, zh: `${numbers.length} 个发表数值中 ${back} 个完全一致，${near} 个末位差 1，${lost} 个不一致。` }] }
  );
}
