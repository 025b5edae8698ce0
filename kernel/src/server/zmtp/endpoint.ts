import { rmSync } from 'node:fs';
import { connect, type Server } from 'node:net';

/** Where a socket is bound: a port of an interface, or a path. */
export type Endpoint = { readonly host: string; readonly port: number } | { readonly path: string };

/** As ZeroMQ writes addresses: `*` means every interface, and a path of the ipc transport ends with the port's number. */
export function endpointOf(connection: { readonly transport: 'tcp' | 'ipc'; readonly ip: string }, port: number): Endpoint {
  if (connection.transport === 'ipc') return { path: `${connection.ip}-${port}` };
  return { host: connection.ip === '*' ? '0.0.0.0' : connection.ip, port };
}

function listen(server: Server, endpoint: Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(endpoint, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Whether somebody answers behind the path. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Starts to listen. A path that a killed process left behind is taken over, as libzmq does. */
export async function bindTo(server: Server, endpoint: Endpoint): Promise<void> {
  try {
    await listen(server, endpoint);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || !('path' in endpoint) || (await isAlive(endpoint.path))) throw error;
    rmSync(endpoint.path, { force: true });
    await listen(server, endpoint);
  }
}
