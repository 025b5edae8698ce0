import type { CodeEditor } from '@jupyterlab/codeeditor';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { Signal } from '@lumino/signaling';
import { afterEach, describe, expect, it } from 'vitest';
import { FORMULA_LANGUAGE_MIME, MODEL_LANGUAGE_MIME } from '../../../extension/src/language/bodies.js';
import { cellLanguage } from '../../../extension/src/language/cellLanguage.js';
import { magicLines } from '../../../extension/src/language/magicLines.js';

const TYPESCRIPT = 'application/typescript';

/** What a cell's model is to the plugin: a text and a MIME type that tells of changes. */
class CellModel {
  readonly mimeTypeChanged = new Signal<this, { oldValue: string; newValue: string }>(this);
  view: EditorView | null = null;
  constructor(private type: string) {}
  get mimeType(): string {
    return this.type;
  }
  set mimeType(newValue: string) {
    const oldValue = this.type;
    if (newValue === oldValue) return;
    this.type = newValue;
    this.mimeTypeChanged.emit({ oldValue, newValue });
  }
  readonly sharedModel = { getSource: (): string => this.view?.state.doc.toString() ?? '' };
}

const views: EditorView[] = [];
function cell(source: string, mimeType = TYPESCRIPT): CellModel {
  const model = new CellModel(mimeType);
  const view = new EditorView({ state: EditorState.create({ doc: source, extensions: [cellLanguage(model as unknown as CodeEditor.IModel), magicLines] }), parent: document.body });
  model.view = view;
  views.push(view);
  return model;
}
const type = (model: CellModel, source: string): void => model.view?.dispatch({ changes: { from: 0, to: model.view.state.doc.length, insert: source } });

afterEach(() => views.splice(0).forEach((view) => view.destroy()));

describe('the language of a cell', () => {
  it('follows the magic on its first line', () => {
    expect(cell('%%sem users\nA =~ x').mimeType).toBe(MODEL_LANGUAGE_MIME);
    expect(cell('%%regress wom\ny ~ x').mimeType).toBe(FORMULA_LANGUAGE_MIME);
    expect(cell('%%survey users a.sav\nconstructs:').mimeType).toBe('text/x-yaml');
    expect(cell('const a = 1;').mimeType).toBe(TYPESCRIPT);
    expect(cell('%%unheard\nconst a = 1;').mimeType).toBe(TYPESCRIPT);
  });
  it('changes while one types, there and back', () => {
    const model = cell('');
    type(model, '%%sem users');
    expect(model.mimeType).toBe(MODEL_LANGUAGE_MIME);
    type(model, '%%regress users');
    expect(model.mimeType).toBe(FORMULA_LANGUAGE_MIME);
    type(model, 'const a = 1;');
    expect(model.mimeType).toBe(TYPESCRIPT);
  });
  it('holds when the kernel tells its language again', () => {
    const model = cell('%%sem users', 'text/plain');
    expect(model.mimeType).toBe('text/plain');
    model.mimeType = TYPESCRIPT;
    expect(model.mimeType).toBe(MODEL_LANGUAGE_MIME);
    model.mimeType = TYPESCRIPT;
    expect(model.mimeType).toBe(MODEL_LANGUAGE_MIME);
  });
  it('leaves cells of other kernels alone', () => {
    expect(cell('%%sem users', 'text/x-python').mimeType).toBe('text/x-python');
  });
  it('listens no longer once the editor is gone', () => {
    const model = cell('%%sem users', 'text/plain');
    model.view?.destroy();
    model.mimeType = TYPESCRIPT;
    expect(model.mimeType).toBe(TYPESCRIPT);
  });
});

describe('magic lines', () => {
  it('are marked wherever they stand', () => {
    const model = cell('const a = 1;\n%path fit --digits 2\na % b');
    const marks = [...(model.view?.dom.querySelectorAll('[class^=semlab-token]') ?? [])].map(({ className, textContent }) => `${className.replace('semlab-token-', '')}:${textContent}`);
    expect(marks).toEqual(['magic:%path', 'argument:fit', 'option:--digits', 'number:2']);
  });
});
