import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { ISignal } from '@lumino/signaling';
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet } from '@codemirror/view';
import { placedProblems, type PlacedProblem } from './placedProblems.js';

/** What a code cell's model has beside the text: its outputs. */
interface Outputs {
  readonly changed: ISignal<unknown, unknown>;
  toJSON(): readonly { readonly output_type: string; readonly traceback?: readonly string[] }[];
}

function outputsOf(model: CodeEditor.IModel): Outputs | null {
  const { outputs } = model as { readonly outputs?: Outputs };
  return outputs && 'changed' in outputs ? outputs : null;
}

const setProblems = StateEffect.define<readonly PlacedProblem[]>();

function marks(problems: readonly PlacedProblem[], length: number): DecorationSet {
  const inside = problems.filter(({ from, to }) => from < to && to <= length);
  return Decoration.set(inside.map(({ from, to, severity, message }) => Decoration.mark({ class: `semlab-problem semlab-problem-${severity}`, attributes: { title: message } }).range(from, to)), true);
}

/** Marks stand until the cell runs again or their line is edited. */
const problemField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let next = value.map(transaction.changes);
    transaction.changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
      const first = transaction.newDoc.lineAt(fromB).from;
      const last = transaction.newDoc.lineAt(toB).to;
      next = next.update({ filter: (from, to) => to < first || from > last });
    });
    for (const effect of transaction.effects) if (effect.is(setProblems)) next = marks(effect.value, transaction.newDoc.length);
    return next;
  },
  provide: (field) => EditorView.decorations.from(field)
});

class ErrorMarks {
  private disposed = false;

  constructor(private readonly view: EditorView, private readonly outputs: Outputs | null) {
    outputs?.changed.connect(this.read, this);
    // An editor may not be changed while it is made.
    queueMicrotask(() => this.read());
  }

  destroy(): void {
    this.disposed = true;
    this.outputs?.changed.disconnect(this.read, this);
  }

  private read(): void {
    if (this.disposed || !this.outputs) return;
    const { view } = this;
    const source = view.state.doc.toString();
    const problems = this.outputs.toJSON().flatMap(({ output_type, traceback }) => (output_type === 'error' ? placedProblems((traceback ?? []).join('\n'), source) : []));
    if (problems.length > 0 || view.state.field(problemField).size > 0) view.dispatch({ effects: setProblems.of(problems) });
  }
}

/** Underlines in a cell what its last error points at; the message stands in the tooltip. */
export function errorMarks(model: CodeEditor.IModel): Extension {
  return [problemField, ViewPlugin.define((view) => new ErrorMarks(view, outputsOf(model)))];
}
