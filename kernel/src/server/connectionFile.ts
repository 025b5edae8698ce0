import { createHmac, getHashes } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What a connection file says. */
export interface ConnectionInfo {
  readonly transport: 'tcp' | 'ipc';
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
}

const PORTS = ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'] as const;
const LARGEST_PORT = 65_535;

/** Reads the file that Jupyter starts a kernel with. @throws Error that says in one line what is wrong with it */
export function readConnectionFile(path: string): ConnectionInfo {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`the connection file ${path} cannot be read: ${(error as Error).message}`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error(`the connection file ${path} is not JSON`);
  }
  try {
    return checkConnection(content);
  } catch (error) {
    throw new Error(`the connection file ${path} ${(error as Error).message}`);
  }
}

/** Defaults are those of jupyter_client. @throws Error with the first thing that is missing or wrong */
export function checkConnection(content: unknown): ConnectionInfo {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new Error('is not a JSON object');
  const { transport = 'tcp', ip = '127.0.0.1', key = '', signature_scheme = 'hmac-sha256', ...rest } = content as Record<string, unknown>;
  if (transport !== 'tcp' && transport !== 'ipc') throw new Error(`asks for the transport ${JSON.stringify(transport)}; there are tcp and ipc`);
  for (const [name, value] of Object.entries({ ip, key, signature_scheme })) if (typeof value !== 'string') throw new Error(`has no text for ${name}`);
  const ports = PORTS.map((name) => {
    const port = rest[name];
    if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > LARGEST_PORT) throw new Error(`has no port number for ${name}`);
    return [name, port] as const;
  });
  const scheme = String(signature_scheme);
  checkScheme(scheme);
  return { transport, ip: String(ip) || '127.0.0.1', key: String(key), signature_scheme: scheme, ...(Object.fromEntries(ports) as Pick<ConnectionInfo, (typeof PORTS)[number]>) };
}

function checkScheme(scheme: string): void {
  try {
    createHmac(scheme.replace(/^hmac-/, '') || 'sha256', 'key');
  } catch {
    throw new Error(`asks for the signature scheme ${JSON.stringify(scheme)}; there are ${getHashes().filter((name) => /^(md5|sha1|sha256|sha384|sha512)$/.test(name)).map((name) => `hmac-${name}`).join(', ')}`);
  }
}
