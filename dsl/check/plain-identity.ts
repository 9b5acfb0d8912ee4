import {
  CLIENT_ID_CLAIMS,
  type FederatedIdentity,
  type Identity,
  type IssuerIdentity,
} from '../tenants/identity.ts';
import { readEntries, readFields, readList, readOneOf, readRecord, readText } from './reading.ts';

/** Characters that print, no space: ids, scopes, names of claims. */
const WORD = /^[\x21-\x7e]{1,512}$/;
/** Claims may be named by addresses, which may hold anything that prints. */
const CLAIM = /^[^\p{Cc}\p{Zl}\p{Zp}]{1,256}$/u;

/**
 * An identity from the JSON that the sandbox handed back. Whether it makes sense is asked elsewhere.
 * @throws {MalformedError}
 */
export const readIdentity = (json: unknown): Identity =>
  readOneOf(readRecord(json, 'identity')['kind'], 'identity.kind', ['federated', 'issuer'] as const) ===
  'issuer'
    ? readIssuer(json)
    : readFederation(json);

function readFederation(json: unknown): FederatedIdentity {
  const plain = readFields(json, 'identity', ['kind', 'issuer', 'clientId', 'scopes']);
  return {
    kind: 'federated',
    issuer: readText(plain.issuer, 'identity.issuer', WORD),
    clientId: readText(plain.clientId, 'identity.clientId', WORD),
    scopes: readList(plain.scopes, 'identity.scopes', (scope, path) => readText(scope, path, WORD)),
  };
}

function readIssuer(json: unknown): IssuerIdentity {
  const plain = readFields(
    json,
    'identity',
    ['kind', 'issuer', 'clients', 'claims'],
    ['clientIdClaim', 'audience', 'jwksUri', 'groupsClaim'],
  );
  const { clientIdClaim, audience, jwksUri, groupsClaim } = plain;
  return {
    kind: 'issuer',
    issuer: readText(plain.issuer, 'identity.issuer', WORD),
    clients: readList(plain.clients, 'identity.clients', (client, path) => readText(client, path, WORD)),
    claims: readEntries(plain.claims, 'identity.claims', (claim, path) => readText(claim, path, CLAIM)),
    ...(clientIdClaim !== undefined && {
      clientIdClaim: readOneOf(clientIdClaim, 'identity.clientIdClaim', CLIENT_ID_CLAIMS),
    }),
    ...(audience !== undefined && { audience: readText(audience, 'identity.audience', WORD) }),
    ...(jwksUri !== undefined && { jwksUri: readText(jwksUri, 'identity.jwksUri', WORD) }),
    ...(groupsClaim !== undefined && { groupsClaim: readText(groupsClaim, 'identity.groupsClaim', CLAIM) }),
  };
}
