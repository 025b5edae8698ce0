import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';

export const languagePlugin: JupyterFrontEndPlugin<void> = {
  id: 'semlab-extension:language',
  autoStart: true,
  requires: [IEditorLanguageRegistry],
  activate: (_app, _languages: IEditorLanguageRegistry) => undefined
};
