import { defineMagic, type Magic } from '../../../src/magics/magic.js';
import type { KernelCore } from '../core/kernelCore.js';

/** `%load FILE` puts a file's text into the cell. */
export function loadMagic(core: KernelCore): Magic {
  return defineMagic({
    name: 'load',
    forms: ['line'],
    summary: 'put the text of a file into the cell',
    arguments: [{ name: 'FILE', kind: 'file', summary: 'text file to load' }],
    options: {},
    example: '%load analysis.ts',
    async run(call, context) {
      const text = new TextDecoder().decode(await context.readFile(call.arguments[0]));
      core.setNextInput(`// %load ${call.arguments[0]}\n${text}`);
      return { show: [] };
    }
  });
}
