import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, showErrorMessage } from '@jupyterlab/apputils';
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { ILauncher } from '@jupyterlab/launcher';
import type { Contents } from '@jupyterlab/services';
import { continuanceIcon, notebookIcon, wordOfMouthIcon } from './icons.js';

const CATEGORY = 'semlab';
const KERNEL = 'semlab';
/** Folders below the server's root where the studies are looked for. */
const PLACES = ['', 'notebooks', 'semlab-studies'];
/** Where copies go when there are none. */
const COPIES = 'semlab-studies';

interface Study {
  readonly command: string;
  readonly file: string;
  readonly label: string;
  readonly caption: string;
  readonly icon: typeof wordOfMouthIcon;
}

const STUDIES: readonly Study[] = [
  { command: 'semlab:open-wom', file: 'wom.ipynb', label: 'Word-of-mouth study', caption: '微信口碑 · The regression study: screening, reliability, validity, hierarchical regression, verdicts', icon: wordOfMouthIcon },
  { command: 'semlab:open-continuance', file: 'continuance.ipynb', label: 'Continuance study', caption: '持续使用意愿 · The structural equation study: screening, CFA, structural model, mediation, path diagram', icon: continuanceIcon }
];

async function names(contents: Contents.IManager, folder: string): Promise<ReadonlySet<string>> {
  const { content } = await contents.get(folder, { content: true });
  return new Set((content as readonly Contents.IModel[]).map(({ name }) => name));
}

/** Path of a study below the server's root, or null when no place holds it. */
async function findStudy(contents: Contents.IManager, file: string): Promise<string | null> {
  const top = await names(contents, '');
  for (const place of PLACES) {
    if (place !== '' && !top.has(place)) continue;
    if ((place === '' ? top : await names(contents, place)).has(file)) return place === '' ? file : `${place}/${file}`;
  }
  return null;
}

async function ensureFolder(contents: Contents.IManager, path: string): Promise<void> {
  let parent = '';
  for (const name of path.split('/')) {
    const here = parent === '' ? name : `${parent}/${name}`;
    if (!(await names(contents, parent)).has(name)) await contents.save(here, { type: 'directory' });
    parent = here;
  }
}

/** Bytes as base64, in pieces that fit a call's arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

/** Lays copies of both studies with their data under the server's root; files that are there stay as they are. */
async function copyStudies(contents: Contents.IManager): Promise<void> {
  const source = URLExt.join(PageConfig.getOption('fullLabextensionsUrl'), 'semlab-extension', 'studies');
  const load = async (file: string): Promise<Response> => {
    const answer = await fetch(URLExt.join(source, URLExt.encodeParts(file)));
    if (!answer.ok) throw new Error(`the server has no ${file} of the studies (${answer.status})`);
    return answer;
  };
  for (const file of (await (await load('files.json')).json()) as readonly string[]) {
    const path = `${COPIES}/${file}`;
    const folder = path.slice(0, path.lastIndexOf('/'));
    await ensureFolder(contents, folder);
    if ((await names(contents, folder)).has(path.slice(folder.length + 1))) continue;
    const bytes = new Uint8Array(await (await load(file)).arrayBuffer());
    await contents.save(path, { type: 'file', format: 'base64', content: base64(bytes) });
  }
}

/** Opens a study where it lies; without one below the server's root, copies come first. */
async function openStudy(app: JupyterFrontEnd, file: string): Promise<unknown> {
  const { contents } = app.serviceManager;
  let path = await findStudy(contents, file);
  if (path === null) {
    await copyStudies(contents);
    path = await findStudy(contents, file);
  }
  if (path === null) throw new Error(`this installation brings no ${file}`);
  return app.commands.execute('docmanager:open', { path, factory: 'Notebook' });
}

/** Commands, palette entries and launcher cards for the studies and a new notebook. */
export const studiesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'semlab-extension:studies',
  description: 'Opens the two study notebooks and new notebooks from launcher and palette.',
  autoStart: true,
  optional: [ILauncher, ICommandPalette],
  activate: (app, launcher: ILauncher | null, palette: ICommandPalette | null) => {
    const { commands } = app;
    for (const { command, file, label, caption, icon } of STUDIES) {
      commands.addCommand(command, {
        label: (args) => (args.isPalette ? `Open the ${label}` : label),
        caption,
        icon,
        execute: () => openStudy(app, file).catch((problem: unknown) => showErrorMessage('The study could not be opened', problem instanceof Error ? problem : String(problem)))
      });
    }
    commands.addCommand('semlab:new-notebook', {
      label: (args) => (args.isPalette ? 'New semlab Notebook' : 'New notebook'),
      caption: 'A new notebook with the semlab kernel',
      icon: notebookIcon,
      execute: (args) => commands.execute('notebook:create-new', { cwd: typeof args.cwd === 'string' ? args.cwd : '', kernelName: KERNEL })
    });
    const all = [...STUDIES.map(({ command }) => command), 'semlab:new-notebook'];
    all.forEach((command, rank) => {
      launcher?.add({ command, category: CATEGORY, rank, categoryRank: 0 });
      palette?.addItem({ command, category: CATEGORY, args: { isPalette: true } });
    });
  }
};
