import { inspect } from 'node:util';
import { defineMagic, type Magic } from '../../../src/magics/magic.js';
import { table } from '../../../src/shared/table.js';
import type { KernelCore } from '../core/kernelCore.js';

/** What a value is, in one word or two: `number`, `Survey`, `Float64Array(12)`. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const kind = (value as { kind?: unknown }).kind;
  if (typeof kind === 'string') return kind;
  const name = (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor?.name ?? 'object';
  const length = (value as { length?: unknown }).length ?? (value as { size?: unknown }).size;
  return typeof length === 'number' ? `${name}(${length})` : name;
}

export function whoMagic(core: KernelCore): Magic {
  return defineMagic({
    name: 'who',
    forms: ['line'],
    summary: 'list the variables of the notebook',
    arguments: [],
    options: {},
    example: '%who',
    run() {
      const rows = Object.entries(core.scope).map(([name, value]) => ({ name, kind: kindOf(value), value: inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: 40 }).slice(0, 60) }));
      return {
        show: [
          table(
            { en: 'Variables', zh: '变量' },
            [
              { key: 'name', label: { en: 'Name', zh: '名称' }, kind: 'text' },
              { key: 'kind', label: { en: 'Kind', zh: '类型' }, kind: 'text' },
              { key: 'value', label: { en: 'Value', zh: '值' }, kind: 'text' }
            ],
            rows,
            rows.length === 0 ? { notes: [{ en: 'There are none yet.', zh: '尚无变量。' }] } : {}
          )
        ]
      };
    }
  });
}

export function resetMagic(core: KernelCore): Magic {
  return defineMagic({
    name: 'reset',
    forms: ['line'],
    summary: 'forget every variable and type of the notebook',
    arguments: [],
    options: {},
    example: '%reset',
    run() {
      core.resetAfterCell();
      return { show: [] };
    }
  });
}
