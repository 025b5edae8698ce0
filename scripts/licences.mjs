/** The notices that the licences of bundled packages ask for, in one text file beside the bundle. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the package that a bundled file belongs to; undefined for our own. */
function packageFolder(path) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll('\\', '/'))?.[1];
}

/** Writes name, version, licence and licence text of every package in an esbuild metafile. */
export function writeLicences(target, { inputs }) {
  const folders = [...new Set(Object.keys(inputs).map(packageFolder))].filter((folder) => folder !== undefined).sort();
  const notices = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file) && existsSync(join(folder, file))).map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return `${name} ${version} (${license ?? 'licence in its files'})\n\n${texts.join('\n\n')}`;
  });
  writeFileSync(target, `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}
