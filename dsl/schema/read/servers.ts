import type { Place } from '../document/place.ts';
import type { PathItem } from './path-items.ts';

/**
 * The servers of an operation that are not the API's own: the operation's, else its path's (OpenAPI, Server Object).
 * What is served elsewhere, no gateway of ours protects. Base paths never matter: a path is relative to its server,
 * as it is to a gateway's stage or domain mapping.
 */
export function otherServers(root: Place, { parts }: PathItem, operation: Place): Place | undefined {
  const own = [operation, ...parts].map((place) => place.get('servers')).find((place) => place !== undefined);
  const urls = (servers: Place | undefined): string[] =>
    (servers?.items() ?? []).map((server) => String(server.get('url')?.value));
  const known = urls(root.get('servers'));
  return urls(own).every((url) => known.includes(url)) ? undefined : own;
}
