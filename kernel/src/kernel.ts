/** The kernel process: `node kernel.js CONNECTION_FILE`. */
import { handOverSignals } from './server/earlySignals.js';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, Worker, type Transferable } from 'node:worker_threads';
import { kernelHome } from './home.js';
import { exitProcess } from './runtime/exit.js';
import { prepareForTermination } from './server/beforeTermination.js';
import { readConnectionFile, type ConnectionInfo } from './server/connectionFile.js';
import { kernelInfo } from './server/kernelInfo.js';
import { log } from './server/log.js';
import { Shared, type WireData } from './server/threadMessages.js';
import { ZmqHost } from './server/zmqHost.js';
import { SEMLAB_VERSION, TYPESCRIPT_VERSION } from './version.js';

/** V8 lets a heap grow up to fourfold between collections; each cell leaves a checker behind, which is soon garbage. */
setFlagsFromString('--heap-growing-percent=40');

const USAGE = 'usage: kernel.js CONNECTION_FILE (Jupyter starts the kernel; `semlab install` tells Jupyter where it is)\n';

function startThread(script: string, workerData: object, transferList: Transferable[]): Worker {
  return new Worker(pathToFileURL(join(kernelHome(), script)), { workerData, transferList, stdout: false, stderr: false });
}

async function main(connection: ConnectionInfo): Promise<void> {
  const shared = new SharedArrayBuffer(4 * Shared.length);
  const { port1, port2 } = new MessageChannel();
  const infoJson = JSON.stringify(kernelInfo(SEMLAB_VERSION, TYPESCRIPT_VERSION));
  const signals = process.platform === 'win32' ? undefined : new MessageChannel();
  const data: WireData = { connection, shared, infoJson, answers: port2, ...(signals ? { signals: signals.port2 } : {}) };
  const wire = startThread('wire.js', data, [port2, ...(signals ? [signals.port2] : [])]);
  wire.on('error', (error) => {
    log(`the connection failed: ${error.message}`);
    exitProcess(1);
  });
  const host = new ZmqHost(wire, new Int32Array(shared), port1, infoJson);
  const watch = signals && startThread('signals.js', { port: signals.port1, shared }, [signals.port1]);
  const watchWaits = watch && once(watch, 'message');
  watch?.unref();
  // The wire thread answers from here on; the compiler, which takes longest, comes after.
  const { startCore } = await import('./core/startCore.js');
  const core = startCore(host);
  prepareForTermination(new Int32Array(shared));
  if (watchWaits) {
    await watchWaits;
    handOverSignals(new Int32Array(shared));
  }
  host.serve(core);
}

const file = process.argv[2];
if (file === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  let connection: ConnectionInfo | undefined;
  try {
    connection = readConnectionFile(file);
  } catch (error) {
    log((error as Error).message);
    process.exitCode = 1;
  }
  if (connection) await main(connection);
}
