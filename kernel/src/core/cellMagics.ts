import { randomUUID } from 'node:crypto';
import { SurveyError, warning } from '../../../src/shared/diagnostic.js';
import type { MimeBundle } from '../../../src/shared/mimeBundle.js';
import type { Magic, MagicCall, WorkerPool } from '../../../src/magics/magic.js';
import type { WireBundle } from '../display/displayBundle.js';
import { magicContext } from '../magics/magicContext.js';
import type { PlannedMagic } from '../magics/rewriteMagics.js';
import { InterruptedError } from '../runtime/cellRunner.js';
import type { Displays } from './displays.js';
import type { KernelHost, Parent } from './messages.js';

interface CellMagicsParts {
  readonly host: KernelHost;
  readonly folder: string;
  readonly workers?: WorkerPool;
  /** PNG bytes of an SVG. */
  readonly rasterize?: (svg: string) => Promise<Uint8Array>;
  readonly displays: Displays;
  /** The variables of the notebook. */
  readonly scope: () => Record<string, unknown>;
  manualPage(magic: Magic): unknown;
  /** Hears what a magic made, before it is shown. */
  made(call: MagicCall, bound: readonly unknown[], shown: readonly unknown[]): void;
}

/** The magics of a kernel, those of its cells among them, and how a cell runs one. */
export class CellMagics {
  readonly #parts: CellMagicsParts;
  readonly #byName: Map<string, Magic>;
  readonly #lineTexts = new WeakMap<MagicCall, string>();

  constructor(magics: readonly Magic[], parts: CellMagicsParts) {
    this.#parts = parts;
    this.#byName = new Map(magics.map((magic) => [magic.name, magic]));
  }

  get byName(): ReadonlyMap<string, Magic> {
    return this.#byName;
  }

  /** Takes the magics among the values that a cell made. */
  adopt(values: readonly unknown[]): void {
    for (const value of values) if (isMagic(value) && this.#byName.get(value.name) !== value) this.#byName.set(value.name, value);
  }

  /** What stands behind a line magic's name, as written. */
  lineText(call: MagicCall): string {
    return this.#lineTexts.get(call) ?? call.arguments.join(' ');
  }

  /** What a magic may use of the kernel while it runs for a cell. */
  context(signal: AbortSignal, parent: Parent): ReturnType<typeof magicContext> {
    const { host, folder, workers, rasterize, displays } = this.#parts;
    const wire = (bundle: MimeBundle): WireBundle => ({ data: bundle.data, metadata: bundle.metadata ?? {} });
    return magicContext({
      scope: this.#parts.scope(),
      folder,
      magics: [...this.#byName.values()],
      signal,
      ...(workers ? { workers } : {}),
      ...(rasterize ? { rasterize } : {}),
      show: (bundle) => {
        const id = randomUUID();
        displays.publish('display_data', wire(bundle), parent, id);
        return id;
      },
      replace: (id, bundle) => displays.publish('update_display_data', wire(bundle), parent, id),
      print: (text) => host.stream('stdout', text.endsWith('\n') ? text : `${text}\n`, parent)
    });
  }

  /**
   * Runs one magic of a cell: its manual page, its TypeScript, or its work.
   * @returns the variables that it binds
   * @throws SurveyError of its arguments and body, InterruptedError, and what it throws
   */
  async run(planned: PlannedMagic, signal: AbortSignal, parent: Parent): Promise<Readonly<Record<string, unknown>>> {
    const { magic, call, found } = planned;
    if (planned.help) {
      await this.#show([this.#parts.manualPage(magic)], parent);
      return {};
    }
    if (planned.code) {
      if (!magic.code) throw new SurveyError({ ...warning('no-code', `\`%${magic.name}\` has no TypeScript to show`), severity: 'error' });
      await this.#show([{ data: { 'text/markdown': `\`\`\`ts\n${magic.code(call)}\n\`\`\``, 'text/plain': magic.code(call) } }], parent);
      return {};
    }
    if (found.form === 'line') this.#lineTexts.set(call, found.header.slice(found.wordsFrom).trim());
    const { context, settle } = this.context(signal, parent);
    const problems = (magic.check?.(call, context) ?? []).filter((diagnostic) => diagnostic.severity === 'error');
    if (problems.length > 0) throw new SurveyError(problems, { name: `${found.form === 'cell' ? '%%' : '%'}${magic.name}`, text: call.body, lineOffset: call.bodyLineOffset });
    let outcome;
    try {
      outcome = await magic.run(call, context);
    } finally {
      settle();
    }
    if (signal.aborted) throw new InterruptedError();
    const bound = outcome.bind ?? {};
    this.#parts.made(call, Object.values(bound), outcome.show);
    await this.#show(outcome.show, parent);
    for (const name of Object.keys(planned.binds)) if (!(name in bound)) throw new Error(`magic \`${magic.name}\` promised the variable \`${name}\` and did not make it`);
    return bound;
  }

  async #show(values: readonly unknown[], parent: Parent): Promise<void> {
    const { displays } = this.#parts;
    for (const value of values) if (value !== undefined) displays.publish('display_data', await displays.richForm(value), parent);
  }
}

/** Frozen, and of the shape of a magic: what `defineMagic` makes, in a cell too. */
function isMagic(value: unknown): value is Magic {
  const one = value as Partial<Magic> | null;
  return typeof one === 'object' && one !== null && Object.isFrozen(one) && typeof one.name === 'string' && Array.isArray(one.forms) && typeof one.run === 'function' && typeof one.options === 'object';
}
