/** The application plugins of the extension, each in its own file. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { languagePlugin } from './plugins/language.js';
import { studiesPlugin } from './plugins/studies.js';

const plugins: JupyterFrontEndPlugin<void>[] = [languagePlugin, studiesPlugin];
export default plugins;
