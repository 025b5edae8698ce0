/** The MIME renderers: loaded in every JupyterLab page, before any application plugin. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

const extensions: IRenderMime.IExtension[] = [];
export default extensions;
