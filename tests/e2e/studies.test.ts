import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIT_SUMMARY_MIME } from '../../src/shared/mime/fitSummary.js';
import { PATH_DIAGRAM_MIME } from '../../src/shared/mime/pathDiagram.js';
import { SURVEY_TABLE_MIME } from '../../src/shared/mime/surveyTable.js';
import { startLab, type Lab } from './lab.js';
import { runAll, type Cell } from './notebooks.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ notebooks: '.' });
});
afterAll(() => lab?.close());

/** Longest run of one notebook, bootstrap included, on a machine with other work to do. */
const RUN_MS = 600_000;

const visible = '.jp-NotebookPanel:not(.lm-mod-hidden) ';

interface Box {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Texts of one drawn diagram as the browser's fonts set them, and the drawing's own box. */
function drawnTexts(n: number): Promise<{ frame: Box; texts: Box[] }> {
  return lab.page.locator(`${visible}.semlab-diagram svg`).nth(n).evaluate((svg) => {
    const box = (node: Element): Box => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return { text: node.textContent ?? '', left, top, right, bottom };
    };
    return { frame: { ...box(svg), text: '' }, texts: [...svg.querySelectorAll('text')].map(box) };
  });
}

/** Neighbouring letters may touch by this many px of antialiasing. */
const TOUCH = 1.5;
const overlap = (a: Box, b: Box): boolean => Math.min(a.right, b.right) - Math.max(a.left, b.left) > TOUCH && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > TOUCH;

/** Pairs of texts that lie on each other, and texts that stick out of the drawing. */
function flaws({ frame, texts }: { frame: Box; texts: readonly Box[] }): string[] {
  const found = texts.filter(({ left, top, right, bottom }) => left < frame.left - TOUCH || top < frame.top - TOUCH || right > frame.right + TOUCH || bottom > frame.bottom + TOUCH).map(({ text }) => `cut off: ${text}`);
  texts.forEach((a, i) => texts.slice(i + 1).forEach((b) => overlap(a, b) && found.push(`on each other: ${a.text} / ${b.text}`)));
  return found;
}

const bundles = (cells: readonly Cell[], mimeType: string): number => cells.flatMap(({ outputs }) => outputs ?? []).filter(({ data }) => data !== undefined && mimeType in data).length;
const errors = (cells: readonly Cell[]): string[] => cells.flatMap(({ outputs }) => outputs ?? []).filter(({ output_type }) => output_type === 'error').map(({ evalue }) => evalue ?? 'error');

/** Brings every output into view and keeps a picture of it, to be looked at. */
async function pictures(name: string): Promise<void> {
  const outputs = lab.page.locator(`${visible}.jp-OutputArea-output`);
  for (let i = 0; i < (await outputs.count()); i++) {
    await outputs.nth(i).evaluate((node) => node.scrollIntoView({ block: 'start' }));
    await lab.screenshot(`${name}-${String(i + 1).padStart(2, '0')}`);
  }
}

const STUDIES = [
  { name: 'wom', diagrams: 0, summaries: 1, valid: '500', verdicts: /H1/ },
  { name: 'continuance', diagrams: 2, summaries: 2, valid: '455', verdicts: /H1/ }
];

describe.each(STUDIES)('the $name study', ({ name, diagrams, summaries, valid, verdicts }) => {
  let cells: readonly Cell[];
  beforeAll(async () => {
    await lab.open(`${name}.ipynb`);
    cells = await runAll(lab);
  }, RUN_MS);

  it('runs from top to bottom without an error', () => {
    expect(errors(cells)).toEqual([]);
    expect(cells.filter(({ cell_type, execution_count }) => cell_type === 'code' && execution_count === null)).toEqual([]);
  });

  it('draws its results with our renderers, none refused', async () => {
    const ours = [SURVEY_TABLE_MIME, FIT_SUMMARY_MIME, PATH_DIAGRAM_MIME].map((mimeType) => bundles(cells, mimeType)).reduce((sum, count) => sum + count);
    expect(await lab.page.locator(`${visible}.semlab-output`).count()).toBe(ours);
    expect(await lab.page.locator(`${visible}table.semlab-table`).count()).toBeGreaterThan(8);
    expect(bundles(cells, FIT_SUMMARY_MIME)).toBeGreaterThanOrEqual(summaries);
    expect(bundles(cells, PATH_DIAGRAM_MIME)).toBeGreaterThanOrEqual(diagrams);
    expect(await lab.page.locator('.semlab-refused').count()).toBe(0);
  });

  it('shows the banner, the valid answers and the verdicts', async () => {
    await lab.page.locator(`${visible}.jp-RenderedMarkdown`, { hasText: 'Synthetic data' }).first().waitFor();
    await lab.page.locator(`${visible}.semlab-table td`, { hasText: new RegExp(`^${valid}$`) }).first().waitFor({ state: 'attached' });
    await lab.page.locator(`${visible}table.semlab-table`, { hasText: verdicts }).last().waitFor({ state: 'attached' });
  });

  it('draws diagrams without a text on another or cut off, Chinese included', async () => {
    const drawn = lab.page.locator(`${visible}.semlab-diagram svg`);
    const count = await drawn.count();
    expect(count).toBeGreaterThanOrEqual(diagrams);
    for (let i = 0; i < count; i++) expect(flaws(await drawnTexts(i)), `diagram ${i + 1}`).toEqual([]);
    if (diagrams > 0) expect(await drawn.filter({ hasText: /[\u4e00-\u9fff]/ }).count()).toBeGreaterThan(0);
    await pictures(name);
  });

  it('left no error in the page', () => {
    expect(lab.errors).toEqual([]);
  });
});
