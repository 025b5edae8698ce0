import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root, startLab, type Lab } from './lab.js';
import { codeCell, writeNotebook, type JupyterWindow } from './notebooks.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.close());

const card = (title: string): ReturnType<Lab['page']['locator']> => lab.page.locator('.jp-LauncherCard[data-category="semlab"]', { hasText: title });
const openPath = (): Promise<string | undefined> => lab.page.evaluate(() => (window as unknown as JupyterWindow).jupyterapp.shell.currentWidget?.context?.path);

describe('the launcher', () => {
  beforeEach(() => lab.open(''));

  it('has a card for each study and one for a new notebook', async () => {
    for (const title of ['Word-of-mouth study', 'Continuance study', 'New notebook']) await card(title).waitFor();
    await lab.screenshot('launcher');
  });

  it('opens the study that lies under the server', async () => {
    mkdirSync(join(lab.folder, 'notebooks'));
    writeNotebook(lab, 'notebooks/wom.ipynb', [codeCell('1 + 1')]);
    await card('Word-of-mouth study').click();
    await expect.poll(openPath).toBe('notebooks/wom.ipynb');
    expect(existsSync(join(lab.folder, 'semlab-studies'))).toBe(false);
    rmSync(join(lab.folder, 'notebooks'), { recursive: true });
  });

  it('opens copies with their data where there is none, and never overwrites', async () => {
    await card('Continuance study').click();
    await expect.poll(openPath).toBe('semlab-studies/continuance.ipynb');
    const copies = join(lab.folder, 'semlab-studies');
    for (const file of ['continuance.ipynb', 'wom.ipynb', 'data/continuance.sav', 'data/wom.sav']) expect(readFileSync(join(copies, file)).equals(readFileSync(join(root, 'notebooks', file))), file).toBe(true);

    writeFileSync(join(copies, 'data', 'wom.sav'), 'my own');
    rmSync(join(copies, 'continuance.ipynb'));
    await lab.open('');
    await card('Continuance study').click();
    await expect.poll(openPath).toBe('semlab-studies/continuance.ipynb');
    expect(readFileSync(join(copies, 'data', 'wom.sav'), 'utf8')).toBe('my own');
  });

  it('starts a new notebook with the semlab kernel', async () => {
    await card('New notebook').click();
    await lab.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-KernelName', { hasText: 'semlab' }).waitFor();
  });
});
