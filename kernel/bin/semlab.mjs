#!/usr/bin/env node
/** The command `semlab`. In a clone it builds first what is missing or older than its sources. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const kernel = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(kernel);
const cli = join(kernel, 'dist', 'kernelspec', 'cli.js');

/** Newest modification below a folder, in milliseconds. */
function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

const builder = join(root, 'scripts', 'build.mjs');
const sources = [join(root, 'src'), join(kernel, 'src')];
if (existsSync(builder) && sources.every((folder) => existsSync(folder))) {
  const stamp = join(root, '.cache', 'built-kernel.sha256');
  if (!existsSync(cli) || !existsSync(stamp) || Math.max(...sources.map(newest)) > statSync(stamp).mtimeMs) {
    const { buildAll } = await import(pathToFileURL(builder));
    await buildAll({ only: ['library', 'kernel'], quiet: true });
  }
}
const { main } = await import(pathToFileURL(cli));
process.exitCode = await main(process.argv.slice(2));
