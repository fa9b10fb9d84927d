import type { Message } from './message';

/**
 * How a message leaves. `send` resolves when the message is safe with who takes it on, and rejects with NotSent. A message may be sent again with the same id where
 * nobody knows whether it left.
 */
export interface Transport {
  /** In words for an operator, without secrets. */
  readonly name: string;
  send(message: Message): Promise<void>;
  close(): Promise<void>;
}

/**
 * `unreachable`: nothing can be sent at the moment, whatever it is. `temporary`: this message was put off. `permanent`: this message will never be taken, so it is
 * not tried again.
 */
export type Failure = 'unreachable' | 'temporary' | 'permanent';

export class NotSent extends Error {
  constructor(
    readonly failure: Failure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'NotSent';
  }
}

/** `<id@domain of the sender>` (RFC 5322 §3.6.4). */
export const messageId = ({ id, from }: Message): string => `<${id}@${from.split('@').at(-1)}>`;
