import { spawnSync } from 'node:child_process';

/** Version of a Node.js, as `20.12.1`; undefined when the program does not run or says something else. */
export function nodeVersionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] : undefined;
}
