/** The README's TypeScript runs, and its links and commands exist. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { magics } from '../../src/magics/index.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const fences = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(([, language, text]) => ({ language, text }));
const scripts = Object.keys((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts);

describe('the README', () => {
  it('its library example runs and prints what a fit holds', async () => {
    const [example] = fences.filter(({ language }) => language === 'ts');
    const folder = join(root, '.cache', 'readme');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'example.ts');
    writeFileSync(file, example.text.replace("'semlab'", JSON.stringify(join(root, 'src/index.ts'))));
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      await import(pathToFileURL(file).href);
      expect(log).toHaveBeenCalledTimes(1);
      const [rows, converged] = log.mock.calls[0] as unknown[];
      expect(rows).toBeGreaterThan(3);
      expect(converged).toBe(true);
    } finally {
      log.mockRestore();
      rmSync(folder, { recursive: true });
    }
  });

  it('names npm scripts, notebooks and magics that exist', () => {
    for (const [, script] of readme.matchAll(/npm run (\w+)/g)) expect(scripts).toContain(script);
    for (const [path] of readme.matchAll(/notebooks\/[\w/]+\.(?:ipynb|mjs)/g)) expect(existsSync(join(root, path)), path).toBe(true);
    const known = new Set([...magics.map(({ name }) => name), 'name']);
    const [, table] = readme.split('## Magics');
    for (const [, name] of table.split('## Commands')[0].matchAll(/`%%?([a-z]+)/g)) expect(known, name).toContain(name);
  });

  it('lists every run-time dependency with a reason', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    for (const [name, version] of Object.entries(dependencies)) {
      expect(readme, name).toContain(`\`${name}\``);
      expect(version, `${name} is pinned`).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });
});
