import { describe, expect, it } from 'vitest';
import { commaSeparated, tabSeparated, TableView } from '../../../extension/src/widgets/tableView.js';
import type { SurveyTablePayload } from '../../../src/shared/mime/surveyTable.js';
import { surveyTable } from './fixtures.js';

/** Three plain rows; printed forms round differently from how numbers order. */
function plain(rows: number = 3): SurveyTablePayload {
  const values = Array.from({ length: rows }, (_, i) => [0.5, -0.25, null][i % 3]);
  return {
    kind: 'surveyTable',
    version: 1,
    lang: 'en',
    style: 'apa',
    table: {
      kind: 'table',
      title: { en: 'Loadings' },
      columns: [
        { key: 'term', label: { en: 'Term' }, kind: 'text' },
        { key: 'estimate', label: { en: 'Estimate' }, kind: 'estimate' }
      ],
      rows: values.map((estimate, i) => ({ term: `x${i}`, estimate })),
      notes: []
    },
    printed: {
      title: 'Loadings',
      columns: [
        { key: 'term', heading: 'Term', group: '', align: 'left' },
        { key: 'estimate', heading: 'Estimate', group: 'Model', align: 'right' }
      ],
      cells: values.map((estimate, i) => [`x${i}`, estimate === null ? '' : String(estimate).replace('0.', '.')]),
      sections: [],
      notes: ['n = 455']
    }
  };
}

const firstColumn = (view: TableView): (string | null)[] => [...view.node.querySelectorAll('tbody tr td:first-child')].map(({ textContent }) => textContent);
const heading = (view: TableView, name: string): HTMLButtonElement => [...view.node.querySelectorAll<HTMLButtonElement>('button.semlab-sort')].find(({ textContent }) => textContent === name) as HTMLButtonElement;

describe('a table in a notebook', () => {
  it('shows title, headings, cells, notes', () => {
    const { node } = new TableView(plain());
    expect(node.querySelector('caption')?.textContent).toBe('Loadings');
    expect([...node.querySelectorAll('thead tr:last-child th')].map(({ textContent }) => textContent)).toEqual(['Term', 'Estimate']);
    expect(node.querySelector('.semlab-groups')?.textContent).toBe('Model');
    expect([...node.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual(['x0', '.5', 'x1', '-.25', 'x2', '']);
    expect(node.querySelector('p.semlab-note')?.textContent).toBe('n = 455');
  });
  it('sorts by the exact numbers: up, down, as it came; what does not exist stays last', () => {
    const view = new TableView(plain());
    heading(view, 'Estimate').click();
    expect(firstColumn(view)).toEqual(['x1', 'x0', 'x2']);
    expect(view.node.querySelector('th[aria-sort]')?.getAttribute('aria-sort')).toBe('ascending');
    heading(view, 'Estimate').click();
    expect(firstColumn(view)).toEqual(['x0', 'x1', 'x2']);
    heading(view, 'Estimate').click();
    expect(firstColumn(view)).toEqual(['x0', 'x1', 'x2']);
    expect(view.node.querySelector('th[aria-sort]')).toBeNull();
  });
  it('keeps the order of tables with sections', () => {
    const view = new TableView(surveyTable);
    expect(view.node.querySelector('button.semlab-sort')).toBeNull();
    expect(view.node.querySelectorAll('tr.semlab-section')).toHaveLength(surveyTable.printed.sections.length);
    expect(view.node.querySelector('table')?.lang).toBe('zh');
  });
  it('draws a long table in two steps', () => {
    const view = new TableView(plain(1200));
    expect(view.node.querySelectorAll('tbody tr')).toHaveLength(501);
    view.node.querySelector<HTMLButtonElement>('tbody button')?.click();
    expect(view.node.querySelectorAll('tbody tr')).toHaveLength(1200);
  });
});

describe('tables on their way out', () => {
  it('are tab-separated for the clipboard', () => {
    expect(tabSeparated([['a', 'b\tc'], ['d\ne', '']])).toBe('a\tb c\nd e\t');
  });
  it('are quoted CSV with a byte order mark, exact numbers and no formulas', () => {
    expect(commaSeparated([['name', 'β'], ['say "hi", x', 0.1 + 0.2], ['=1+1', -0.5], [null, true]])).toBe('\ufeffname,β\r\n"say ""hi"", x",0.30000000000000004\r\n\'=1+1,-0.5\r\n,true\r\n');
  });
});
