const LOOK_EVERY_MS = 1000;

/** Ends with the process that started the kernel, when that dies without a word; Jupyter asks for it by `JPY_PARENT_PID`. */
export function watchStarter(): void {
  if (!process.env.JPY_PARENT_PID) return;
  const starter = process.ppid;
  setInterval(() => {
    if (process.ppid !== starter) process.kill(process.pid, 'SIGKILL');
  }, LOOK_EVERY_MS).unref();
}
