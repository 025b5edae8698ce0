import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { element } from './element.js';

/** A drawn payload; `dispose` ends what it watches. */
export interface View {
  readonly node: HTMLElement;
  dispose?(): void;
}

/** What one MIME type needs: its guard and its view. */
export interface PayloadKind<Payload> {
  readonly mimeType: string;
  /** Words for the message when the payload is refused. */
  readonly name: string;
  problem(value: unknown): string | null;
  view(payload: Payload): View;
}

/** Some kernels send JSON types as text. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/** Draws what the guard accepts; else says why not and shows the plain text twin. */
export class PayloadRenderer<Payload> extends Widget implements IRenderMime.IRenderer {
  private shown: View | null = null;

  constructor(private readonly kind: PayloadKind<Payload>) {
    super();
    this.addClass('semlab-output');
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.clear();
    const data = parsed(model.data[this.kind.mimeType]);
    const problem = this.kind.problem(data);
    if (problem === null) {
      this.shown = this.kind.view(data as Payload);
      this.node.replaceChildren(this.shown.node);
    } else {
      const twin = model.data['text/plain'];
      this.node.replaceChildren(element('p', { class: 'semlab-refused', role: 'alert' }, `this ${this.kind.name} was not drawn: ${problem}`), ...(typeof twin === 'string' ? [element('pre', {}, twin)] : []));
    }
    return Promise.resolve();
  }

  override dispose(): void {
    this.clear();
    super.dispose();
  }

  private clear(): void {
    this.shown?.dispose?.();
    this.shown = null;
  }
}
