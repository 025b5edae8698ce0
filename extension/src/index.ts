/** The MIME renderers: loaded in every JupyterLab page, before any application plugin. */
export { renderers as default } from './plugins/renderers.js';
