import { accessClaims } from '../../fixture.ts';
import { sign, signingKey } from '../../issuer.ts';
import { type Ask, GATEWAY_SECRET, type Service } from '../service.ts';

/** Requests, and what every way to serve them has to answer. */
export const TABLE: readonly {
  readonly what: string;
  readonly line: string;
  readonly ask?: (service: Service) => Ask | Promise<Ask>;
  readonly policies?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly body?: unknown;
  readonly reason?: string;
  readonly ran?: string;
}[] = [
  {
    what: 'an allow',
    line: 'GET /books/1',
    status: 200,
    body: { status: 'FREE', pages: 300 },
    ran: 'readBook',
  },
  {
    what: 'an allow without a resource',
    line: 'GET /books',
    status: 200,
    body: ['1', '2', 'incomplete'],
    ran: 'listBooks',
  },
  {
    what: 'an answer without a body',
    line: 'PUT /books/1',
    ask: () => ({ body: { pages: 1 } }),
    status: 204,
    ran: 'putBook',
  },
  { what: 'an id decoded once', line: 'GET /books/%31', status: 200, ran: 'readBook' },
  {
    what: 'a resource named in the body',
    line: 'POST /loans',
    ask: () => ({ body: { book: '1' } }),
    status: 201,
    ran: 'lendBook',
  },
  {
    what: 'a body that names none',
    line: 'POST /loans',
    ask: () => ({ body: { book: 7 } }),
    status: 403,
    reason: 'RESOURCE_ID_REFUSED',
  },
  { what: 'no body', line: 'POST /loans', status: 403, reason: 'RESOURCE_ID_REFUSED' },
  { what: 'a deny', line: 'GET /books/1', policies: {}, status: 403, reason: 'POLICY_DENIES' },
  {
    what: 'a policy that errs',
    line: 'GET /stacks',
    policies: { office: 'permit(principal, action, resource) when { context.address.isLoopback() };' },
    status: 403,
    reason: 'POLICY_ERROR',
  },
  {
    what: 'an address that only a client told',
    line: 'GET /stacks',
    ask: () => ({ headers: { 'x-source-ip': '127.0.0.1', 'x-gateway-secret': 'guessed' } }),
    policies: { office: 'permit(principal, action, resource) when { context.address.isLoopback() };' },
    status: 403,
    reason: 'POLICY_ERROR',
  },
  {
    what: 'an address that the gateway told',
    line: 'GET /stacks',
    ask: () => ({ headers: { 'x-source-ip': '127.0.0.1', 'x-gateway-secret': GATEWAY_SECRET } }),
    policies: { office: 'permit(principal, action, resource) when { context.address.isLoopback() };' },
    status: 200,
    ran: 'enterStacks',
  },
  {
    what: 'a declared header given twice',
    line: 'PUT /books/1',
    ask: () => ({ body: { pages: 1 }, headers: { 'x-reason': ['a', 'b'] } }),
    status: 403,
    reason: 'INPUT_AMBIGUOUS',
  },
  { what: "another tenant's row", line: 'GET /books/3', status: 403, reason: 'RESOURCE_NOT_VISIBLE' },
  { what: 'no row', line: 'GET /books/none', status: 403, reason: 'RESOURCE_NOT_VISIBLE' },
  {
    what: 'a row that lacks an attribute',
    line: 'GET /books/incomplete',
    status: 403,
    reason: 'RESOURCE_INCOMPLETE',
  },
  {
    what: 'another type of principal',
    line: 'DELETE /books/1',
    status: 403,
    reason: 'PRINCIPAL_TYPE_REFUSED',
  },
  {
    what: 'no token',
    line: 'GET /books/1',
    ask: () => ({ claims: null }),
    status: 401,
    reason: 'TOKEN_MISSING',
  },
  {
    what: 'forwarded identity in the place of a token',
    line: 'GET /books/1',
    ask: () => ({ claims: null, headers: { 'x-tenant-id': 'acme', 'x-principal-id': 'acme|alice' } }),
    status: 401,
    reason: 'TOKEN_MISSING',
  },
  {
    what: 'two tokens',
    line: 'GET /books/1',
    ask: async ({ key }) => {
      const bearer = `Bearer ${await sign(key, accessClaims())}`;
      return { claims: null, headers: { authorization: [bearer, bearer] } };
    },
    status: 401,
    reason: 'TOKEN_MALFORMED',
  },
  {
    what: "somebody else's signature",
    line: 'GET /books/1',
    ask: async () => ({ token: await sign(await signingKey('key-1', 'somebody else'), accessClaims()) }),
    status: 401,
    reason: 'TOKEN_INVALID',
  },
  {
    what: 'an expired token',
    line: 'GET /books/1',
    ask: () => ({ claims: { exp: 1 } }),
    status: 401,
    reason: 'TOKEN_EXPIRED',
  },
  {
    what: 'an expired token that a gateway still remembers as good',
    line: 'GET /books/1',
    ask: () => ({
      claims: { exp: 1 },
      headers: {
        'x-gateway-secret': GATEWAY_SECRET,
        'x-tenant-id': 'acme',
        'x-principal-id': 'acme|alice',
        'x-decision-id': 'd-1',
      },
    }),
    status: 401,
    reason: 'TOKEN_EXPIRED',
  },
  {
    what: "another tenant's token",
    line: 'GET /books/1',
    ask: () => ({ claims: { tenant_id: 'globex' } }),
    status: 403,
    reason: 'TENANT_MISMATCH',
  },
  { what: 'HEAD', line: 'HEAD /books/1', status: 403, reason: 'ROUTE_UNKNOWN' },
  { what: 'OPTIONS', line: 'OPTIONS /books/1', status: 403, reason: 'ROUTE_UNKNOWN' },
  { what: 'a slash at the end', line: 'GET /books/1/', status: 403, reason: 'ROUTE_UNKNOWN' },
  { what: 'capitals', line: 'GET /BOOKS/1', status: 403, reason: 'ROUTE_UNKNOWN' },
  { what: 'an empty segment', line: 'GET /books//1', status: 403, reason: 'ROUTE_UNKNOWN' },
  { what: 'dot segments', line: 'GET /books/x/../1', status: 403, reason: 'ROUTE_UNKNOWN' },
  { what: 'a route that is none', line: 'GET /nowhere', status: 403, reason: 'ROUTE_UNKNOWN' },
  { what: 'an encoded slash', line: 'GET /books/1%2F..%2F3', status: 403, reason: 'RESOURCE_ID_REFUSED' },
  { what: 'encoded dots', line: 'GET /books/%2e%2e', status: 403, reason: 'RESOURCE_ID_REFUSED' },
  { what: 'a double encoding', line: 'GET /books/%2531', status: 403, reason: 'RESOURCE_NOT_VISIBLE' },
  {
    what: "another operation's path, encoded",
    line: 'GET /books/%72ecent',
    status: 403,
    reason: 'PATH_REFUSED',
  },
  {
    what: 'a public route',
    line: 'GET /pages/hours',
    ask: () => ({ claims: null }),
    status: 200,
    body: { open: true },
  },
  {
    what: 'a protected route beside it',
    line: 'GET /pages/drafts',
    ask: () => ({ claims: null }),
    status: 401,
    reason: 'TOKEN_MISSING',
  },
  {
    what: 'the same, encoded',
    line: 'GET /pages/draft%73',
    ask: () => ({ claims: null }),
    status: 401,
    reason: 'TOKEN_MISSING',
  },
  {
    what: 'questions of a user interface',
    line: 'POST /permissions',
    ask: () => ({
      body: {
        questions: ['1', '3'].map((id) => ({ action: 'ShowLendButton', resource: { type: 'Book', id } })),
      },
    }),
    status: 200,
    body: { answers: [true, false] },
  },
];
