import { createServer, type Server } from 'node:net';
import { bindTo, type Endpoint } from './endpoint.js';
import { encodeMessage } from './frames.js';
import { MOST_WAITING_BYTES, Peer } from './peer.js';

export type Complain = (text: string) => void;

/** What all bound sockets share: a server and its peers. */
abstract class BoundSocket {
  protected readonly peers: Set<Peer> = new Set();
  readonly #server: Server;

  protected constructor(type: string, complain: Complain) {
    this.#server = createServer((socket) => {
      const peer = new Peer(socket, type, {
        ready: (ready) => {
          this.peers.add(ready);
          this.joined(ready);
        },
        message: (sender, parts) => this.received(sender, parts),
        closed: (gone) => {
          this.peers.delete(gone);
          this.left(gone);
        },
        problem: (text) => complain(`${type}: ${text}`)
      });
      void peer;
    });
  }

  bind(endpoint: Endpoint): Promise<void> {
    return bindTo(this.#server, endpoint);
  }

  async close(): Promise<void> {
    this.#server.close();
    await Promise.all([...this.peers].map((peer) => peer.end()));
  }

  protected joined(_peer: Peer): void {}
  protected left(_peer: Peer): void {}
  protected abstract received(peer: Peer, parts: Buffer[]): void;
}

/** ROUTER: messages come with their sender and go back to it by identity. */
export class RouterSocket extends BoundSocket {
  readonly #byIdentity = new Map<string, Peer>();
  readonly #onMessage: (identity: string, parts: Buffer[]) => void;
  #unnamed = 0;

  constructor(onMessage: (identity: string, parts: Buffer[]) => void, complain: Complain) {
    super('ROUTER', complain);
    this.#onMessage = onMessage;
  }

  send(identity: string, parts: readonly Uint8Array[]): void {
    this.#byIdentity.get(identity)?.send(parts);
  }

  protected override joined(peer: Peer): void {
    if (peer.identity === '') peer.identity = `\0${this.#unnamed++}`;
    this.#byIdentity.set(peer.identity, peer);
  }

  protected override left(peer: Peer): void {
    if (this.#byIdentity.get(peer.identity) === peer) this.#byIdentity.delete(peer.identity);
  }

  protected override received(peer: Peer, parts: Buffer[]): void {
    this.#onMessage(peer.identity, parts);
  }
}

/** PUB with subscriptions by prefix of the first part (XPUB: the owner hears of new ones). */
export class PublisherSocket extends BoundSocket {
  readonly #onSubscribe: (topic: Buffer, send: (parts: readonly Uint8Array[]) => void) => void;

  constructor(onSubscribe: (topic: Buffer, send: (parts: readonly Uint8Array[]) => void) => void, complain: Complain) {
    super('XPUB', complain);
    this.#onSubscribe = onSubscribe;
  }

  send(parts: readonly Uint8Array[]): void {
    const topic = Buffer.from(parts[0]).toString('latin1');
    let encoded: Buffer | undefined;
    for (const peer of this.peers) {
      if (peer.waitingBytes > MOST_WAITING_BYTES) continue;
      for (const prefix of peer.subscriptions.keys()) {
        if (!topic.startsWith(prefix)) continue;
        peer.sendEncoded((encoded ??= encodeMessage(parts)));
        break;
      }
    }
  }

  protected override received(peer: Peer, parts: Buffer[]): void {
    const [first] = parts;
    if (parts.length !== 1 || first.length === 0 || first[0] > 1) return;
    const topic = first.subarray(1);
    const key = topic.toString('latin1');
    const count = (peer.subscriptions.get(key) ?? 0) + (first[0] === 1 ? 1 : -1);
    if (count > 0) peer.subscriptions.set(key, count);
    else peer.subscriptions.delete(key);
    if (first[0] === 1) this.#onSubscribe(Buffer.from(topic), (message) => peer.send(message));
  }
}

/** REP that answers with what came: the heartbeat. */
export class EchoSocket extends BoundSocket {
  constructor(complain: Complain) {
    super('REP', complain);
  }

  protected override received(peer: Peer, parts: Buffer[]): void {
    peer.send(parts);
  }
}
