import { SurveyError, warning } from '../../../src/shared/diagnostic.js';
import { defineMagic, type Magic } from '../../../src/magics/magic.js';
import type { KernelCore } from '../core/kernelCore.js';
import { spawnGroup } from '../runtime/childGroup.js';

/** Set to 1 by whoever trusts the notebooks that this kernel will run. */
export const ALLOW_BASH = 'SEMLAB_ALLOW_BASH';

/** `%%bash`: off unless the person who starts the kernel allows it. */
export function bashMagic(core: KernelCore): Magic {
  return defineMagic({
    name: 'bash',
    forms: ['cell'],
    summary: `run the body in bash (off unless the environment has ${ALLOW_BASH}=1)`,
    arguments: [],
    options: {},
    example: '%%bash\nls',
    async run(call, context) {
      if (process.env[ALLOW_BASH] !== '1') {
        throw new SurveyError({ ...warning('bash-is-off', '`%%bash` is switched off', { help: `start Jupyter with ${ALLOW_BASH}=1 if you trust this notebook` }), severity: 'error' });
      }
      const child = spawnGroup('bash', ['-c', call.body], core.folder, context.signal);
      child.stdout.on('data', (bytes: Buffer) => core.print('stdout', bytes.toString()));
      child.stderr.on('data', (bytes: Buffer) => core.print('stderr', bytes.toString()));
      const code = await new Promise<number | null>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
      });
      if (code !== 0) throw new Error(`bash ended with exit code ${code}`);
      return { show: [] };
    }
  });
}
