import { performance } from 'node:perf_hooks';
import { defineMagic, type Magic } from '../../../src/magics/magic.js';
import type { KernelCore } from '../core/kernelCore.js';

/** 1.23 ms, 4.56 s */
function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toPrecision(3)} s`;
  return milliseconds >= 1 ? `${milliseconds.toPrecision(3)} ms` : `${(milliseconds * 1000).toPrecision(3)} µs`;
}

/** `%time EXPRESSION` and `%%time`: the code runs as a cell of its own, its variables stay. */
export function timeMagic(core: KernelCore): Magic {
  return defineMagic({
    name: 'time',
    forms: ['line', 'cell'],
    summary: 'run code and say how long it took',
    arguments: [{ name: 'CODE', kind: 'text', summary: 'TypeScript to run; the lines below for `%%time`', optional: true, rest: true }],
    options: {},
    example: '%%time\nlet sum = 0;\nfor (let i = 0; i < 1e6; i++) sum += i;',
    async run(call, context) {
      const code = call.form === 'cell' ? `\n${call.body}` : core.magicLineText(call);
      const started = performance.now();
      const cpu = process.cpuUsage();
      await core.runNested(code);
      const wall = performance.now() - started;
      const { user, system } = process.cpuUsage(cpu);
      context.print(`wall time ${duration(wall)}, processor time ${duration((user + system) / 1000)}`);
      return { show: [] };
    }
  });
}
