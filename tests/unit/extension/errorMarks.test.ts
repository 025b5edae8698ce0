import type { CodeEditor } from '@jupyterlab/codeeditor';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { Signal } from '@lumino/signaling';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorMarks } from '../../../extension/src/language/errorMarks.js';
import { placedProblems } from '../../../extension/src/language/placedProblems.js';
import { renderDiagnostic } from '../../../src/shared/diagnostic.js';

/** The traceback that the library prints for a word of a cell. */
function traceback(source: string, word: string, body = source, lineOffset = 0): string {
  const start = body.indexOf(word);
  return renderDiagnostic({ severity: 'error', code: 'unknown-variable', message: `\`${word}\` is not a column`, span: { start, end: start + word.length }, help: 'did you mean `trust3`?' }, { name: '%%sem', text: body, lineOffset });
}

const marked = (source: string, text: string): string[] => placedProblems(text, source).map(({ from, to }) => source.slice(from, to));

describe('the place of a problem', () => {
  it('is found in the body of a magic, with the advice', () => {
    const body = 'a ~ b\ntrust =~ trust1 + trst3';
    const source = `%%sem users\n${body}`;
    const text = traceback(source, 'trst3', body, 1);
    expect(marked(source, text)).toEqual(['trst3']);
    expect(placedProblems(text, source)[0].message).toBe('`trst3` is not a column\nhelp: did you mean `trust3`?');
  });
  it('is right behind Chinese letters, tabs and characters beyond the first plane', () => {
    for (const source of ['满意度 =~ 题一 + trst3', '\tx =~ trst3', '# 😀\n😀x =~ 题二', 'y ~ 题二']) {
      const word = source.includes('trst3') ? 'trst3' : '题二';
      expect(marked(source, traceback(source, word)), source).toEqual([word]);
    }
  });
  it('is not taken from another cell or from an edited line', () => {
    const text = traceback('x =~ trst3', 'trst3');
    expect(marked('something else', text)).toEqual([]);
    expect(marked('x =~ trust3', text)).toEqual([]);
    expect(marked('', text)).toEqual([]);
  });
  it('is found for each of several problems, colours or not', () => {
    const source = 'p ~ q\nr ~ s';
    const text = `${traceback(source, 'q')}\n\n\u001b[31m${traceback(source, 's')}\u001b[0m`;
    expect(marked(source, text)).toEqual(['q', 's']);
  });
});

class Outputs {
  readonly changed = new Signal<this, void>(this);
  list: { output_type: string; traceback?: string[] }[] = [];
  toJSON(): typeof this.list {
    return this.list;
  }
  set(list: typeof this.list): void {
    this.list = list;
    this.changed.emit();
  }
}

const views: EditorView[] = [];
afterEach(() => views.splice(0).forEach((view) => view.destroy()));

function editor(doc: string, outputs: Outputs): EditorView {
  const view = new EditorView({ state: EditorState.create({ doc, extensions: errorMarks({ outputs } as unknown as CodeEditor.IModel) }), parent: document.body });
  views.push(view);
  return view;
}
const underlined = (view: EditorView): (string | null)[] => [...view.dom.querySelectorAll('.semlab-problem-error')].map(({ textContent }) => textContent);
const failed = (source: string, word: string): { output_type: string; traceback: string[] }[] => [{ output_type: 'error', traceback: traceback(source, word).split('\n') }];

describe('marks of errors in a cell', () => {
  const source = 'a ~ b\nx =~ trst3';

  it('come with the error and go when the cell runs again', () => {
    const outputs = new Outputs();
    const view = editor(source, outputs);
    outputs.set(failed(source, 'trst3'));
    expect(underlined(view)).toEqual(['trst3']);
    expect(view.dom.querySelector('.semlab-problem')?.getAttribute('title')).toMatch(/did you mean `trust3`/);
    outputs.set([]);
    expect(underlined(view)).toEqual([]);
  });
  it('are there when a saved notebook is opened', async () => {
    const outputs = new Outputs();
    outputs.list = failed(source, 'trst3');
    const view = editor(source, outputs);
    await vi.waitFor(() => expect(underlined(view)).toEqual(['trst3']));
  });
  it('go when their line is edited and move with other edits', () => {
    const outputs = new Outputs();
    const view = editor(source, outputs);
    outputs.set(failed(source, 'trst3'));
    view.dispatch({ changes: { from: 0, insert: '# more\n' } });
    expect(underlined(view)).toEqual(['trst3']);
    view.dispatch({ changes: { from: view.state.doc.length, insert: 'x' } });
    expect(underlined(view)).toEqual([]);
  });
});
