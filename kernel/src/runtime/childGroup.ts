import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** Time from Ctrl+C to the end that cannot be refused. */
const KILL_AFTER_MS = 500;

/**
 * Starts a program as head of a process group of its own, which ends as a whole, with
 * everything that the program started: like by Ctrl+C when the signal is aborted, and
 * when this process exits. Windows has no groups; there only the program ends.
 */
export function spawnGroup(program: string, argv: readonly string[], cwd: string, signal: AbortSignal): ChildProcessWithoutNullStreams {
  const grouped = process.platform !== 'win32';
  const child = spawn(program, argv, { cwd, detached: grouped });
  const end = (how: NodeJS.Signals): void => {
    try {
      if (grouped && child.pid !== undefined) process.kill(-child.pid, how);
      else child.kill(how);
    } catch {
      // It has ended.
    }
  };
  const kill = (): void => end('SIGKILL');
  const stop = (): void => {
    end('SIGINT');
    setTimeout(kill, KILL_AFTER_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  process.on('exit', kill);
  child.on('close', () => {
    signal.removeEventListener('abort', stop);
    process.off('exit', kill);
  });
  if (signal.aborted) stop();
  return child;
}
