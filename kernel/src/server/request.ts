import type { Parent } from '../core/messages.js';
import type { ToWire } from './threadMessages.js';

/** A request that outputs belong to. */
export interface Request extends Parent {
  readonly headerJson: string;
  readonly identities: readonly Uint8Array[];
  readonly allowStdin: boolean;
  /** A silent request broadcasts nothing. */
  readonly silent: boolean;
}

/** Where answers go. */
export interface AnswerSink {
  publish(type: string, content: object, parent: Parent): void;
  post(message: ToWire): void;
}
