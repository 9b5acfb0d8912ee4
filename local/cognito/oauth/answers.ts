import type { HttpAnswer } from '../../endpoint.ts';
import type { SignInRequest } from './grants.ts';

/** What the token endpoint answers when it gives no tokens (RFC 6749, section 5.2). */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message?: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const json = (status: number, body: object): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/** For a person: there is nowhere that the browser could be sent back to. */
export const page = (status: number, text: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: `${text}\n`,
});

export const redirect = (
  url: string,
  parameters: Readonly<Record<string, string | undefined>>,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => {
  const target = new URL(url);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) target.searchParams.set(name, value);
  return {
    status: 302,
    headers: { location: target.href, 'cache-control': 'no-store', ...headers },
    body: '',
  };
};

/** Back to the application, which learns no more than it needs (RFC 6749, section 4.1.2.1). */
export const failed = (
  { redirectUri, state }: Pick<SignInRequest, 'redirectUri' | 'state'>,
  error: string,
  description: string,
): HttpAnswer => redirect(redirectUri, { error, error_description: description, state });
