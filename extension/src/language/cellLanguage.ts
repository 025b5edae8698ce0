import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view';
import { bodyLanguage } from './bodies.js';
import { cellMagicName } from './magicLine.js';

/** Long cells are looked at by their first line only. */
const LONGEST_FIRST_LINE = 1_000;

const isTypeScript = (mimeType: string): boolean => /typescript/.test(mimeType);

/**
 * Gives a TypeScript cell the language of its magic's body, and TypeScript back
 * when the magic goes. The notebook sets the kernel's language whenever the kernel
 * tells it; that is noticed and the magic's language set again.
 */
class CellLanguage {
  private kernelLanguage: string | null = null;

  constructor(view: EditorView, private readonly model: CodeEditor.IModel) {
    this.model.mimeTypeChanged.connect(this.noticed, this);
    this.choose(view.state.sliceDoc(0, LONGEST_FIRST_LINE));
  }

  update({ docChanged, state }: ViewUpdate): void {
    if (docChanged) this.choose(state.sliceDoc(0, LONGEST_FIRST_LINE));
  }

  destroy(): void {
    this.model.mimeTypeChanged.disconnect(this.noticed, this);
  }

  private noticed(): void {
    if (isTypeScript(this.model.mimeType)) this.choose(this.model.sharedModel.getSource().slice(0, LONGEST_FIRST_LINE));
  }

  private choose(start: string): void {
    const { model } = this;
    if (isTypeScript(model.mimeType)) this.kernelLanguage = model.mimeType;
    if (this.kernelLanguage === null) return;
    const magic = cellMagicName(start);
    const wanted = (magic === undefined ? undefined : bodyLanguage(magic)) ?? this.kernelLanguage;
    if (model.mimeType !== wanted) model.mimeType = wanted;
  }
}

/** The editor extension for one cell's model. */
export function cellLanguage(model: CodeEditor.IModel): Extension {
  return ViewPlugin.define((view) => new CellLanguage(view, model));
}
