import { existsSync } from 'node:fs';
import { chromium, type BrowserContext } from 'playwright-core';

const BINARIES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The machine's own Chromium with a profile of its own. */
export function startChromium(profile: string): Promise<BrowserContext> {
  const executablePath = process.env.CHROMIUM ?? BINARIES.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('no Chromium: install it (apt-get install chromium) or name it in CHROMIUM');
  return chromium.launchPersistentContext(profile, { executablePath, headless: true, args: FLAGS, viewport: { width: 1440, height: 1000 }, acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
}
