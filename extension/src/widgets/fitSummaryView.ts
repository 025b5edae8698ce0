import type { FitSummaryPayload, HeadlineMeasure, SummaryWarning } from '../../../src/shared/mime/fitSummary.js';
import { inLanguage } from '../../../src/shared/mime/surveyTable.js';
import { element } from './element.js';
import { PathDiagramView } from './pathDiagramView.js';
import { TableView } from './tableView.js';

/** Words beside the colour: a verdict is never told by colour alone. */
const VERDICTS = {
  en: { good: 'good', acceptable: 'acceptable', poor: 'poor', none: '' },
  zh: { good: '良好', acceptable: '可接受', poor: '不佳', none: '' }
} as const;

const STATES = {
  en: { failed: 'not converged: the numbers below are no estimates', inadmissible: 'inadmissible solution: see the warnings' },
  zh: { failed: '未收敛：以下数字不是估计值', inadmissible: '解不可接受：见警告' }
} as const;

/** The first table stands open, and those after it that fit into this many open rows. */
const OPEN_ROWS = 40;

/** A fitted model at a glance: state first, then measures, warnings, tables and the diagram. */
export class FitSummaryView {
  readonly node: HTMLElement;
  private readonly diagram: PathDiagramView | null;

  constructor(private readonly payload: FitSummaryPayload) {
    const { lang, title, subtitle, converged, admissible, headline, warnings, tables, diagram, syntax } = payload;
    this.diagram = diagram === null ? null : new PathDiagramView(diagram);
    const words = STATES[lang === 'zh' ? 'zh' : 'en'];
    this.node = element('section', { class: 'semlab-summary', 'aria-label': inLanguage(title, lang) }, element('h3', {}, inLanguage(title, lang)));
    if (!converged) this.node.append(element('p', { class: 'semlab-state semlab-poor', role: 'alert' }, words.failed));
    else if (!admissible) this.node.append(element('p', { class: 'semlab-state semlab-poor', role: 'alert' }, words.inadmissible));
    this.node.append(element('p', { class: 'semlab-subtitle' }, subtitle));
    if (headline.length > 0) this.node.append(element('ul', { class: 'semlab-headline' }, ...headline.map((measure) => this.measure(measure))));
    if (warnings.length > 0) this.node.append(element('ul', { class: 'semlab-warnings' }, ...warnings.map((warning) => this.warning(warning))));
    let openRows = 0;
    tables.forEach((table, i) => {
      const rows = table.printed.cells.length;
      const details = element('details', {}, element('summary', {}, table.printed.title || `Table ${i + 1}`), new TableView(table, { titled: false }).node);
      details.open = i === 0 || openRows + rows <= OPEN_ROWS;
      if (details.open) openRows += rows;
      this.node.append(details);
    });
    for (const sentence of payload.sentences ?? []) this.node.append(element('p', { class: 'semlab-sentence' }, sentence));
    if (this.diagram) this.node.append(this.diagram.node);
    if (syntax !== '') this.node.append(element('details', {}, element('summary', {}, lang === 'zh' ? '模型' : 'Model'), element('pre', { class: 'semlab-syntax' }, syntax)));
  }

  dispose(): void {
    this.diagram?.dispose();
  }

  private measure({ label, text, verdict, threshold }: HeadlineMeasure): HTMLElement {
    const word = VERDICTS[this.payload.lang === 'zh' ? 'zh' : 'en'][verdict];
    const box = element('li', { class: `semlab-measure semlab-${verdict}` }, element('span', { class: 'semlab-name' }, inLanguage(label, this.payload.lang)), ' ', element('span', { class: 'semlab-value' }, text));
    if (word !== '' || threshold !== '') box.append(' ', element('span', { class: 'semlab-verdict' }, [word, threshold].filter((part) => part !== '').join(', ')));
    return box;
  }

  private warning({ severity, code, message, help }: SummaryWarning): HTMLElement {
    const item = element('li', { class: `semlab-${severity}` }, element('code', {}, `${severity}[${code}]`), ` ${message}`);
    if (help !== '') item.append(element('div', { class: 'semlab-help' }, `help: ${help}`));
    return item;
  }
}
