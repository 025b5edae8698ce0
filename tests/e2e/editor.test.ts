import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLab, type Lab } from './lab.js';
import { codeCell, writeNotebook, type JupyterWindow } from './notebooks.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
  writeNotebook(lab, 'cells.ipynb', [
    codeCell('%%sem users --as fit\n# measurement\nSAT =~ SAT1 + 0.8*SAT2\nCONT ~ b*SAT'),
    codeCell('%%survey users data/users.sav\nconstructs:\n  SAT: [SAT1, SAT2]'),
    codeCell('%%regress users\nWOM ~ gender | EXP*REL'),
    codeCell('const half: number = 0.5;\n%path fit --digits 2'),
    codeCell('')
  ]);
  await lab.open('cells.ipynb');
});
afterAll(() => lab?.close());

const mimeTypes = (): Promise<string[]> => lab.page.evaluate(() => (window as unknown as JupyterWindow).jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => model.mimeType));

/** Texts of a cell's tokens with their computed colour. */
function colours(cell: number): Promise<Record<string, string>> {
  return lab.page.evaluate((i) => {
    const spans = [...(document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell')[i]?.querySelectorAll('.cm-line span') ?? [])];
    const innermost = (span: Element): Element => (span.firstElementChild ? innermost(span.firstElementChild) : span);
    return Object.fromEntries(spans.map((span) => [span.textContent ?? '', getComputedStyle(innermost(span)).color]));
  }, cell);
}

describe('the editor', () => {
  it('gives each cell the language of its magic', async () => {
    await expect.poll(mimeTypes).toEqual(['text/x-semlab-model', 'text/x-yaml', 'text/x-semlab-formula', expect.stringMatching(/typescript/), expect.stringMatching(/typescript/)]);
  });

  it('colours magic lines, operators, labels and comments apart', async () => {
    await expect.poll(async () => Object.keys(await colours(0))).toContain('=~');
    const model = await colours(0);
    const kinds = ['%%sem', '--as', '# measurement', '=~', '0.8', 'b'];
    expect(new Set(kinds.map((text) => model[text])).size).toBe(kinds.length);
    const typescript = await colours(3);
    expect(typescript['%path']).toBe(model['%%sem']);
    expect(typescript['--digits']).toBe(model['--as']);
    await lab.screenshot('editor');
  });

  it('follows what is typed', async () => {
    await lab.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell').nth(4).locator('.cm-content').click();
    await lab.page.keyboard.type('%%cfa users');
    await expect.poll(async () => (await mimeTypes())[4]).toBe('text/x-semlab-model');
    for (let i = 0; i < '%%cfa users'.length; i++) await lab.page.keyboard.press('Backspace');
    await expect.poll(async () => (await mimeTypes())[4]).toMatch(/typescript/);
  });

  it('left no error in the page', () => {
    expect(lab.errors).toEqual([]);
  });
});
