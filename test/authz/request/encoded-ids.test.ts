import { expect } from 'chai';
import * as fc from 'fast-check';
import { readHttpEvent } from '../../../authz/request/http.ts';
import type { ReadEvent } from '../../../authz/request/operation.ts';
import { readRestEvent } from '../../../authz/request/rest.ts';
import { resourceIdOf } from '../../../cedar/resource-id.ts';
import { matchRoute } from '../../../cedar/route.ts';
import { httpEvent } from '../http-event.ts';
import { bearer, restEvent } from '../rest-event.ts';
import { siblings } from '../siblings.ts';

const TOKEN = 'aaa.bbb.ccc';

/** One segment of a URL as a client may send it: what matters to some reader, raw, escaped once or twice, or broken. */
const character = fc.constantFrom(...'aBl0-._~!$()*+,;:=@/?#\\ %{}'.split(''), 'ü', '\u0000', '\n', '😀');
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'latest0-.~'.split('')) },
  { weight: 3, arbitrary: character.map((one) => encodeURIComponent(one)) },
  { weight: 1, arbitrary: character.map((one) => encodeURIComponent(encodeURIComponent(one))) },
  { weight: 1, arbitrary: fc.constantFrom('%', '%2', '%ff', '%ED%A0%80', '%6C', '%61', '*', '=') },
);
const segment = fc.oneof(
  fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.constantFrom('latest', '%6Catest', 'lates%74', '..', '%2e%2e', '.', '-', '%2D'),
);

/** What the gateway decided about: the operation and the id. */
const decided = (read: ReadEvent): readonly [string, string] | undefined => {
  if (!read.ok) return undefined;
  const id = resourceIdOf(read.request.pathParameters['id'] ?? '');
  return id.ok ? [read.operation.name, id.id] : undefined;
};
/** What the backend decides about, which gets the segment as it was sent. */
const inBackend = (raw: string): readonly [string, string] | undefined => {
  const match = matchRoute(siblings, 'PUT', `/books/${raw}`);
  const id = resourceIdOf(match?.parameters['id'] ?? '');
  return match && id.ok ? [match.action, id.id] : undefined;
};
const decodedOnce = (raw: string): string | undefined => {
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
};

describe('an id, however it is encoded,', () => {
  it('is the same to a REST gateway and to the backend, or refused by one of them', () => {
    let accepted = 0;
    fc.assert(
      fc.property(segment, (raw) => {
        const headers = [bearer(TOKEN)];
        const atGateway = decided(
          readRestEvent(restEvent({ headers, path: `/books/${raw}`, pathParameters: { id: raw } }), siblings),
        );
        if (!atGateway) return;
        accepted += 1;
        expect(inBackend(raw)).to.deep.equal(atGateway);
      }),
      { numRuns: 500 },
    );
    expect(accepted, 'segments that a gateway accepts').to.be.greaterThan(20);
  });

  it('is the same to an HTTP gateway, which decodes it first, and to the backend, or refused by one of them', () => {
    let accepted = 0;
    fc.assert(
      fc.property(segment, (raw) => {
        const id = decodedOnce(raw);
        if (id === undefined) return;
        const [rawPath = ''] = `/books/${id}`.split('?');
        const headers = { authorization: `Bearer ${TOKEN}` };
        // Parameters as this gateway gives them, and as it would if it cut them off too.
        for (const given of [id, rawPath.slice('/books/'.length)]) {
          const event = httpEvent({ headers, rawPath, pathParameters: { id: given } });
          const atGateway = decided(readHttpEvent(event, siblings));
          const behind = inBackend(raw);
          if (!atGateway || !behind) continue;
          accepted += 1;
          expect(behind).to.deep.equal(atGateway);
        }
      }),
      { numRuns: 500 },
    );
    expect(accepted, 'segments that both accept').to.be.greaterThan(20);
  });
});
