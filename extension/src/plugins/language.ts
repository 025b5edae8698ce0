import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { EditorExtensionRegistry, IEditorExtensionRegistry, IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { FORMULA_LANGUAGE_MIME, MODEL_LANGUAGE_MIME } from '../language/bodies.js';
import { cellLanguage } from '../language/cellLanguage.js';
import { errorMarks } from '../language/errorMarks.js';
import { magicLines } from '../language/magicLines.js';
import { formulaSupport, modelSupport } from '../language/modelLanguage.js';

/** Colours magic lines, models and formulas in cells, and underlines what an error points at. */
export const languagePlugin: JupyterFrontEndPlugin<void> = {
  id: 'semlab-extension:language',
  description: 'Highlights magic cells, the model language and formulas.',
  autoStart: true,
  requires: [IEditorLanguageRegistry, IEditorExtensionRegistry],
  activate: (_app, languages: IEditorLanguageRegistry, extensions: IEditorExtensionRegistry) => {
    languages.addLanguage({ name: 'semlab-model', displayName: 'SEM model', mime: MODEL_LANGUAGE_MIME, extensions: ['lav'], support: modelSupport() });
    languages.addLanguage({ name: 'semlab-formula', displayName: 'Regression formula', mime: FORMULA_LANGUAGE_MIME, support: formulaSupport() });
    extensions.addExtension({ name: 'semlab-magic-lines', factory: ({ inline }) => (inline ? EditorExtensionRegistry.createImmutableExtension(magicLines) : null) });
    extensions.addExtension({ name: 'semlab-error-marks', factory: ({ inline, model }) => (inline ? EditorExtensionRegistry.createImmutableExtension(errorMarks(model)) : null) });
    extensions.addExtension({ name: 'semlab-cell-language', factory: ({ inline, model }) => (inline ? EditorExtensionRegistry.createImmutableExtension(cellLanguage(model)) : null) });
  }
};
