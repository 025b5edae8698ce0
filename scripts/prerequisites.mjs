/**
 * What the browser tests need from the system: a Chromium and fonts with Chinese
 * letters. Installed when that is possible without asking, else told with the cure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

export function findChromium() {
  return process.env.CHROMIUM ?? CHROMIUM.find((path) => existsSync(path));
}

/** macOS and Windows bring Chinese fonts; elsewhere fontconfig is asked. */
function hasChineseFont() {
  if (process.platform !== 'linux') return true;
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

/** What is missing, as Debian packages. */
export function missingPackages() {
  const python = spawnSync('python3', ['-c', 'import venv, ensurepip']);
  return [
    ...(findChromium() ? [] : ['chromium']),
    ...(hasChineseFont() ? [] : ['fonts-noto-cjk', 'fontconfig']),
    ...(python.status === 0 ? [] : ['python3', 'python3-venv'])
  ];
}

function canInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
}

/** @returns null when all is there (now), else the sentence that says what is missing and how to get it */
export function ensurePrerequisites({ log = () => {} } = {}) {
  const missing = missingPackages();
  if (missing.length === 0) return null;
  if (canInstall()) {
    log(`system: apt-get install ${missing.join(' ')}`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const run = (...argv) => spawnSync('apt-get', argv, { stdio: ['ignore', 'ignore', 'inherit'], env: environment }).status === 0;
    run('-qq', 'update');
    run('-qq', '-y', 'install', '--no-install-recommends', ...missing);
  }
  const left = missingPackages();
  if (left.length === 0) return null;
  const cure = process.platform === 'linux' ? `sudo apt-get install ${left.join(' ')}   (or your system's packages of the same programs)` : 'install Google Chrome or Chromium and Python 3.10 or newer';
  return `the browser tests need what is not here: ${left.join(', ')}\n  ${cure}\n  another browser of the Chromium family can be named: CHROMIUM=/path npm test`;
}
