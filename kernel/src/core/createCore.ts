import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerPool } from '../../../src/magics/magic.js';
import { kernelHome } from '../home.js';
import { converterPlaces } from '../language/cellFiles.js';
import { createConverter } from '../language/converter.js';
import { KERNEL_GLOBALS } from '../language/globals.js';
import { loadTypeScript } from '../language/typescript.js';
import { kernelMagics } from '../magics/kernelMagics.js';
import { createLibrary } from '../runtime/library.js';
import { CellBook } from '../runtime/cellBook.js';
import { ModuleLoader } from '../runtime/modules.js';
import { createPictures } from '../display/pictures.js';
import { tslabModule } from '../runtime/tslabModule.js';
import { History } from './history.js';
import { KernelCore } from './kernelCore.js';
import type { KernelHost } from './messages.js';

export interface CoreOptions {
  readonly host: KernelHost;
  /** Folder of the notebook. */
  readonly folder?: string;
  /** Absent: history is not kept. */
  readonly historyPath?: string;
  readonly workers?: WorkerPool;
}

const KEEP_CODE_AFTER_MS = 4000;

function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(path).href) as Promise<Readonly<Record<string, unknown>>>;
}

/** Where the notebook's folder has a package; undefined when it has not. */
function installed(name: string, folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'cell.js')).resolve(name);
  } catch {
    return undefined;
  }
}

/** A core over the process's own realm, with everything that cells may import. */
export function createCore(options: CoreOptions): KernelCore {
  const home = kernelHome();
  const folder = options.folder ?? process.cwd();
  const { typescript, keepCode } = loadTypeScript(home);
  const converter = createConverter(typescript, converterPlaces(home, folder, KERNEL_GLOBALS));
  const holder: { core?: KernelCore } = {};
  const builtIn = new Map<string, () => Promise<Readonly<Record<string, unknown>>>>([
    ['semlab', () => load(join(home, 'semlab.js'))],
    ['semlab/danfo', () => load(join(home, 'danfo.cjs'))],
    ['danfojs-node', () => load(installed('danfojs-node', folder) ?? join(home, 'danfo.cjs'))],
    ['tslab', () => Promise.resolve(tslabModule(holder.core!, typescript.version))]
  ]);
  const cells = new CellBook();
  cells.mapStacks();
  const modules = new ModuleLoader(typescript, folder, builtIn, cells);
  const rasterize = createPictures(home);
  const core = new KernelCore(
    { host: options.host, typescript, converter, modules, library: createLibrary(rasterize), cells, ...(rasterize ? { rasterize } : {}), history: new History(options.historyPath), folder, ...(options.workers ? { workers: options.workers } : {}) },
    kernelMagics
  );
  holder.core = core;
  // Written while nobody waits.
  setTimeout(keepCode, KEEP_CODE_AFTER_MS).unref();
  return core;
}
