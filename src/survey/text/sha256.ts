/** The little of Node's crypto that is used: it hashes in place, Web Crypto first copies the bytes. */
interface NodeCrypto {
  createHash(algorithm: 'sha256'): { update(bytes: Uint8Array): { digest(encoding: 'hex'): string } };
}

/** Where crypto is looked for: the global object of Node or of a browser. */
export interface CryptoHost {
  readonly crypto?: Pick<Crypto, 'subtle'>;
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

/** Lower-case hex SHA-256 of bytes, or undefined where the platform has no crypto (an insecure page). */
export async function sha256(bytes: Uint8Array, host: CryptoHost = globalThis as CryptoHost): Promise<string | undefined> {
  const node = host.process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;
  if (node) return node.createHash('sha256').update(bytes).digest('hex');
  const subtle = host.crypto?.subtle;
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
