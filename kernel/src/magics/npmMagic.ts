import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../../../src/shared/diagnostic.js';
import { defineMagic, type Magic } from '../../../src/magics/magic.js';

/** npm's own script beside the Node that runs the kernel; its launcher is a shell script that Windows cannot spawn. */
function npmCommand(): readonly [command: string, first: readonly string[]] {
  const folder = dirname(process.execPath);
  const script = [join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'), join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')].find((path) => existsSync(path));
  return script ? [process.execPath, [script]] : ['npm', []];
}

/** Words that npm accepts as packages; options and shell signs are not among them. */
const PACKAGE = /^(@[\w.-]+\/)?[\w.-]+(@[\w.^~<>=*-]+)?$/;

/** `%npm install PACKAGE…` into the notebook's folder, without install scripts. */
export const npmMagic: Magic = defineMagic({
  name: 'npm',
  forms: ['line'],
  summary: 'install npm packages into the folder of the notebook',
  arguments: [
    { name: 'COMMAND', kind: 'text', summary: '`install` or `uninstall`' },
    { name: 'PACKAGES', kind: 'text', summary: 'names of packages', rest: true }
  ],
  options: {},
  example: '%npm install d3-array',
  async run(call, context) {
    const [command, ...packages] = call.arguments;
    if (command !== 'install' && command !== 'uninstall') fail('bad-argument', `\`%npm\` can \`install\` and \`uninstall\`, found \`${command}\``);
    if (packages.length === 0) fail('missing-argument', `\`%npm ${command}\` needs the name of a package`, { help: 'for example `%npm install d3-array`' });
    for (const name of packages) if (!PACKAGE.test(name)) fail('bad-argument', `\`${name}\` is not the name of a package`);
    const [program, first] = npmCommand();
    const child = spawn(program, [...first, command, ...packages, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { signal: context.signal, env: process.env });
    let errors = '';
    child.stdout.on('data', (bytes: Buffer) => context.print(bytes.toString().trim()));
    child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) fail('npm-failed', `npm ended with exit code ${code}: ${errors.trim().split('\n').slice(0, 5).join(' ')}`);
    return { show: [] };
  }
});
