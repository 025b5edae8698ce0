/** The application plugins of the extension, each in its own file. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { languagePlugin } from './plugins/language.js';

const plugins: JupyterFrontEndPlugin<unknown>[] = [languagePlugin];
export default plugins;
