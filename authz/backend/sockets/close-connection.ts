import { signedCalls } from '../../signed-call.ts';

/**
 * Closes sockets by `DELETE @connections/<id>` (API Gateway Developer Guide, "Use @connections commands"), as the
 * service's own role.
 * @param connectionsUrl `https://<api>.execute-api.<region>.amazonaws.com/<stage>`
 */
export function connectionCloser(connectionsUrl: string): (connectionId: string) => Promise<void> {
  const call = signedCalls('execute-api');
  return async (connectionId) => {
    const url = new URL(`${connectionsUrl}/@connections/${encodeURIComponent(connectionId)}`);
    const { status } = await call('DELETE', url);
    // 410: it is closed already.
    if (status >= 300 && status !== 410)
      throw new Error(`the gateway answered ${status} to the closing of a socket`);
  };
}
