import type { Socket } from 'node:net';
import { decodeProperties, encodeCommand, encodeMessage, encodeProperties, FrameReader, greeting, GREETING_LENGTH, greetingProblem } from './frames.js';

export interface PeerEvents {
  ready(peer: Peer): void;
  message(peer: Peer, parts: Buffer[]): void;
  closed(peer: Peer): void;
  /** A peer that does not speak the protocol; it is disconnected. */
  problem(text: string): void;
}

const SOCKET_TYPE = 'Socket-Type';

/** A peer that reads nothing may leave this many bytes waiting before its published messages are dropped. */
export const MOST_WAITING_BYTES: number = 1_000_000_000;

/** One connection: greeting, READY, then messages of several parts. */
export class Peer {
  identity: string = '';
  readonly subscriptions: Map<string, number> = new Map();
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  readonly #events: PeerEvents;
  readonly #type: string;
  #state: 'greeting' | 'handshake' | 'open' = 'greeting';
  #parts: Buffer[] = [];

  constructor(socket: Socket, type: string, events: PeerEvents) {
    this.#socket = socket;
    this.#type = type;
    this.#events = events;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => events.closed(this));
    socket.write(greeting());
  }

  get isOpen(): boolean {
    return this.#state === 'open' && !this.#socket.destroyed;
  }

  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  send(parts: readonly Uint8Array[]): void {
    if (this.isOpen) this.#socket.write(encodeMessage(parts));
  }

  /** The same bytes for many peers. */
  sendEncoded(bytes: Buffer): void {
    if (this.isOpen) this.#socket.write(bytes);
  }

  /** Sends what waits, then hangs up. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) return resolve();
      this.#socket.once('close', () => resolve());
      this.#socket.end();
      setTimeout(() => this.#socket.destroy(), 200).unref();
    });
  }

  #receive(chunk: Buffer): void {
    try {
      this.#reader.push(chunk);
      if (this.#state === 'greeting') {
        const bytes = this.#reader.take(GREETING_LENGTH);
        if (!bytes) return;
        const problem = greetingProblem(bytes);
        if (problem) throw new Error(problem);
        this.#state = 'handshake';
        this.#socket.write(encodeCommand('READY', encodeProperties({ [SOCKET_TYPE]: Buffer.from(this.#type), Identity: Buffer.alloc(0) })));
      }
      for (let frame = this.#reader.next(); frame; frame = this.#reader.next()) {
        if (frame.command) this.#command(frame.body);
        else if (this.#state !== 'open') throw new Error('message before READY');
        else {
          this.#parts.push(frame.body);
          if (frame.more) continue;
          const parts = this.#parts;
          this.#parts = [];
          this.#events.message(this, parts);
        }
      }
    } catch (error) {
      this.#events.problem((error as Error).message);
      this.#socket.destroy();
    }
  }

  #command(body: Buffer): void {
    const nameEnd = 1 + body[0];
    const name = body.subarray(1, nameEnd).toString('latin1');
    const rest = body.subarray(nameEnd);
    if (name === 'READY') {
      this.identity = decodeProperties(rest).get('identity')?.toString('latin1') ?? '';
      this.#state = 'open';
      this.#events.ready(this);
    } else if (name === 'PING') this.#socket.write(encodeCommand('PONG', rest.subarray(2)));
    else if (name === 'SUBSCRIBE') this.#events.message(this, [Buffer.concat([Buffer.from([1]), rest])]);
    else if (name === 'CANCEL') this.#events.message(this, [Buffer.concat([Buffer.from([0]), rest])]);
    else if (name === 'ERROR') throw new Error(`peer refused: ${rest.subarray(1).toString('latin1')}`);
  }
}
