import type { Readable } from 'node:stream';

/** What is looked at of a message, of either protocol. Nobody checks it: of anything else no figure would come out. */
export interface Message {
  /** Language Server Protocol. */
  readonly id?: number;
  readonly method?: string;
  readonly error?: { readonly message: string };
  readonly result?: { readonly items?: readonly { readonly label?: string }[] } | null;
  /** tsserver. */
  readonly type?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: { readonly length?: number; readonly entries?: readonly { readonly name: string }[] };
}

/**
 * Calls `take` with each message of a stream in which messages have a header with their length, as LSP has them.
 */
export function readMessages(stream: Readable, take: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n');
      const length = Number(
        /Content-Length: (\d+)/i.exec(buffer.subarray(0, Math.max(head, 0)).toString())?.[1],
      );
      if (head < 0 || buffer.length < head + 4 + length) return;
      const message: Message = JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString('utf8'));
      take(message);
      buffer = buffer.subarray(head + 4 + length);
    }
  });
}

/** A number, of which the answer that belongs to a question has the same. */
export interface Pending<T> {
  ask(send: (id: number) => void): Promise<T>;
  answered(id: number, answer: T): void;
}

export function pending<T>(): Pending<T> {
  const waiting = new Map<number, (answer: T) => void>();
  let last = 0;
  return {
    ask: (send) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        send(last);
      }),
    answered(id, answer) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  };
}
