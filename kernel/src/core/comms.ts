import type { KernelHost, Parent } from './messages.js';

interface CommOptions {
  readonly metadata?: object;
  readonly buffers?: readonly Uint8Array[];
}

/** One channel to the front end, as user code holds it. */
export class Comm {
  onMessage: ((data: unknown, buffers: readonly Uint8Array[]) => void) | undefined;
  onClose: ((data: unknown) => void) | undefined;
  readonly id: string;
  readonly target: string;
  readonly #send: (type: string, content: object, options: CommOptions) => void;

  constructor(id: string, target: string, send: (type: string, content: object, options: CommOptions) => void) {
    this.id = id;
    this.target = target;
    this.#send = send;
  }

  send(data: unknown, options: CommOptions = {}): void {
    this.#send('comm_msg', { comm_id: this.id, data: data ?? {} }, options);
  }

  close(data: unknown = {}): void {
    this.#send('comm_close', { comm_id: this.id, data }, {});
  }
}

/** Every open channel, and who wants to hear of new ones. */
export class Comms {
  readonly #host: KernelHost;
  readonly #parent: () => Parent;
  readonly #open = new Map<string, Comm>();
  readonly #targets = new Map<string, (comm: Comm, data: unknown, buffers: readonly Uint8Array[]) => void>();
  readonly #newId: () => string;

  constructor(host: KernelHost, parent: () => Parent, newId: () => string) {
    this.#host = host;
    this.#parent = parent;
    this.#newId = newId;
  }

  onOpen(target: string, opened: (comm: Comm, data: unknown, buffers: readonly Uint8Array[]) => void): void {
    this.#targets.set(target, opened);
  }

  open(target: string, data: unknown = {}, options: CommOptions = {}): Comm {
    const comm = this.#make(this.#newId(), target);
    this.#host.publish('comm_open', { comm_id: comm.id, target_name: target, data }, this.#parent(), options);
    return comm;
  }

  info(target?: string): Record<string, { target_name: string }> {
    return Object.fromEntries([...this.#open.values()].filter((comm) => target === undefined || comm.target === target).map((comm) => [comm.id, { target_name: comm.target }]));
  }

  /** The front end opened, used or closed a channel. Errors of handlers are the caller's to report. */
  receive(type: 'comm_open' | 'comm_msg' | 'comm_close', content: { comm_id: string; target_name?: string; data?: unknown }, buffers: readonly Uint8Array[], parent: Parent): void {
    if (type === 'comm_open') {
      const target = this.#targets.get(content.target_name ?? '');
      if (!target) {
        this.#host.publish('comm_close', { comm_id: content.comm_id, data: {} }, parent);
        return;
      }
      target(this.#make(content.comm_id, content.target_name!), content.data, buffers);
      return;
    }
    const comm = this.#open.get(content.comm_id);
    if (!comm) return;
    if (type === 'comm_msg') comm.onMessage?.(content.data, buffers);
    else {
      this.#open.delete(comm.id);
      comm.onClose?.(content.data);
    }
  }

  #make(id: string, target: string): Comm {
    const comm = new Comm(id, target, (type, content, options) => {
      if (type === 'comm_close' && !this.#open.delete(id)) return;
      this.#host.publish(type, content, this.#parent(), options);
    });
    this.#open.set(id, comm);
    return comm;
  }
}
