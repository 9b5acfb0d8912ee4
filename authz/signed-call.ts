import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * Calls AWS APIs that need one signed request, too little for a client of their own: it is signed as another client's
 * would be.
 * @param service its name in signatures: `execute-api`
 * @param settings of the client, whose region and credentials are taken
 */
export function signedCalls(
  service: string,
  settings: DynamoDBClientConfig = {},
): (method: string, url: URL) => Promise<Response> {
  // One of its own: a client goes on signing for the service that it signed for first.
  const { config } = new DynamoDBClient(settings);
  return async (method, url) => {
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
}
