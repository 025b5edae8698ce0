/** The reviewer's notebook and the teaching series come back number for number; each exercise starts unsolved. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const teaching = readdirSync(join(root, 'notebooks/teaching')).filter((name) => name.endsWith('.ipynb')).map((name) => `notebooks/teaching/${name}`);

describe('notebooks for reviewers and teachers', () => {
  it.each(['notebooks/reviewer.ipynb', ...teaching])('%s', (path) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'kernel/bin/semlab.mjs'), 'check', path], { cwd: root, encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toMatch(/numbers/);
    expect(status, `${stdout}${stderr}`).toBe(0);
  }, 180_000);

  it('there are four lessons, each with an exercise', () => {
    expect(teaching).toHaveLength(4);
    for (const path of teaching) expect(readFileSync(join(root, path), 'utf8')).toContain('**Exercise.**');
  });
});
