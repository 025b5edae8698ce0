import { randomUUID } from 'node:crypto';
import type { Diagnostic } from '../../../src/shared/diagnostic.js';
import type { Json, MimeBundle } from '../../../src/shared/mimeBundle.js';
import { displayBundle, displayBundleNow, type WireBundle } from '../display/displayBundle.js';
import type { KernelHost, Parent } from './messages.js';

interface DisplayParts {
  readonly host: KernelHost;
  readonly library: {
    toBundle(value: unknown): MimeBundle;
    toBundleAsync(value: unknown, warn: (diagnostic: Diagnostic) => void): Promise<MimeBundle>;
  };
  /** The cell that the running code belongs to. */
  readonly parent: () => Parent;
  readonly warn: (diagnostic: Diagnostic) => void;
  /** Where a value of ours comes from, for `semlab check`. */
  readonly origin: (value: unknown) => Json;
}

export interface DisplayOptions {
  readonly id?: string;
  readonly update?: boolean;
  readonly metadata?: object;
}

export interface DisplayHandle {
  readonly id: string;
  update(value: unknown): void;
}

/** Values on their way to the front end, in their rich forms. */
export class Displays {
  readonly #parts: DisplayParts;
  readonly #handles = new WeakSet<object>();

  constructor(parts: DisplayParts) {
    this.#parts = parts;
  }

  /** Shows a value in the running cell; what has to be waited for replaces its first form. */
  show(value: unknown, options: DisplayOptions = {}): DisplayHandle {
    const id = options.id ?? randomUUID();
    const show = (shown: unknown, update: boolean): void => {
      // An update belongs to the cell that makes it; front ends find the display by its id.
      const parent = this.#parts.parent();
      const { bundle, later } = displayBundleNow(shown, (inner) => this.#parts.library.toBundle(inner));
      const stamped = this.#stamped(bundle, shown);
      this.publish(update ? 'update_display_data' : 'display_data', { ...stamped, metadata: { ...stamped.metadata, ...options.metadata } }, parent, id);
      void later?.then((final) => this.publish('update_display_data', this.#stamped(final, shown), parent, id));
    };
    show(value, options.update === true);
    const handle = { id, update: (next: unknown) => show(next, true) };
    this.#handles.add(handle);
    return handle;
  }

  /** True for what `show` returned: as the last value of a cell it says nothing new. */
  isHandle(value: unknown): boolean {
    return this.#handles.has(value as object);
  }

  /** The rich form of a value. */
  async richForm(value: unknown): Promise<WireBundle> {
    return this.#stamped(await displayBundle(value, (inner) => this.#parts.library.toBundleAsync(inner, this.#parts.warn)), value);
  }

  publish(type: 'display_data' | 'update_display_data', bundle: WireBundle, parent: Parent, id: string = randomUUID()): void {
    this.#parts.host.publish(type, { ...bundle, transient: { display_id: id } }, parent);
  }

  #stamped(bundle: WireBundle, value: unknown): WireBundle {
    if (!Object.keys(bundle.data).some((type) => type.startsWith('application/vnd.semlab.'))) return bundle;
    return { data: bundle.data, metadata: { ...bundle.metadata, semlab: this.#parts.origin(value) } };
  }
}
