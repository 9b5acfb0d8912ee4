import {
  Agent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Passing } from './request-parameter.ts';
import { headerPairs, type Pairs } from './request.ts';
import type { Integration } from './rest-api.ts';

/** REST integrations: 29 s at most (API Gateway quotas). */
const TIMEOUT_MS = 29_000;
/** Below the 5 s after which Node's servers close an idle connection, perhaps just as it is used again. */
const IDLE_MS = 2000;
const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });

/** Between two hops only (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer']);
/** Written anew by the gateway. */
const OWN = ['host', 'content-length', 'expect'];

class IntegrationTimeout extends Error {}

/** Why there is no answer of an integration. */
export type Unanswered = 'unreachable' | 'timed out';

/**
 * Forwards a request to its HTTP_PROXY integration and its answer to the client.
 * @param withheld names of headers of the answer that the gateway itself speaks for
 * @returns undefined when the client has its answer
 */
export async function forward(
  integration: Integration,
  passing: Passing,
  body: Buffer,
  response: ServerResponse,
  withheld: readonly string[] = [],
): Promise<Unanswered | undefined> {
  const answer = await send(integration, passing, body);
  if (typeof answer === 'string') return answer;
  response.writeHead(
    answer.statusCode ?? 502,
    without(new Set([...HOP_BY_HOP, ...withheld]), headerPairs(answer)).flat(),
  );
  // Whichever side breaks off, the other is closed: with half an answer sent, nothing better is left to do.
  await pipeline(answer, response).catch(() => undefined);
  return undefined;
}

/** The integration's answer, of which the body is still to be read. */
export async function send(
  integration: Integration,
  passing: Passing,
  body: Buffer,
): Promise<IncomingMessage | Unanswered> {
  // Host, port and path apart, never as one URL: a URL parser would resolve the dot segments of an id.
  const { hostname, port, host } = new URL(integration.origin);
  const outgoing = httpRequest({
    hostname,
    port,
    method: integration.method,
    path: pathOf(integration, passing),
    headers: [
      ['host', host],
      ['content-length', String(body.length)],
      ...headersOf(integration, passing),
    ].flat(),
    agent,
    timeout: TIMEOUT_MS,
  });
  try {
    return await answerTo(outgoing, body);
  } catch (error) {
    return error instanceof IntegrationTimeout ? 'timed out' : 'unreachable';
  }
}

async function answerTo(outgoing: ClientRequest, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new IntegrationTimeout()));
    outgoing.end(body);
  });
}

/** Path parameters go on as they came, undecoded, so that both sides read the same segments. */
function pathOf({ path, parameters }: Integration, passing: Passing): string {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, wanted: string) => {
    const value = parameters.find(({ place, name }) => place === 'path' && name === wanted)?.valueOf(passing);
    if (value === undefined) throw new Error(`the path parameter ${wanted} has no value`);
    return value;
  });
  const query = new URLSearchParams(
    passing.request.query.map(([name, value]): [string, string] => [name, value]),
  );
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}

/** A mapped header replaces what the client sent under its name, even when it has no value: a forgery must not pass. */
function headersOf({ parameters }: Integration, passing: Passing): Pairs {
  const mapped = parameters.filter(({ place }) => place === 'header');
  const replaced = new Set([...HOP_BY_HOP, ...OWN, ...mapped.map(({ name }) => name)]);
  const set = mapped.flatMap(({ name, valueOf }) => {
    const value = valueOf(passing);
    return value === undefined ? [] : [[name, value] as const];
  });
  return [...without(replaced, passing.request.headers), ...set];
}

const without = (names: ReadonlySet<string>, headers: Pairs): Pairs =>
  headers.filter(([name]) => !names.has(name.toLowerCase()));
