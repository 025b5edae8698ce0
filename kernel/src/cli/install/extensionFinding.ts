import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEMLAB_VERSION } from '../../version.js';
import type { Finding } from './finding.js';

const NAME = 'semlab-extension';

/** What JupyterLab has of the extension, as its folder of prebuilt extensions tells. @param folders in JupyterLab's order, the first wins */
export function extensionFinding(folders: readonly string[], version: string = SEMLAB_VERSION): Finding {
  const folder = folders.map((one) => join(one, NAME)).find((one) => existsSync(join(one, 'package.json')));
  if (folder === undefined) return { state: 'warning', text: 'JupyterLab has no semlab extension: diagrams are shown as pictures, and magics are not coloured', cure: 'pip install semlab in the environment of Jupyter' };
  let found: { version?: string; jupyterlab?: { _build?: { load?: string } } };
  try {
    found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as typeof found;
  } catch {
    return { state: 'error', text: `${join(folder, 'package.json')} cannot be read`, cure: 'pip install --force-reinstall semlab' };
  }
  const load = found.jupyterlab?._build?.load;
  if (load === undefined || !existsSync(join(folder, load))) return { state: 'error', text: `the extension in ${folder} lacks ${load ?? 'its build'}`, cure: 'pip install --force-reinstall semlab' };
  if (found.version !== version) return { state: 'warning', text: `the extension in ${folder} is of version ${String(found.version)}, the kernel of ${version}`, cure: 'pip install --upgrade semlab' };
  return { state: 'ok', text: `extension in ${folder}` };
}
