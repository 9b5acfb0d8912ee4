/** Where a WebSocket API's integrations reach a backend. No path of an API document begins so. */
export const SOCKET_PATHS = {
  connect: '/.cedarwright/sockets/connect',
  message: '/.cedarwright/sockets/message',
  disconnect: '/.cedarwright/sockets/disconnect',
} as const;

/** How a browser's Sec-WebSocket-Protocol header comes through the gateway, which keeps the real one to itself. */
export const PROTOCOL_HEADER = 'x-websocket-protocol';
export const CONNECTION_HEADER = 'x-connection-id';
