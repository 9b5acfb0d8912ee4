import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import type { TokenReason, DenyReason } from '../../authz/respond/reasons.ts';
import { accessClaims, CLIENT, issuerOf } from './fixture.ts';
import type { SigningKey } from './issuer.ts';

/** A token that must prove nothing, and for which of our reasons. */
export interface HostileToken {
  readonly what: string;
  readonly token: string;
  readonly reason: TokenReason | DenyReason;
}

type Json = Readonly<Record<string, unknown>>;

const base64 = (text: string): string => Buffer.from(text).toString('base64url');
const encoded = (value: unknown): string => base64(JSON.stringify(value));
const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;

/** RS256 over any header and payload, which no library would sign. */
async function signed({ privateKey }: SigningKey, header: string, payload: string): Promise<string> {
  const input = `${header}.${payload}`;
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

/**
 * @param own signs for the pool of the fixture
 * @param theirs an attacker's, or another pool's
 */
export async function hostileTokens(own: SigningKey, theirs: SigningKey): Promise<readonly HostileToken[]> {
  const header = { alg: 'RS256', kid: own.kid };
  const good = accessClaims();
  const valid = await signed(own, encoded(header), encoded(good));
  const [head = '', body = '', signature = ''] = valid.split('.');
  const list: HostileToken[] = [];
  const add = (what: string, token: string, reason: HostileToken['reason']): void =>
    void list.push({ what, token, reason });
  const withHeader = async (
    what: string,
    changes: Json,
    reason: HostileToken['reason'],
    by = own,
  ): Promise<void> => add(what, await signed(by, encoded({ ...header, ...changes }), encoded(good)), reason);
  const withClaims = async (what: string, changes: Json, reason: HostileToken['reason']): Promise<void> =>
    add(what, await signed(own, encoded(header), encoded({ ...good, ...changes })), reason);
  const withText = async (what: string, payload: string, reason: HostileToken['reason']): Promise<void> =>
    add(what, await signed(own, encoded(header), base64(payload)), reason);

  // Algorithms. The public key is what an attacker has as a shared secret.
  for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
    add(`${alg} without a signature`, `${encoded({ ...header, alg })}.${body}.`, 'TOKEN_MALFORMED');
    add(`${alg} with one`, `${encoded({ ...header, alg })}.${body}.${signature}`, 'TOKEN_INVALID');
  }
  const secrets = { PEM: own.publicPem, JWK: JSON.stringify(own.jwk), modulus: own.jwk.n ?? '' };
  for (const [form, secret] of Object.entries(secrets))
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['HS512', 'sha512'],
    ] as const) {
      const input = `${encoded({ ...header, alg })}.${body}`;
      const mac = createHmac(hash, secret).update(input).digest('base64url');
      add(`${alg} keyed with the public key as ${form}`, `${input}.${mac}`, 'TOKEN_INVALID');
    }
  for (const alg of ['RS384', 'RS512', 'PS256', 'ES256', 'EdDSA', 'rs256', 'RS256 ', '', 'HS256'])
    await withHeader(`a good signature called ${alg}`, { alg }, 'TOKEN_INVALID');
  for (const alg of [256, null, ['RS256'], { name: 'RS256' }])
    await withHeader(`an algorithm that is ${JSON.stringify(alg)}`, { alg }, 'TOKEN_MALFORMED');
  await withHeader('no algorithm', { alg: undefined }, 'TOKEN_INVALID');
  add(
    'two algorithms, the last of them none',
    await signed(own, base64(`{"alg":"RS256","kid":"${own.kid}","alg":"none"}`), body),
    'TOKEN_INVALID',
  );

  // Keys.
  const kids = [
    'nobody',
    '__proto__',
    'constructor',
    '../../key-1',
    "' or 1=1 --",
    'key-1\u0000',
    ' key-1',
    'KEY-1',
    'k\u0435y-1',
    'key\u200b-1',
    'ｋey-1',
    'x'.repeat(512),
  ];
  for (const kid of kids)
    await withHeader(`the key id ${JSON.stringify(kid).slice(0, 30)}`, { kid }, 'TOKEN_INVALID');
  await withHeader('a huge key id', { kid: 'k'.repeat(5_000) }, 'TOKEN_INVALID');
  for (const kid of [undefined, '']) await withHeader(`the key id ${String(kid)}`, { kid }, 'TOKEN_INVALID');
  for (const kid of [1, null, ['key-1'], { kid: 'key-1' }])
    await withHeader(`a key id that is ${JSON.stringify(kid)}`, { kid }, 'TOKEN_MALFORMED');
  await withHeader("another's signature", {}, 'TOKEN_INVALID', theirs);
  await withHeader("another's signature under its own key id", { kid: theirs.kid }, 'TOKEN_INVALID', theirs);
  const brought = {
    jku: 'https://attacker.example/keys',
    x5u: 'https://attacker.example/certificate',
    jwk: theirs.jwk,
    x5c: ['MIIB'],
  };
  for (const [member, value] of Object.entries(brought)) {
    await withHeader(`its own key in ${member}`, { [member]: value }, 'TOKEN_INVALID', theirs);
    await withHeader(`${member} under a good signature`, { [member]: value }, 'TOKEN_INVALID');
  }

  // What a header may demand, and what it may be.
  for (const crit of [['exp'], ['b64'], [], 'exp'])
    await withHeader(`crit ${JSON.stringify(crit)}`, { crit }, 'TOKEN_INVALID');
  await withHeader('an unencoded payload', { b64: false }, 'TOKEN_INVALID');
  add(
    'an unencoded payload, signed so',
    await signed(own, encoded({ ...header, b64: false, crit: ['b64'] }), body),
    'TOKEN_INVALID',
  );
  await withHeader('compression', { zip: 'DEF' }, 'TOKEN_INVALID');
  for (const typ of ['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JWE', ['JWT'], 7])
    await withHeader(`the type ${JSON.stringify(typ)}`, { typ }, 'TOKEN_INVALID');
  for (const odd of ['null', '[]', '"RS256"', '7', 'true', '{', '', '{"alg":"RS256"'])
    add(`the header ${odd}`, await signed(own, base64(odd), body), 'TOKEN_MALFORMED');

  // Payloads.
  for (const odd of ['null', '[]', '[{}]', '"x"', '7', '{', '{"iss":', '\ufeff{}', 'not json'])
    await withText(`the payload ${odd}`, odd, 'TOKEN_MALFORMED');
  for (const nested of [4_000, 1_000])
    await withText(
      `arrays nested ${nested} deep alone`,
      '['.repeat(nested) + ']'.repeat(nested),
      'TOKEN_MALFORMED',
    );
  for (const [exp, reason] of [
    [0, 'TOKEN_EXPIRED'],
    [-1, 'TOKEN_EXPIRED'],
    [seconds(-2), 'TOKEN_EXPIRED'],
    [undefined, 'TOKEN_INVALID'],
    [null, 'TOKEN_MALFORMED'],
    ['9999999999', 'TOKEN_MALFORMED'],
    [[9_999_999_999], 'TOKEN_MALFORMED'],
    [1e300, 'TOKEN_MALFORMED'],
    [-1e300, 'TOKEN_MALFORMED'],
    [true, 'TOKEN_MALFORMED'],
  ] as const)
    await withClaims(`exp ${JSON.stringify(exp)}`, { exp }, reason);
  for (const [nbf, reason] of [
    [seconds(60), 'TOKEN_NOT_YET_VALID'],
    [8_640_000_000_000, 'TOKEN_NOT_YET_VALID'],
    [1e300, 'TOKEN_MALFORMED'],
    ['0', 'TOKEN_MALFORMED'],
    [null, 'TOKEN_MALFORMED'],
  ] as const)
    await withClaims(`nbf ${JSON.stringify(nbf)}`, { nbf }, reason);
  for (const iss of [
    issuerOf('us-east-1_Nobody001'),
    `${issuerOf('us-east-1_Acme00001')}/`,
    'https://attacker.example',
    '__proto__',
  ])
    await withClaims(`the issuer ${iss}`, { iss }, 'ISSUER_UNKNOWN');
  for (const iss of [undefined, '', null, [issuerOf('us-east-1_Acme00001')], { a: 1 }, 'x'.repeat(1_025)])
    await withClaims(`the issuer ${inspect(iss).slice(0, 40)}`, { iss }, 'TOKEN_MALFORMED');
  await withClaims('another client', { client_id: 'another' }, 'ISSUER_UNKNOWN');
  for (const clientId of [undefined, null, '', [CLIENT], 7, 'c'.repeat(513)])
    await withClaims(
      `the client ${inspect(clientId).slice(0, 30)}`,
      { client_id: clientId },
      'TOKEN_MALFORMED',
    );
  for (const use of ['id', 'ACCESS', undefined, ['access'], null])
    await withClaims(`the use ${JSON.stringify(use)}`, { token_use: use }, 'TOKEN_WRONG_USE');
  for (const tenant of ['globex', undefined, null, ['acme'], 'ACME', 'acme\u0000', 'acme ', { slug: 'acme' }])
    await withClaims(`the tenant ${JSON.stringify(tenant)}`, { tenant_id: tenant }, 'TENANT_MISMATCH');
  await withText(
    'a tenant in its prototype alone',
    JSON.stringify({ ...good, tenant_id: undefined }).replace('{', '{"__proto__":{"tenant_id":"acme"},'),
    'TENANT_MISMATCH',
  );
  await withText(
    'an attribute in its prototype alone',
    JSON.stringify({ ...good, suspended: undefined }).replace('{', '{"__proto__":{"suspended":false},'),
    'CLAIM_MISSING',
  );
  for (const sub of ['', 'a\u0000b', '\u009f', '\ud800', 's'.repeat(169)])
    await withClaims(`the subject ${JSON.stringify(sub).slice(0, 20)}`, { sub }, 'CLAIM_INVALID');
  for (const sub of [undefined, null])
    await withClaims(
      `the subject ${String(sub)}`,
      { sub },
      sub === null ? 'TOKEN_MALFORMED' : 'CLAIM_MISSING',
    );
  for (const sub of [['a'], { id: 'a' }, 7])
    await withClaims(`the subject ${JSON.stringify(sub)}`, { sub }, 'TOKEN_MALFORMED');
  for (const groups of [
    'LIBRARIAN',
    [['LIBRARIAN']],
    [7],
    [null],
    { 0: 'LIBRARIAN' },
    [''],
    ['a\nb'],
    ['\udfff'],
  ])
    await withClaims(`the groups ${JSON.stringify(groups)}`, { 'cognito:groups': groups }, 'CLAIM_INVALID');
  for (const role of [['ADMIN'], [['ADMIN']], { toString: 'ADMIN' }, 1, true, '\ud800'])
    await withClaims(`the role ${JSON.stringify(role)}`, { role }, 'CLAIM_INVALID');
  await withText(
    'an attribute nested deep',
    JSON.stringify({ ...good, role: '@' }).replace('"@"', '['.repeat(1_500) + ']'.repeat(1_500)),
    'CLAIM_INVALID',
  );
  for (const suspended of ['false', 0, null, [false]])
    await withClaims(
      `suspended ${JSON.stringify(suspended)}`,
      { suspended },
      suspended === null ? 'CLAIM_MISSING' : 'CLAIM_INVALID',
    );

  // Parts of a good token, put together otherwise.
  const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  for (const [what, token] of [
    ['an empty one', ''],
    ['one part', head],
    ['two parts', `${head}.${body}`],
    ['four parts', `${valid}.${signature}`],
    ['five parts', `${head}.${head}.${body}.${body}.${signature}`],
    ['dots alone', '..'],
    ['an empty header', `.${body}.${signature}`],
    ['an empty payload', `${head}..${signature}`],
    ['an empty signature', `${head}.${body}.`],
    ['a dot before', `.${valid}`],
    ['a dot behind', `${valid}.`],
    ['padding', `${head}==.${body}.${signature}`],
    ['padding of the signature', `${valid}==`],
    ['base64 that is not for URLs', `${head}.${body}.${signature.slice(0, -2)}+/`],
    ['a space inside', `${head}. ${body}.${signature}`],
    ['a tab inside', `${head}.\t${body}.${signature}`],
    ['a line break inside', `${head}.${body}\n.${signature}`],
    ['percent escapes', encodeURIComponent(`${head}.${body}.${signature}`).replaceAll('.', '%2E')],
    ['quotes', `"${valid}"`],
    ['a comma behind', `${valid},`],
    ['two in one', `${valid},${valid}`],
    ['two in one, apart', `${valid} ${valid}`],
    ['the scheme twice', `Bearer ${valid}`],
    ['wide characters', valid.replace('.', '．')],
    ['a zero-width space', `${head}\u200b.${body}.${signature}`],
    ['a NUL', `${valid}\u0000`],
    ['JSON as it stands', JSON.stringify(good)],
    ['JWS in its JSON form', JSON.stringify({ protected: head, payload: body, signature })],
    ['too many characters', `${head}.${body}.${'A'.repeat(11_000)}`],
    ['a megabyte', 'A'.repeat(1_048_576)],
    ['header and payload swapped', `${body}.${head}.${signature}`],
  ] as const)
    add(what, token, what === 'header and payload swapped' ? 'TOKEN_INVALID' : 'TOKEN_MALFORMED');
  for (const [what, token] of [
    ['a signature cut short', valid.slice(0, -4)],
    ['a signature one character longer', `${valid}A`],
    ['a changed signature', `${head}.${body}.${flipped}`],
    ['a signature of zeros', `${head}.${body}.${'A'.repeat(342)}`],
    ['a signature of one character', `${head}.${body}.A`],
    ['the header as its signature', `${head}.${body}.${head}`],
    ['a changed payload', `${head}.${encoded({ ...good, role: 'ADMIN' })}.${signature}`],
    ['a payload with a space more', `${head}.${base64(` ${JSON.stringify(good)}`)}.${signature}`],
  ] as const)
    add(what, token, 'TOKEN_INVALID');
  return list;
}
