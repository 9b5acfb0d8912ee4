import { Agent, request } from 'node:http';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly token?: string;
  readonly body?: object;
}

export interface Received {
  readonly status: number;
  readonly body: string;
}

/** Plain node, connections kept: what a client adds of its own should be little and the same everywhere. */
const agent = new Agent({ keepAlive: true });

export const send = ({ method, url, token, body }: Sent): Promise<Received> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    };
    const outgoing = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body && JSON.stringify(body));
  });

/** @throws Error for any other status: the time of an error is nobody's figure */
export async function expectStatus(status: number, sent: Sent): Promise<Received> {
  const received = await send(sent);
  if (received.status === status) return received;
  throw new Error(
    `${sent.method} ${sent.url} was answered ${received.status}, not ${status}: ${received.body}`,
  );
}

export const closeConnections = (): void => agent.destroy();
