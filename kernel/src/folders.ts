import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** Where Jupyter keeps a user's data. @see jupyter_core.paths.jupyter_data_dir */
export function jupyterDataDir(environment: NodeJS.ProcessEnv = process.env, platform: string = process.platform, home: string = homedir()): string {
  if (environment.JUPYTER_DATA_DIR) return environment.JUPYTER_DATA_DIR;
  if (platform === 'darwin') return posix.join(home, 'Library', 'Jupyter');
  if (platform === 'win32') return environment.APPDATA ? win32.join(environment.APPDATA, 'jupyter') : win32.join(environment.JUPYTER_CONFIG_DIR ?? win32.join(home, '.jupyter'), 'data');
  return posix.join(environment.XDG_DATA_HOME || posix.join(home, '.local', 'share'), 'jupyter');
}

/** Where programs keep what can be made again. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, platform: string = process.platform, home: string = homedir()): string {
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'semlab');
  if (platform === 'win32') return win32.join(environment.LOCALAPPDATA ?? win32.join(home, 'AppData', 'Local'), 'semlab', 'Cache');
  return posix.join(environment.XDG_CACHE_HOME || posix.join(home, '.cache'), 'semlab');
}
