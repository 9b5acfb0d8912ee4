/** What a client asks, in the one form that all gateways' events are turned into. Nothing in it is verified. */
export interface AuthorizationRequest {
  /** Without its scheme. */
  readonly token: string;
  readonly method: string;
  /** As the API document writes it: `/orders/{id}`. */
  readonly pathTemplate: string;
  /** Raw segments of the path: not decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Only those that the operation's context declares. */
  readonly query: Readonly<Record<string, string>>;
  /** Only those that the operation's context declares, by their declared names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
  readonly host: string;
  /** When the gateway received it, in epoch milliseconds. */
  readonly time: number;
  readonly protocol: 'rest' | 'http' | 'websocket';
}
