import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { Directory } from './directory.ts';

export interface LoginArgs {
  readonly provider: Provider;
  readonly directory: Directory;
  /** Of everybody. */
  readonly password: string;
}

const MAX_FORM_BYTES = 10_000;

/** The page on which people say who they are. */
export async function login(
  { provider, directory, password }: LoginArgs,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const clientId = String(params['client_id']);
  if (request.method !== 'POST') return show(response, 200, clientId);
  const form = new URLSearchParams(await read(request));
  const person = directory.personOf(clientId, form.get('name') ?? '');
  if (!person || form.get('password') !== password) return show(response, 401, clientId);
  await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
}

function show(response: ServerResponse, status: number, clientId: string): void {
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(
      `<!doctype html><title>Sign in</title><h1>Sign in to ${escaped(clientId)}</h1>` +
        (status === 401 ? '<p role="alert">That is nobody here.</p>' : '') +
        '<form method="post"><p><label>Name <input name="name" autocomplete="username"></label>' +
        '<p><label>Password <input name="password" type="password" autocomplete="current-password"></label>' +
        '<p><button>Sign in</button></form>',
    );
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_FORM_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
