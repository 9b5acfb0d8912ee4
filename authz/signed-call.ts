import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Calls AWS APIs that need one signed request, too little for a client of their own: it is signed as another client's
 * would be.
 * @param service its name in signatures: `execute-api`
 */
export const signedCalls =
  ({ config }: Pick<DynamoDBClient, 'config'>, service: string) =>
  async (method: string, url: URL): Promise<Response> => {
    const signer = await config.signer({
      name: 'sigv4',
      signingName: service,
      signingRegion: await config.region(),
      properties: {},
    });
    const { headers } = await signer.sign({
      protocol: url.protocol,
      hostname: url.hostname,
      method,
      path: url.pathname,
      query: {},
      headers: { host: url.host },
    });
    return fetch(url, { method, headers });
  };
