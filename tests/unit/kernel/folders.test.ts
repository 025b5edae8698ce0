/** Paths of other systems, by construction: what the functions answer there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fontFindings } from '../../../kernel/src/cli/install/doctorCommand.js';
import { extensionFinding } from '../../../kernel/src/cli/install/extensionFinding.js';
import { constructedFolders } from '../../../kernel/src/cli/install/places.js';
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
    expect(constructedFolders('kernels', { environment: { JUPYTER_PATH: '/a:/b:' }, platform: 'linux', home: '/home/ada' }, '/venv')).toEqual(['/a/kernels', '/b/kernels', '/home/ada/.local/share/jupyter/kernels', '/venv/share/jupyter/kernels', '/usr/local/share/jupyter/kernels', '/usr/share/jupyter/kernels']);
  });

  it('on Windows, where paths are told apart by semicolons', () => {
    expect(constructedFolders('kernels', { environment: { ...WINDOWS, JUPYTER_PATH: 'C:\\a;D:\\b c' }, platform: 'win32', home: 'C:\\Users\\ada' }, 'C:\\venv')).toEqual(['C:\\a\\kernels', 'D:\\b c\\kernels', 'C:\\Users\\ada\\AppData\\Roaming\\jupyter\\kernels', 'C:\\venv\\share\\jupyter\\kernels', 'D:\\ProgramData\\jupyter\\kernels']);
  });

  it('without Python, and each folder once', () => {
    expect(constructedFolders('kernels', { environment: { JUPYTER_DATA_DIR: '/one', JUPYTER_PATH: '/one' }, platform: 'darwin', home: '/Users/ada' }, null)).toEqual(['/one/kernels', '/usr/local/share/jupyter/kernels', '/usr/share/jupyter/kernels']);
  });
});

describe('an active environment', () => {
  const order = (environment: NodeJS.ProcessEnv): string[] => constructedFolders('labextensions', { environment, platform: 'linux', home: '/home/ada' }, '/venv').slice(0, 2);
  const [own, inside] = ['/home/ada/.local/share/jupyter/labextensions', '/venv/share/jupyter/labextensions'];

  // jupyter_core.paths.prefer_environment_over_user
  it.each([
    [{}, [own, inside]],
    [{ VIRTUAL_ENV: '/venv' }, [inside, own]],
    [{ CONDA_PREFIX: '/venv', CONDA_DEFAULT_ENV: 'survey' }, [inside, own]],
    [{ CONDA_PREFIX: '/venv', CONDA_DEFAULT_ENV: 'base' }, [own, inside]],
    [{ VIRTUAL_ENV: '/venv', JUPYTER_PREFER_ENV_PATH: '0' }, [own, inside]],
    [{ JUPYTER_PREFER_ENV_PATH: '1' }, [inside, own]]
  ])('%j', (environment, expected) => {
    expect(order(environment)).toEqual(expected);
  });
});

describe('doctor’s look at the extension', () => {
  const folder = mkdtempSync(join(tmpdir(), '问卷 extension-'));
  const place = join(folder, 'semlab-extension');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('tells a missing, broken, incomplete and old one, each with the cure', () => {
    expect(extensionFinding([join(folder, 'nowhere'), folder], '2.0.0')).toMatchObject({ state: 'warning', text: expect.stringContaining('has no semlab extension') as string, cure: expect.stringContaining('pip install semlab') as string });
    mkdirSync(place);
    writeFileSync(join(place, 'package.json'), '{"version": ');
    expect(extensionFinding([folder], '2.0.0')).toMatchObject({ state: 'error', text: expect.stringContaining('cannot be read') as string });
    writeFileSync(join(place, 'package.json'), '{"version":"1.0.0","jupyterlab":{"_build":{"load":"entry.js"}}}');
    expect(extensionFinding([folder], '2.0.0')).toMatchObject({ state: 'error', text: expect.stringContaining('lacks entry.js') as string });
    writeFileSync(join(place, 'entry.js'), '');
    expect(extensionFinding([folder], '2.0.0')).toMatchObject({ state: 'warning', text: `the extension in ${place} is of version 1.0.0, the kernel of 2.0.0`, cure: 'pip install --upgrade semlab' });
    expect(extensionFinding([folder], '1.0.0')).toEqual({ state: 'ok', text: `extension in ${place}` });
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
