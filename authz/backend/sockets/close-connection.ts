import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Closes sockets by `DELETE @connections/<id>` (API Gateway Developer Guide, "Use @connections commands"), as the
 * service's own role. The one call that is needed is signed by a client that the service has anyway.
 * @param connectionsUrl `https://<api>.execute-api.<region>.amazonaws.com/<stage>`
 */
export function connectionCloser(connectionsUrl: string): (connectionId: string) => Promise<void> {
  const { config } = new DynamoDBClient({});
  return async (connectionId) => {
    const url = new URL(`${connectionsUrl}/@connections/${encodeURIComponent(connectionId)}`);
    const signer = await config.signer({
      name: 'sigv4',
      signingName: 'execute-api',
      signingRegion: await config.region(),
      properties: {},
    });
    const { headers } = await signer.sign({
      protocol: url.protocol,
      hostname: url.hostname,
      method: 'DELETE',
      path: url.pathname,
      query: {},
      headers: { host: url.host },
    });
    const { status } = await fetch(url, { method: 'DELETE', headers });
    // 410: it is closed already.
    if (status >= 300 && status !== 410)
      throw new Error(`the gateway answered ${status} to the closing of a socket`);
  };
}
