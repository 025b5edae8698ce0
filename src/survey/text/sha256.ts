/** The little of Node's crypto that is used: it hashes in place, Web Crypto first copies the bytes. */
interface NodeCrypto {
  createHash(algorithm: 'sha256'): { update(bytes: Uint8Array): void; digest(encoding: 'hex'): string };
}

/** Where crypto is looked for: the global object of Node or of a browser. */
export interface CryptoHost {
  readonly crypto?: Pick<Crypto, 'subtle'>;
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

/** A SHA-256 that is told its bytes piece by piece. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** Lower-case hex. */
  done(): string;
}

/** Undefined outside Node, since Web Crypto hashes whole texts only. */
export function runningSha256(host: CryptoHost = globalThis as CryptoHost): RunningHash | undefined {
  const node = host.process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;
  const hash = node?.createHash('sha256');
  return hash && { update: (bytes) => void hash.update(bytes), done: () => hash.digest('hex') };
}

/** Lower-case hex SHA-256 of bytes, or undefined where the platform has no crypto (an insecure page). */
export async function sha256(bytes: Uint8Array, host: CryptoHost = globalThis as CryptoHost): Promise<string | undefined> {
  const running = runningSha256(host);
  if (running) {
    running.update(bytes);
    return running.done();
  }
  const subtle = host.crypto?.subtle;
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
