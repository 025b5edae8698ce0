import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** Version of the Jupyter messaging protocol that we speak. */
export const PROTOCOL_VERSION = '5.5';

const DELIMITER = Buffer.from('<IDS|MSG>');

export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

export interface ReceivedMessage {
  readonly identities: readonly Buffer[];
  readonly header: MessageHeader;
  readonly headerJson: string;
  readonly parentHeader: object;
  readonly metadata: object;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Buffer[];
}

/** What a message carries; JSON is made by whoever knows the value. */
export interface OutgoingMessage {
  readonly type: string;
  readonly parentHeaderJson: string;
  readonly contentJson: string;
  readonly metadataJson?: string;
  readonly buffers?: readonly Uint8Array[];
}

/** Signatures that are remembered, so that a message that was recorded and sent again is not obeyed twice. */
const MOST_SIGNATURES = 65_536;

/** Signs and checks messages, as the connection file's key asks. */
export class Session {
  readonly id: string = randomUUID();
  readonly #key: string;
  readonly #algorithm: string;
  /** Of messages that came, oldest first. */
  readonly #seen = new Set<string>();
  #sent = 0;

  /** @param scheme as in the connection file: `hmac-sha256` */
  constructor(key: string, scheme: string) {
    this.#key = key;
    this.#algorithm = scheme.replace(/^hmac-/, '') || 'sha256';
  }

  encode(message: OutgoingMessage): Buffer[] {
    const header = JSON.stringify({ msg_id: `${this.id}_${++this.#sent}`, msg_type: message.type, session: this.id, username: 'kernel', date: new Date().toISOString(), version: PROTOCOL_VERSION });
    const parts = [header, message.parentHeaderJson, message.metadataJson ?? '{}', message.contentJson].map((part) => Buffer.from(part));
    return [DELIMITER, Buffer.from(this.#sign(parts)), ...parts, ...(message.buffers ?? []).map((buffer) => Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength))];
  }

  /** @throws Error that says why the message is not one of ours */
  decode(parts: readonly Buffer[]): ReceivedMessage {
    const at = parts.findIndex((part) => part.equals(DELIMITER));
    if (at < 0) throw new Error('no delimiter');
    const [signature, ...rest] = parts.slice(at + 1);
    if (rest.length < 4) throw new Error('too few parts');
    const signed = rest.slice(0, 4);
    if (this.#key !== '') {
      const expected = Buffer.from(this.#sign(signed));
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) throw new Error('wrong signature');
      this.#once(signature.toString('latin1'));
    }
    const [header, parentHeader, metadata, content] = signed.map((part) => JSON.parse(part.toString('utf8')) as unknown);
    for (const part of [header, parentHeader, metadata, content]) if (typeof part !== 'object' || part === null || Array.isArray(part)) throw new Error('a part is not an object');
    const { msg_type: type, msg_id: id } = header as Partial<MessageHeader>;
    if (typeof type !== 'string' || typeof id !== 'string') throw new Error('header without msg_type or msg_id');
    return { identities: parts.slice(0, at), header: header as MessageHeader, headerJson: signed[0].toString('utf8'), parentHeader: parentHeader as object, metadata: metadata as object, content: content as Record<string, unknown>, buffers: rest.slice(4) };
  }

  /** @throws Error for a signature that came before */
  #once(signature: string): void {
    if (this.#seen.has(signature)) throw new Error('the same message again');
    this.#seen.add(signature);
    if (this.#seen.size > MOST_SIGNATURES) this.#seen.delete(this.#seen.values().next().value!);
  }

  #sign(parts: readonly Buffer[]): string {
    if (this.#key === '') return '';
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }
}
