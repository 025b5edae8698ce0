import type { Diagnostic } from '../shared/diagnostic.js';
import { JUPYTER_DISPLAY } from '../shared/mimeBundle.js';
import type { Bilingual, Table } from '../shared/table.js';
import type { SemFit } from '../models/sem/results.js';
import { fitSummary, resultSummary } from '../report/fitSummary.js';
import type { TableStyle } from '../report/format/tableStyle.js';
import { fitSentences } from '../report/sentences/fitSentences.js';
import { resultSentences } from '../report/sentences/resultSentences.js';
import type { MagicCall, OptionSpecs } from './magic.js';
import { textOption } from './resolve.js';

/** A value that carries its own MIME data. */
export interface Shown {
  readonly [JUPYTER_DISPLAY]: () => Readonly<Record<string, string>>;
}

/** Markdown of our own making; names inside must be escaped by `code`. */
export function markdown(text: string): Shown {
  return { [JUPYTER_DISPLAY]: () => ({ 'text/markdown': text, 'text/plain': text }) };
}

/** A user's name as Markdown code, whatever it holds. */
export function code(name: string): string {
  const longest = Math.max(0, ...[...name.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${name.replace(/[\r\n]+/g, ' ')}${pad}${fence}`;
}

/** A heading between the steps of a study, in both languages. */
export function heading(title: Bilingual): Shown {
  return markdown(`#### ${title.en}${title.zh ? ` · ${title.zh}` : ''}`);
}

/** The options that every magic with tables takes. */
export const STYLE_OPTIONS: OptionSpecs = {
  lang: { type: 'string', summary: 'language of headings and labels', choices: ['en', 'zh', 'both'], default: 'en' },
  style: { type: 'string', summary: 'APA 7 or the three-line tables of Chinese theses', choices: ['apa', 'thesis'], default: 'apa' },
  sentences: { type: 'boolean', summary: 'a sentence per finding under the tables; `--no-sentences` leaves them out', default: true }
};

export function tableStyle(call: MagicCall): TableStyle {
  const lang = textOption(call, 'lang');
  const style = textOption(call, 'style');
  return { ...(lang ? { lang: lang as 'en' | 'zh' | 'both' } : {}), ...(style ? { style: style as 'apa' | 'thesis' } : {}) };
}

/** Tables with their warnings as one output in the call's style. */
export function shownTables(call: MagicCall, tables: readonly Table[], warnings: readonly Diagnostic[] = [], title: Bilingual = { en: '' }, sentences: readonly string[] = []): unknown {
  return resultSummary(tables, warnings, tableStyle(call), title, sentences);
}

/** A fitted structural model as one output: state, measures, tables, and what they say. */
export function shownFit(call: MagicCall, fit: SemFit, labels: ReadonlyMap<string, Bilingual>, title?: Bilingual): unknown {
  const style = tableStyle(call);
  return fitSummary(fit, { style, labels, ...(title ? { title } : {}), ...(call.options.sentences === false ? {} : { sentences: fitSentences(fit, style, labels) }) });
}

/** An analysis (tables, warnings, and what they say) as one output in the call's style. */
export function shownAnalysis(call: MagicCall, analysis: { tables(): readonly Table[]; readonly warnings: readonly Diagnostic[] }, title: Bilingual = { en: '' }): unknown {
  return shownTables(call, analysis.tables(), analysis.warnings, title, call.options.sentences === false ? [] : resultSentences(analysis, tableStyle(call)));
}
