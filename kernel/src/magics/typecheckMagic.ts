import { defineMagic, type Magic } from '../../../src/magics/magic.js';
import type { KernelCore } from '../core/kernelCore.js';

export function typecheckMagic(core: KernelCore): Magic {
  return defineMagic({
    name: 'typecheck',
    forms: ['line'],
    summary: 'choose whether a type error stops its cell (`stop`) or is only shown (`warn`)',
    arguments: [{ name: 'MODE', kind: 'text', summary: '`stop` or `warn`; without it the present mode is said', optional: true }],
    options: {},
    example: '%typecheck warn',
    run(call, context) {
      const [mode] = call.arguments;
      if (mode === undefined) context.print(`type errors: ${core.settings.typeErrors}`);
      else if (mode === 'stop' || mode === 'warn') core.settings.typeErrors = mode;
      else throw new Error(`\`%typecheck\` is \`stop\` or \`warn\`, found \`${mode}\``);
      return { show: [] };
    }
  });
}
