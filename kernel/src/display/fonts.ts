import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Families for Latin text, best first, then for Chinese; one of each is enough. */
const LATIN = ['LiberationSans-Regular', 'LiberationSans-Bold', 'LiberationSans-Italic', 'Arimo-Regular', 'DejaVuSans', 'DejaVuSans-Bold', 'Arial', 'arial', 'Helvetica'];
const CHINESE = ['NotoSansCJK-Regular', 'NotoSansSC-Regular', 'NotoSansCJKsc-Regular', 'SourceHanSansSC-Regular', 'wqy-zenhei', 'wqy-microhei', 'msyh', 'PingFang', 'STHeiti Light', 'simhei'];
const MOST_DEPTH = 4;

function fontFolders(home: string): string[] {
  const user = homedir();
  if (process.platform === 'darwin') return [join(home, 'fonts'), '/System/Library/Fonts', '/Library/Fonts', join(user, 'Library/Fonts')];
  if (process.platform === 'win32') return [join(home, 'fonts'), join(process.env.WINDIR ?? 'C:\\Windows', 'Fonts')];
  return [join(home, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts', join(user, '.fonts'), join(user, '.local/share/fonts')];
}

async function fontsBelow(folder: string, depth: number, found: Map<string, string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < MOST_DEPTH) await fontsBelow(path, depth + 1, found);
    else if (/\.(ttf|otf|ttc)$/i.test(entry.name)) found.set(entry.name.replace(/\.\w+$/, ''), path);
  }
}

/** Bytes of the fonts that pictures are drawn with: Latin ones, and the first Chinese one that the machine has. */
export async function findFonts(home: string): Promise<readonly Uint8Array[]> {
  const found = new Map<string, string>();
  for (const folder of fontFolders(home)) await fontsBelow(folder, 0, found);
  const latin = LATIN.filter((name) => found.has(name)).slice(0, 4);
  const chinese = CHINESE.filter((name) => found.has(name)).slice(0, 1);
  return Promise.all([...latin, ...chinese].map((name) => readFile(found.get(name)!)));
}
