import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { warning, type Diagnostic } from '../../src/shared/diagnostic.js';
import type { FontSet } from '../../src/report/diagram/svgToPng.js';

export interface FoundFonts extends FontSet {
  /** Said once: a kind of glyph for which no font was found. */
  readonly warnings: readonly Diagnostic[];
}

/** A family with the files that hold its regular and bold faces; the first family that exists is taken. */
interface Family {
  readonly family: string;
  readonly files: readonly string[];
}

/** The bundled family first, so that a picture is the same on every machine; then families of the same widths. */
const LATIN: readonly Family[] = [
  { family: 'Arimo', files: ['Arimo_400Regular.ttf', 'Arimo_700Bold.ttf'] },
  { family: 'Liberation Sans', files: ['LiberationSans-Regular.ttf', 'LiberationSans-Bold.ttf'] },
  { family: 'Arimo', files: ['Arimo-Regular.ttf', 'Arimo-Bold.ttf'] },
  { family: 'Arial', files: ['arial.ttf', 'arialbd.ttf'] },
  { family: 'Arial', files: ['Arial.ttf', 'Arial Bold.ttf'] },
  { family: 'Nimbus Sans', files: ['NimbusSans-Regular.otf', 'NimbusSans-Bold.otf'] },
  { family: 'Helvetica', files: ['Helvetica.ttc'] },
  { family: 'DejaVu Sans', files: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'] },
  { family: 'Noto Sans', files: ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'] }
];
const CHINESE: readonly Family[] = [
  { family: 'Noto Sans CJK SC', files: ['NotoSansCJK-Regular.ttc', 'NotoSansCJK-Bold.ttc'] },
  { family: 'Noto Sans SC', files: ['NotoSansSC-Regular.otf', 'NotoSansSC-Bold.otf'] },
  { family: 'Source Han Sans SC', files: ['SourceHanSansSC-Regular.otf', 'SourceHanSansSC-Bold.otf'] },
  { family: 'WenQuanYi Micro Hei', files: ['wqy-microhei.ttc'] },
  { family: 'WenQuanYi Zen Hei', files: ['wqy-zenhei.ttc'] },
  { family: 'Droid Sans Fallback', files: ['DroidSansFallbackFull.ttf'] },
  { family: 'Microsoft YaHei', files: ['msyh.ttc', 'msyhbd.ttc'] },
  { family: 'SimHei', files: ['simhei.ttf'] },
  { family: 'PingFang SC', files: ['PingFang.ttc'] },
  { family: 'Hiragino Sans GB', files: ['Hiragino Sans GB.ttc'] },
  { family: 'STHeiti', files: ['STHeiti Medium.ttc'] }
];
/** Greek letters and mathematical signs that a Latin font may lack. */
const SYMBOLS: readonly Family[] = [{ family: 'DejaVu Sans', files: ['DejaVuSans.ttf'] }];

/** Folders are searched this deep, and not past so many entries: a font folder may hold links to anywhere. */
const DEEPEST = 5;
const MOST_ENTRIES = 20_000;

function fontFolders(): readonly string[] {
  const home = homedir();
  switch (platform()) {
    case 'win32':
      return [join(process.env.WINDIR ?? 'C:\\Windows', 'Fonts'), join(process.env.LOCALAPPDATA ?? home, 'Microsoft', 'Windows', 'Fonts')];
    case 'darwin':
      return ['/System/Library/Fonts', '/Library/Fonts', join(home, 'Library/Fonts')];
    default:
      return ['/usr/share/fonts', '/usr/local/share/fonts', join(home, '.local/share/fonts'), join(home, '.fonts')];
  }
}

/** File name (lower case) → path, of all fonts below the folders. */
function fontFiles(folders: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let entries = 0;
  const visit = (folder: string, depth: number): void => {
    if (depth > DEEPEST || !existsSync(folder)) return;
    let list;
    try {
      list = readdirSync(folder, { withFileTypes: true });
    } catch {
      return; // a folder that may not be read holds no font for us
    }
    for (const entry of list) {
      if (++entries > MOST_ENTRIES) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path, depth + 1);
      else if (/\.(ttf|otf|ttc)$/i.test(entry.name) && !found.has(entry.name.toLowerCase())) found.set(entry.name.toLowerCase(), path);
    }
  };
  for (const folder of folders) visit(folder, 0);
  return found;
}

function firstFamily(families: readonly Family[], files: ReadonlyMap<string, string>): { readonly family: string; readonly paths: readonly string[] } | null {
  for (const { family, files: wanted } of families) {
    const paths = wanted.flatMap((name) => files.get(name.toLowerCase()) ?? []);
    if (paths.length > 0) return { family, paths };
  }
  return null;
}

/**
 * Fonts of this machine for pictures, after those in `own` (a folder beside the
 * kernel). The Chinese ones are read when the first drawing with Chinese text
 * is made. What is missing is said in `warnings`; the SVG is not concerned.
 */
export function findFonts(own: readonly string[] = [], system: readonly string[] = fontFolders()): FoundFonts {
  const files = fontFiles([...own, ...system]);
  const latin = firstFamily(LATIN, files);
  const chinese = firstFamily(CHINESE, files);
  const symbols = firstFamily(SYMBOLS, files);
  const warnings: Diagnostic[] = [];
  if (!latin) warnings.push(warning('no-font', 'no Latin font was found: text is missing from PNG pictures', { help: 'install fonts-liberation or DejaVu' }));
  if (!chinese) warnings.push(warning('no-chinese-font', 'no Chinese font was found: Chinese text is missing from PNG pictures', { help: 'install fonts-noto-cjk (Debian, Ubuntu) or Noto Sans SC' }));
  const read = (paths: readonly string[]): readonly Uint8Array[] => paths.map((path) => new Uint8Array(readFileSync(path)));
  let loaded: readonly Uint8Array[] | undefined;
  return {
    latin: read([...new Set([...(latin?.paths ?? []), ...(symbols?.paths ?? [])])]),
    chinese: () => (loaded ??= read(chinese?.paths ?? [])),
    family: latin?.family ?? 'sans-serif',
    warnings
  };
}
