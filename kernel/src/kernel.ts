/** The kernel process: `node kernel.js CONNECTION_FILE`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, Worker } from 'node:worker_threads';
import { kernelHome } from './home.js';
import { kernelInfo } from './server/kernelInfo.js';
import { Shared, type ConnectionInfo, type WireData } from './server/threadMessages.js';
import { ZmqHost } from './server/zmqHost.js';
import { SEMLAB_VERSION, TYPESCRIPT_VERSION } from './version.js';

/** V8 lets a heap grow up to fourfold between collections; each cell leaves a checker behind, which is soon garbage. */
setFlagsFromString('--heap-growing-percent=40');

async function main(connectionFile: string): Promise<void> {
  const connection = JSON.parse(readFileSync(connectionFile, 'utf8')) as ConnectionInfo;
  const shared = new SharedArrayBuffer(4 * Shared.length);
  const { port1, port2 } = new MessageChannel();
  const infoJson = JSON.stringify(kernelInfo(SEMLAB_VERSION, TYPESCRIPT_VERSION));
  const signals = process.platform === 'win32' ? undefined : new MessageChannel();
  const data: WireData = { connection, shared, infoJson, answers: port2, ...(signals ? { signals: signals.port2 } : {}) };
  const wire = new Worker(pathToFileURL(join(kernelHome(), 'wire.js')), { workerData: data, transferList: [port2, ...(signals ? [signals.port2] : [])], stdout: false, stderr: false });
  wire.on('error', (error) => {
    process.stderr.write(`[semlab] the connection failed: ${error.message}\n`);
    process.exit(1);
  });
  const host = new ZmqHost(wire, new Int32Array(shared), port1, infoJson);
  if (signals) new Worker(pathToFileURL(join(kernelHome(), 'signals.js')), { workerData: { port: signals.port1 }, transferList: [signals.port1] }).unref();
  // The wire thread answers from here on; the compiler, which takes longest, comes after.
  const { startCore } = await import('./core/startCore.js');
  host.serve(startCore(host));
}

const file = process.argv[2];
if (file === undefined) {
  process.stderr.write('usage: kernel.js CONNECTION_FILE (Jupyter starts the kernel; `semlab install` tells Jupyter where it is)\n');
  process.exitCode = 2;
} else await main(file);
