import { RangeSetBuilder, type Extension } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';
import { magicTokens, type MagicTokenKind } from './magicLine.js';

const MARKS: Readonly<Record<MagicTokenKind, Decoration>> = {
  magic: Decoration.mark({ class: 'semlab-token-magic' }),
  option: Decoration.mark({ class: 'semlab-token-option' }),
  string: Decoration.mark({ class: 'semlab-token-string' }),
  number: Decoration.mark({ class: 'semlab-token-number' }),
  argument: Decoration.mark({ class: 'semlab-token-argument' })
};

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let line = view.state.doc.lineAt(from); ; line = view.state.doc.line(line.number + 1)) {
      for (const token of magicTokens(line.text)) builder.add(line.from + token.from, line.from + token.to, MARKS[token.kind]);
      if (line.to >= to || line.number === view.state.doc.lines) break;
    }
  }
  return builder.finish();
}

/** Colours the lines of magics in every language's cells. */
export const magicLines: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations }
);
