/** Paths of other systems, by construction: what the functions answer there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fontFindings } from '../../../kernel/src/cli/install/doctorCommand.js';
import { searchedFolders } from '../../../kernel/src/cli/install/places.js';
import { cacheFolder, jupyterDataDir } from '../../../kernel/src/folders.js';

const WINDOWS = { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming', LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local', PROGRAMDATA: 'D:\\ProgramData' };

// What jupyter_core.paths answers on each system.
describe('the folder of Jupyter’s data', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.local/share/jupyter'],
    ['linux', { XDG_DATA_HOME: '/data/ada' }, '/home/ada', '/data/ada/jupyter'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/ada', '/home/ada/.local/share/jupyter'],
    ['darwin', { XDG_DATA_HOME: '/ignored' }, '/Users/ada', '/Users/ada/Library/Jupyter'],
    ['win32', WINDOWS, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming\\jupyter'],
    ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\.jupyter\\data'],
    ['win32', { JUPYTER_CONFIG_DIR: 'E:\\conf' }, 'C:\\Users\\ada', 'E:\\conf\\data'],
    ['linux', { JUPYTER_DATA_DIR: '/elsewhere' }, '/home/ada', '/elsewhere'],
    ['win32', { ...WINDOWS, JUPYTER_DATA_DIR: 'E:\\data' }, 'C:\\Users\\ada', 'E:\\data']
  ])('%s %j', (platform, environment, home, folder) => {
    expect(jupyterDataDir(environment, platform, home)).toBe(folder);
  });
});

describe('the cache', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.cache/semlab'],
    ['linux', { XDG_CACHE_HOME: '/tmp/c' }, '/home/ada', '/tmp/c/semlab'],
    ['darwin', {}, '/Users/ada', '/Users/ada/Library/Caches/semlab'],
    ['win32', WINDOWS, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\semlab\\Cache'],
    ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\semlab\\Cache']
  ])('%s %j', (platform, environment, home, folder) => {
    expect(cacheFolder(environment, platform, home)).toBe(folder);
  });
});

describe('the folders that Jupyter looks for kernels in', () => {
  it('on Linux: JUPYTER_PATH, the user, the environment, the system', () => {
    expect(searchedFolders({ environment: { JUPYTER_PATH: '/a:/b:' }, platform: 'linux', home: '/home/ada' }, '/venv')).toEqual(['/a/kernels', '/b/kernels', '/home/ada/.local/share/jupyter/kernels', '/venv/share/jupyter/kernels', '/usr/local/share/jupyter/kernels', '/usr/share/jupyter/kernels']);
  });

  it('on Windows, where paths are told apart by semicolons', () => {
    expect(searchedFolders({ environment: { ...WINDOWS, JUPYTER_PATH: 'C:\\a;D:\\b c' }, platform: 'win32', home: 'C:\\Users\\ada' }, 'C:\\venv')).toEqual(['C:\\a\\kernels', 'D:\\b c\\kernels', 'C:\\Users\\ada\\AppData\\Roaming\\jupyter\\kernels', 'C:\\venv\\share\\jupyter\\kernels', 'D:\\ProgramData\\jupyter\\kernels']);
  });

  it('without Python, and each folder once', () => {
    expect(searchedFolders({ environment: { JUPYTER_DATA_DIR: '/one', JUPYTER_PATH: '/one' }, platform: 'darwin', home: '/Users/ada' }, null)).toEqual(['/one/kernels', '/usr/local/share/jupyter/kernels', '/usr/share/jupyter/kernels']);
  });
});

describe('doctor’s look at fonts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'semlab-fonts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says which letters pictures would lack, with the cure, and names the family otherwise', () => {
    expect(fontFindings(folder, [])).toEqual([
      { state: 'warning', text: expect.stringContaining('no Latin font') as string, cure: expect.stringContaining('fonts-liberation') as string },
      { state: 'warning', text: expect.stringContaining('no Chinese font') as string, cure: expect.stringContaining('fonts-noto-cjk') as string }
    ]);
    mkdirSync(join(folder, 'fonts'));
    for (const name of ['Arimo_400Regular.ttf', 'wqy-microhei.ttc']) writeFileSync(join(folder, 'fonts', name), '');
    expect(fontFindings(folder, [])).toEqual([{ state: 'ok', text: 'letters of pictures: Arimo, and a Chinese font' }]);
  });
});
