import { availableParallelism, freemem, hostname, totalmem } from 'node:os';

interface Sample {
  readonly at: number;
  readonly cpu: NodeJS.CpuUsage;
}

const sample = (): Sample => ({ at: performance.now(), cpu: process.cpuUsage() });

/** Share of one processor that the process used since the last question, in percent. */
function makeMeter(): () => number {
  let before = sample();
  return () => {
    const now = sample();
    const used = (now.cpu.user - before.cpu.user + now.cpu.system - before.cpu.system) / 1000;
    const percent = now.at > before.at ? (100 * used) / (now.at - before.at) : 0;
    before = now;
    return Math.round(10 * percent) / 10;
  };
}

/** Content of `usage_reply`, which JupyterLab's resource panel asks for. */
export const usage: () => object = (() => {
  const meter = makeMeter();
  return () => ({
    status: 'ok',
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: meter(),
    kernel_memory: process.memoryUsage.rss(),
    cpu_count: availableParallelism(),
    host_virtual_memory: { total: totalmem(), available: freemem(), free: freemem(), used: totalmem() - freemem(), percent: Math.round(1000 * (1 - freemem() / totalmem())) / 10 }
  });
})();
