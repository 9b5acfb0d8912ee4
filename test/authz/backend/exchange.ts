import { request as send } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/**
 * One request, `METHOD /path`, sent as it stands. Not `fetch`, which resolves dot segments, as a client with other
 * intentions would not.
 * @param body JSON unless it is text
 */
export const exchange = (
  port: number,
  line: string,
  headers: Readonly<Record<string, string | string[]>>,
  body: unknown,
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const [method = 'GET', ...path] = line.split(' ');
    const request = send({ port, host: '127.0.0.1', method, path: path.join(' '), headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const json = /json/.test(response.headers['content-type'] ?? '');
        const body: unknown = text === '' || !json ? text || undefined : JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, body });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body));
  });
