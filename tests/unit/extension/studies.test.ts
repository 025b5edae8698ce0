import { CommandRegistry } from '@lumino/commands';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, type ICommandPalette } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import type { ILauncher } from '@jupyterlab/launcher';
import type { Contents } from '@jupyterlab/services';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { studiesPlugin } from '../../../extension/src/plugins/studies.js';

/** Files of a server, path → content; folders follow from the paths. */
class Files {
  constructor(readonly files: Map<string, string>) {}
  get(folder: string): Promise<{ content: { name: string }[] }> {
    const prefix = folder === '' ? '' : `${folder}/`;
    const names = new Set([...this.files.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length).split('/')[0]));
    return Promise.resolve({ content: [...names].map((name) => ({ name })) });
  }
  save(path: string, { type, content }: { type?: string; content?: string }): Promise<void> {
    if (type === 'directory') this.files.set(`${path}/.folder`, '');
    else this.files.set(path, Buffer.from(content ?? '', 'base64').toString('utf8'));
    return Promise.resolve();
  }
}

const SHIPPED: Readonly<Record<string, string>> = { 'files.json': '["wom.ipynb","continuance.ipynb","data/wom.sav"]', 'wom.ipynb': 'W', 'continuance.ipynb': 'C', 'data/wom.sav': '数据' };

let opened: unknown[];
let cards: string[];
let entries: string[];
function activate(files: Files): CommandRegistry {
  const commands = new CommandRegistry();
  commands.addCommand('docmanager:open', { execute: (args) => void opened.push(args.path) });
  commands.addCommand('notebook:create-new', { execute: (args) => void opened.push({ ...args }) });
  const app = { commands, serviceManager: { contents: files as unknown as Contents.IManager } } as unknown as JupyterFrontEnd;
  void studiesPlugin.activate(app, { add: ({ command }: { command: string }) => cards.push(command) } as unknown as ILauncher, { addItem: ({ command }: { command: string }) => entries.push(command) } as unknown as ICommandPalette);
  return commands;
}

beforeEach(() => {
  opened = [];
  cards = [];
  entries = [];
  PageConfig.setOption('fullLabextensionsUrl', 'http://server/lab/extensions');
  vi.stubGlobal('fetch', (url: string) => {
    const file = decodeURIComponent(url.replace('http://server/lab/extensions/semlab-extension/studies/', ''));
    return Promise.resolve(file in SHIPPED ? new Response(SHIPPED[file]) : new Response('', { status: 404 }));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the study commands', () => {
  it('stand in launcher and palette', () => {
    activate(new Files(new Map()));
    expect(cards).toEqual(['semlab:open-wom', 'semlab:open-continuance', 'semlab:new-notebook']);
    expect(entries).toEqual(cards);
  });
  it.each([['wom.ipynb'], ['notebooks/wom.ipynb'], ['semlab-studies/wom.ipynb']])('open the notebook at %s', async (path) => {
    const files = new Files(new Map([[path, 'mine']]));
    await activate(files).execute('semlab:open-wom');
    expect(opened).toEqual([path]);
    expect([...files.files]).toEqual([[path, 'mine']]);
  });
  it('lay out copies with their data where there are none', async () => {
    const files = new Files(new Map([['other.txt', '']]));
    await activate(files).execute('semlab:open-continuance');
    expect(opened).toEqual(['semlab-studies/continuance.ipynb']);
    expect(files.files.get('semlab-studies/data/wom.sav')).toBe('数据');
    expect(files.files.get('semlab-studies/wom.ipynb')).toBe('W');
  });
  it('never overwrite', async () => {
    const files = new Files(new Map([['semlab-studies/wom.ipynb', 'my changes'], ['semlab-studies/data/wom.sav', 'my data']]));
    await activate(files).execute('semlab:open-continuance');
    expect(files.files.get('semlab-studies/wom.ipynb')).toBe('my changes');
    expect(files.files.get('semlab-studies/data/wom.sav')).toBe('my data');
    expect(files.files.get('semlab-studies/continuance.ipynb')).toBe('C');
  });
  it('start a notebook with the semlab kernel in the folder in front', async () => {
    await activate(new Files(new Map())).execute('semlab:new-notebook', { cwd: 'work' });
    expect(opened).toEqual([{ cwd: 'work', kernelName: 'semlab' }]);
  });
  it('tell when a study cannot be had', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const done = activate(new Files(new Map())).execute('semlab:open-wom');
    await vi.waitFor(() => expect(document.body.querySelector('.jp-Dialog')?.textContent).toMatch(/the server has no files.json of the studies \(404\)/));
    Dialog.flush();
    await done.catch(() => undefined);
    expect(opened).toEqual([]);
  });
});
