import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIT_SUMMARY_MIME } from '../../src/shared/mime/fitSummary.js';
import { PATH_DIAGRAM_MIME, type PathDiagramPayload } from '../../src/shared/mime/pathDiagram.js';
import { SURVEY_TABLE_MIME } from '../../src/shared/mime/surveyTable.js';
import { startLab, type Lab } from './lab.js';
import { codeCell, command, fixture, shown, trust, writeNotebook, type Cell } from './notebooks.js';

const diagram = fixture('path-diagram') as PathDiagramPayload;
/** Signatures are of contents, so the two notebooks must differ. */
const notebook = (title: string): readonly Cell[] => [
  codeCell(`// ${title}\n%path fit`, [shown(PATH_DIAGRAM_MIME, diagram)]),
  codeCell('%%sem users\nSAT =~ SAT1 + SAT2', [shown(FIT_SUMMARY_MIME, fixture('fit-summary'))]),
  codeCell('%reliability users', [shown(SURVEY_TABLE_MIME, fixture('survey-table'))])
];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
  writeNotebook(lab, 'untrusted.ipynb', notebook('untrusted'));
  writeNotebook(lab, 'trusted.ipynb', notebook('trusted'));
  trust(lab, 'trusted.ipynb');
});
afterAll(() => lab?.close());

const visible = '.jp-NotebookPanel:not(.lm-mod-hidden) ';

describe.each(['untrusted', 'trusted'])('outputs in a notebook that is %s', (name) => {
  beforeAll(() => lab.open(`${name}.ipynb`));

  it('has the trust that its name says', async () => {
    const trusted = (): Promise<boolean[]> =>
      lab.page.evaluate(() => {
        const panel = (window as unknown as { jupyterapp: { shell: { currentWidget: { content: { widgets: { model: { trusted: boolean } }[] } } } } }).jupyterapp.shell.currentWidget;
        return panel.content.widgets.map(({ model }) => model.trusted);
      });
    await expect.poll(trusted).toEqual(Array.from({ length: 3 }, () => name === 'trusted'));
  });

  it('draws the diagram, the summary and the table as DOM nodes', async () => {
    await lab.page.waitForSelector(`${visible}.semlab-diagram svg .semlab-node`);
    expect(await lab.page.locator(`${visible}.jp-OutputArea >> nth=0 >> svg .semlab-node`).count()).toBe(diagram.nodes.length);
    await lab.page.locator(`${visible}.semlab-summary .semlab-measure`).first().waitFor();
    await lab.page.locator(`${visible}table.semlab-table`).first().waitFor();
    await lab.screenshot(`renderers-${name}`);
  });

  it('runs no markup of hostile names', async () => {
    expect(await lab.page.locator(`${visible}.semlab-output img`).count()).toBe(0);
    expect(await lab.page.locator(`${visible}.semlab-output`, { hasText: '<img src=x onerror=alert(1)>' }).count()).toBeGreaterThan(0);
  });
});

describe('a path diagram', () => {
  const frame = (): ReturnType<Lab['page']['locator']> => lab.page.locator(`${visible}.semlab-frame`).first();

  it('zooms under the keyboard without the notebook taking the keys', async () => {
    await frame().focus();
    await frame().press('+');
    await lab.page.waitForSelector(`${visible}.semlab-frame.semlab-zoomed`);
    await frame().press('0');
    await frame().press('0');
    await lab.page.waitForSelector(`${visible}.semlab-frame:not(.semlab-zoomed)`);
    expect(await lab.page.locator('.jp-Dialog').count()).toBe(0);
  });

  it('tells the numbers behind an arrow under the pointer', async () => {
    await lab.page.locator(`${visible}g.semlab-edge.semlab-regression path`).last().hover({ force: true });
    await lab.page.locator(`${visible}.semlab-diagram [role=status]`, { hasText: 'SAT → CONT: ' }).first().waitFor();
  });

  it('is copied as SVG and saved as a PNG of 288 dpi', async () => {
    await lab.page.locator(`${visible}button[title^="Copy the diagram as SVG"]`).first().click();
    await lab.page.locator(`${visible}[role=status]`, { hasText: 'SVG copied' }).first().waitFor();
    expect(await lab.page.evaluate(() => navigator.clipboard.readText())).toContain('满意度 SAT');

    const [download] = await Promise.all([lab.page.waitForEvent('download'), lab.page.locator(`${visible}button[title^="Save the diagram as a PNG"]`).first().click()]);
    expect(download.suggestedFilename()).toBe('Satisfaction-and-continuance.png');
    const png = readFileSync(await download.path());
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([3 * diagram.width, 3 * diagram.height]);

    await lab.page.locator(`${visible}button[title^="Copy the diagram as a picture"]`).first().click();
    await lab.page.locator(`${visible}[role=status]`, { hasText: 'picture copied' }).first().waitFor();
  });

  it('turns light on a dark page', async () => {
    const fill = (): Promise<string | null> => lab.page.locator(`${visible}.semlab-latent ellipse`).first().getAttribute('fill');
    const before = await fill();
    await command(lab, 'apputils:change-theme', { theme: 'JupyterLab Dark' });
        await expect.poll(fill).not.toBe(before);
    await lab.screenshot('renderers-dark');
    await command(lab, 'apputils:change-theme', { theme: 'JupyterLab Light' });
    await expect.poll(fill).toBe(before);
  });

  it('left no error in the page', () => {
    expect(lab.errors).toEqual([]);
  });
});
