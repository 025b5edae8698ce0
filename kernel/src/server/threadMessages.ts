import type { MessagePort } from 'node:worker_threads';
import type { ConnectionInfo } from './connectionFile.js';
import type { OutgoingMessage } from './session.js';

/** Cells of the shared `Int32Array` through which both threads see each other while one is busy. */
export const Shared = {
  /** Shell messages that the wire thread has handed over. */
  received: 0,
  /** Number of the running request; 0 when idle. */
  running: 1,
  /** Interrupts that the main thread has acted on. */
  interrupted: 2,
  /** Messages for the wire that it has taken. */
  taken: 3,
  /** Replies to waiting questions. */
  answered: 4,
  /** 1 once SIGINT is the watching thread's. */
  watching: 5,
  /** Shell messages that are answered. */
  done: 6,
  /** Number of the attempt to end what the main thread runs; 0 once the end is under way, or given up. */
  terminating: 7,
  /** The attempt that the main thread is ready for. */
  readyToEnd: 8,
  length: 9
} as const;

export interface WireData {
  readonly connection: ConnectionInfo;
  readonly shared: SharedArrayBuffer;
  /** Content of `kernel_info_reply`. */
  readonly infoJson: string;
  /** Brings answers to a main thread that waits. */
  readonly answers: MessagePort;
  /** Tells of SIGINT that synchronous code did not take; absent on Windows. */
  readonly signals?: MessagePort;
}

/** A request for the main thread. */
export interface ShellMessage {
  readonly kind: 'shell';
  /** Its number, counted from 1. */
  readonly sequence: number;
  /** Where its reply goes. Requests on control do not wait for the cells before them. */
  readonly channel: 'shell' | 'control';
  readonly type: string;
  readonly identities: readonly Uint8Array[];
  readonly headerJson: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

export type ToMain =
  | ShellMessage
  | { readonly kind: 'interrupt'; readonly running: number }
  | { readonly kind: 'shutdown'; readonly restart: boolean }
  | { readonly kind: 'answer'; readonly id: number; readonly value: string };

export type ToWire =
  | ({ readonly kind: 'publish' } & OutgoingMessage)
  | { readonly kind: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string; readonly parentHeaderJson: string }
  | ({ readonly kind: 'reply'; readonly channel: 'shell' | 'control'; readonly identities: readonly Uint8Array[] } & OutgoingMessage)
  | { readonly kind: 'ask'; readonly id: number; readonly waits: boolean; readonly identities: readonly Uint8Array[]; readonly parentHeaderJson: string; readonly contentJson: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'shutdown'; readonly identities: readonly Uint8Array[]; readonly parentHeaderJson: string; readonly restart: boolean };
