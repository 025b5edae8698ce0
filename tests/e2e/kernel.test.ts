import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLab, type Lab } from './lab.js';
import { cells, codeCell, command, kernelIdle, runAll, writeNotebook, type Cell } from './notebooks.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.close());

const visible = '.jp-NotebookPanel:not(.lm-mod-hidden) ';
const text = (cell: Cell): string => (cell.outputs ?? []).map((output) => String(output.text ?? output.data?.['text/plain'] ?? '')).join('');
const editor = (n: number): ReturnType<Lab['page']['locator']> => lab.page.locator(`${visible}.jp-CodeCell`).nth(n).locator('.cm-content');

/** Code that makes a small survey without a file. */
const SURVEY = `import { surveyFromColumns } from 'semlab';
const users = surveyFromColumns({ trust: [1, 2, 3, 4, 5, 6, 7, 5], loyalty: [2, 1, 4, 3, 6, 5, 7, 6], gender: [1, 2, 1, 2, 1, 2, 1, 2] });
users.rowCount`;

describe('the kernel in JupyterLab', () => {
  it('runs TypeScript cells in one scope and shows values, output and errors', async () => {
    writeNotebook(lab, 'basics.ipynb', [codeCell('const half: number = 0.5;\nconsole.log("half is", half)'), codeCell('half * 2'), codeCell('const wrong: string = half;'), codeCell('half + 1')]);
    await lab.open('basics.ipynb');
    const ran = await runAll(lab);
    expect(text(ran[0])).toBe('half is 0.5\n');
    expect(text(ran[1])).toBe('1');
    const error = ran[2].outputs?.find(({ output_type }) => output_type === 'error');
    expect(error?.evalue).toMatch(/not assignable to type 'string'/);
    // Cells behind a failed one are not run.
    expect(ran[3].execution_count).toBeNull();
    await lab.page.locator(`${visible}.jp-OutputArea-output`, { hasText: "not assignable to type 'string'" }).waitFor();
    // The word that the error points at is underlined in its cell.
    await lab.page.locator(`${visible}.jp-CodeCell`).nth(2).locator('.semlab-problem-error', { hasText: 'wrong' }).waitFor();
    await lab.screenshot('kernel-error');
  });

  it('stops a busy loop and keeps the scope', async () => {
    writeNotebook(lab, 'loop.ipynb', [codeCell('const kept = 42;\nconsole.log("round and round");\nwhile (true) {}'), codeCell('kept')]);
    await lab.open('loop.ipynb');
    await kernelIdle(lab);
    await editor(0).click();
    await lab.page.keyboard.press('Shift+Enter');
    await lab.page.locator(`${visible}.jp-OutputArea-output`, { hasText: 'round and round' }).waitFor();
    await command(lab, 'notebook:interrupt-kernel');
    await expect.poll(async () => (await cells(lab))[0].outputs?.find(({ output_type }) => output_type === 'error') !== undefined).toBe(true);
    await editor(1).click();
    await lab.page.keyboard.press('Shift+Enter');
    await expect.poll(async () => text((await cells(lab))[1])).toBe('42');
  });

  it('completes columns inside a magic cell and options on its first line', async () => {
    writeNotebook(lab, 'complete.ipynb', [codeCell(SURVEY), codeCell('%%sem users --as fit\nloyalty ~ tru'), codeCell('%%sem users --esti')]);
    await lab.open('complete.ipynb');
    await kernelIdle(lab);
    await editor(0).click();
    await lab.page.keyboard.press('Shift+Enter');
    await expect.poll(async () => text((await cells(lab))[0])).toBe('8');
    await editor(1).click();
    await lab.page.keyboard.press('Control+End');
    await lab.page.keyboard.press('Tab');
    await lab.page.locator('.jp-Completer-item', { hasText: 'trust' }).filter({ hasText: 'column' }).waitFor();
    await lab.screenshot('kernel-completion');
    await lab.page.keyboard.press('Enter');
    await expect.poll(async () => (await cells(lab))[1].source).toBe('%%sem users --as fit\nloyalty ~ trust');
    await editor(2).click();
    await lab.page.keyboard.press('End');
    await lab.page.keyboard.press('Tab');
    await lab.page.locator('.jp-Completer-item', { hasText: '--estimator' }).waitFor();
    await lab.page.keyboard.press('Enter');
    await expect.poll(async () => (await cells(lab))[2].source).toMatch(/^%%sem users --estimator/);
  });

  it('left no error in the page', () => {
    expect(lab.errors).toEqual([]);
  });
});
