import type { OutgoingMessage, Session } from './session.js';
import { StreamBatch, type StreamName } from './streamBatch.js';
import type { PublisherSocket, RouterSocket } from './zmtp/sockets.js';

export interface Routers {
  readonly shell: RouterSocket;
  readonly control: RouterSocket;
  readonly stdin: RouterSocket;
}

/** A request as far as its answers need it. */
export interface Asked {
  readonly identities: readonly Uint8Array[];
  readonly headerJson: string;
}

/** Everything that leaves the kernel, signed and in order. */
export class Outbox {
  readonly #session: Session;
  readonly #iopub: PublisherSocket;
  readonly #routers: Routers;
  readonly #streams: StreamBatch;

  constructor(session: Session, iopub: PublisherSocket, routers: Routers) {
    this.#session = session;
    this.#iopub = iopub;
    this.#routers = routers;
    this.#streams = new StreamBatch((name, text, parentHeaderJson) => this.#broadcast({ type: 'stream', parentHeaderJson, contentJson: JSON.stringify({ name, text }) }, `stream.${name}`));
  }

  stream(name: StreamName, text: string, parentHeaderJson: string): void {
    this.#streams.add(name, text, parentHeaderJson);
  }

  publish(message: OutgoingMessage): void {
    this.#streams.flush();
    this.#broadcast(message, `kernel.${this.#session.id}.${message.type}`);
  }

  status(state: 'starting' | 'busy' | 'idle', parentHeaderJson: string): void {
    this.publish({ type: 'status', parentHeaderJson, contentJson: JSON.stringify({ execution_state: state }) });
  }

  /** To one client, behind the text that was printed before it. */
  reply(channel: keyof Routers, identities: readonly Uint8Array[], message: OutgoingMessage): void {
    this.#streams.flush();
    const [first, ...rest] = identities;
    this.#routers[channel].send(Buffer.from(first).toString('latin1'), [...rest, ...this.#session.encode(message)]);
  }

  /** A whole answer that needs no work: busy, reply, idle. */
  answer(channel: 'shell' | 'control', { identities, headerJson }: Asked, type: string, contentJson: string): void {
    this.status('busy', headerJson);
    this.reply(channel, identities, { type, parentHeaderJson: headerJson, contentJson });
    this.status('idle', headerJson);
  }

  #broadcast(message: OutgoingMessage, topic: string): void {
    this.#iopub.send([Buffer.from(topic), ...this.#session.encode(message)]);
  }
}
