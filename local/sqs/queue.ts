import { randomUUID } from 'node:crypto';

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  receiptHandle: string;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Epoch milliseconds from which it can be received. */
  visibleAt: number;
}

export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  settings: QueueSettings;
  send(body: string, delaySeconds: number): Message;
  /** Takes up to `max` visible messages, and hides them. */
  receive(max: number, visibilityTimeoutSeconds?: number): Message[];
  /** A handle of an earlier receipt deletes nothing. */
  delete(receiptHandle: string): void;
  purge(): void;
  /** Messages that can be received, and those that somebody works on or that are delayed. */
  counts(): { readonly visible: number; readonly hidden: number };
  /** Resolves once a message can be received, or the signal fires. */
  available(signal: AbortSignal): Promise<void>;
}

/** A standard queue in memory. */
export function createQueue(name: string, arn: string, initial: QueueSettings): Queue {
  const messages = new Map<string, Message>();
  const waiting = new Set<() => void>();
  const isVisible = ({ visibleAt }: Message): boolean => visibleAt <= Date.now();
  const queue: Queue = {
    name,
    arn,
    settings: initial,
    send(body, delaySeconds) {
      const now = Date.now();
      const message: Message = {
        id: randomUUID(),
        body,
        sentAt: now,
        receiptHandle: randomUUID(),
        receiveCount: 0,
        visibleAt: now + delaySeconds * 1000,
      };
      messages.set(message.id, message);
      for (const wake of waiting) wake();
      return message;
    },
    receive(max, visibilityTimeoutSeconds = queue.settings.visibilityTimeoutSeconds) {
      const now = Date.now();
      return [...messages.values()]
        .filter(isVisible)
        .slice(0, max)
        .map((message) => {
          message.receiptHandle = randomUUID();
          message.receiveCount++;
          message.firstReceivedAt ??= now;
          message.visibleAt = now + visibilityTimeoutSeconds * 1000;
          return { ...message };
        });
    },
    delete(receiptHandle) {
      const found = [...messages.values()].find((message) => message.receiptHandle === receiptHandle);
      if (found) messages.delete(found.id);
    },
    purge: () => messages.clear(),
    counts() {
      const visible = [...messages.values()].filter(isVisible).length;
      return { visible, hidden: messages.size - visible };
    },
    async available(signal) {
      while (!signal.aborted && ![...messages.values()].some(isVisible)) {
        await changed(waiting, signal, nextVisible(messages));
      }
    },
  };
  return queue;
}

function nextVisible(messages: ReadonlyMap<string, Message>): number | undefined {
  const times = [...messages.values()].map(({ visibleAt }) => visibleAt);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** Until something is sent, a hidden message shows itself again, or the signal fires. */
function changed(waiting: Set<() => void>, signal: AbortSignal, at: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    // Timers end at 2^31 ms; a longer wait is only checked more often.
    const delay = at === undefined ? undefined : Math.min(Math.max(at - Date.now(), 1), 2 ** 31 - 1);
    const wake = (): void => {
      clearTimeout(timer);
      waiting.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = delay === undefined ? undefined : setTimeout(wake, delay);
    // Waiting for a message keeps no process alive.
    timer?.unref();
    waiting.add(wake);
    signal.addEventListener('abort', wake);
  });
}
