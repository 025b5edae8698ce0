/** Shapes of the Jupyter messaging protocol 5.5, as far as the core handles them. */

/** What an output belongs to; made by the host, handed back unchanged. */
export type Parent = object;

export interface OutgoingOptions {
  readonly metadata?: object;
  readonly buffers?: readonly Uint8Array[];
  readonly transient?: object;
}

/** The outside world of the core: a ZeroMQ server, a worker in a browser, or a notebook file. */
export interface KernelHost {
  publish(type: string, content: object, parent: Parent, options?: OutgoingOptions): void;
  /** Text of a stream; the host may join neighbouring pieces. */
  stream(name: 'stdout' | 'stderr', text: string, parent: Parent): void;
  /** Asks the person; absent or rejecting where nobody can answer. */
  requestInput?(prompt: string, password: boolean, parent: Parent): Promise<string>;
  /** As above, but the whole kernel waits. */
  requestInputSync?(prompt: string, password: boolean, parent: Parent): string;
}

export interface ExecuteRequest {
  readonly code: string;
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly user_expressions?: Readonly<Record<string, string>>;
  readonly allow_stdin?: boolean;
  readonly stop_on_error?: boolean;
}

export interface ExecuteReplyOk {
  readonly status: 'ok';
  readonly execution_count: number;
  readonly user_expressions: Readonly<Record<string, object>>;
  readonly payload: readonly object[];
}

export interface ExecuteReplyError {
  readonly status: 'error';
  readonly execution_count: number;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
  readonly user_expressions: Readonly<Record<string, object>>;
  readonly payload: readonly object[];
}

export type ExecuteReply = ExecuteReplyOk | ExecuteReplyError;

export interface CompleteReply {
  readonly status: 'ok';
  readonly matches: readonly string[];
  readonly cursor_start: number;
  readonly cursor_end: number;
  readonly metadata: object;
}

export interface InspectReply {
  readonly status: 'ok';
  readonly found: boolean;
  readonly data: Readonly<Record<string, string>>;
  readonly metadata: object;
}

export interface IsCompleteReply {
  readonly status: 'complete' | 'incomplete' | 'invalid' | 'unknown';
  readonly indent?: string;
}
