/** A WebSocket that was opened, with the token that opened it: every message is judged by that token again. */
export interface SocketSession {
  readonly connectionId: string;
  readonly token: string;
}

/**
 * The open sockets of a service. One with several processes needs a store that they share, because a gateway sends a
 * socket's messages to any of them, and that keeps tokens as the secrets that they are.
 */
export interface SocketSessions {
  /** Whether other processes open sockets too: then they are looked at even while this one has opened none. */
  readonly shared: boolean;
  open(session: SocketSession): Promise<void>;
  find(connectionId: string): Promise<SocketSession | undefined>;
  end(connectionId: string): Promise<void>;
  all(): Promise<readonly SocketSession[]>;
}

/** Of a service with one process. After a restart every socket is unknown, and closed at its next message. */
export function sessionsInMemory(): SocketSessions {
  const sessions = new Map<string, SocketSession>();
  return {
    shared: false,
    async open(session) {
      sessions.set(session.connectionId, session);
    },
    find: async (connectionId) => sessions.get(connectionId),
    async end(connectionId) {
      sessions.delete(connectionId);
    },
    all: async () => [...sessions.values()],
  };
}
