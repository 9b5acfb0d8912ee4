import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Policy } from '../../cedar/ast.ts';
import { enforced } from '../../cedar/engine.ts';
import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import { ENDPOINT_TYPE, UNKNOWN_RESOURCE_ID } from '../../cedar/model.ts';
import { projectPolicy } from '../../cedar/project.ts';
import type { AuthorizationRequest, EntityData } from '../../cedar/request.ts';
import { certainPart, isStable } from '../../cedar/token-facts.ts';
import { validPolicy } from './arbitrary-policy.ts';
import { anyRequest, gatewayView } from './arbitrary-request.ts';
import { asking, numbered } from './ask.ts';
import { attribute, entity, equal, lib, literal, MODEL, policy, variable, when } from './fixture.ts';

const facts = gatewayFacts(MODEL);

/** What is known of a request before it is made. */
function tokenView(request: AuthorizationRequest): AuthorizationRequest {
  if (request.resource.type === `Lib::${ENDPOINT_TYPE}`) return { ...request, context: {} };
  const resource = { ...request.resource, id: UNKNOWN_RESOURCE_ID };
  const isResource = ({ uid }: EntityData): boolean =>
    uid.type === request.resource.type && uid.id === request.resource.id;
  const entities = request.entities.map((one) =>
    isResource(one) ? { uid: resource, attrs: {}, parents: [] } : one,
  );
  return { ...request, resource, context: {}, entities };
}

describe('permissions granted in advance', () => {
  it('allow nothing that the gateway would not, and all that it would where policies are stable', () => {
    fc.assert(
      fc.property(
        fc.array(validPolicy, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.array(anyRequest, { minLength: 12, maxLength: 12 }),
        (given, open, requests) => {
          const all = numbered(open ? [policy(), ...given] : given);
          const projected = all.flatMap((one) => projectPolicy(one, facts) ?? []);
          const certain = projected.flatMap((one): Policy[] => {
            const part = certainPart(one, facts);
            return part ? [part] : [];
          });
          const gateway = asking('gateway', projected);
          const advance = asking('advance', certain);
          const stable = projected.every((one) => isStable(one, facts));
          for (const request of requests.map(gatewayView)) {
            const now = enforced(gateway(request));
            const before = enforced(advance(tokenView(request)));
            if (stable) expect(before).to.equal(now);
            else if (before === 'allow') expect(now).to.equal('allow');
          }
        },
      ),
      { numRuns: 140 },
    );
  });

  it('are those of the principal and the action alone', () => {
    const get = { action: { kind: '==', action: lib('Action', 'GET /docs/{id}') } } as const;
    const status = { action: { kind: '==', action: lib('Action', 'GET /status') } } as const;
    const editors = [when(equal(attribute('principal', 'role'), literal('EDITOR')))];
    const member = { principal: { kind: 'is', type: 'Lib::Member' } } as const;
    expect(isStable(policy({ ...get, ...member, clauses: editors }), facts)).to.equal(true);
    const one = [when(equal(variable('resource'), entity('Doc', '1')))];
    expect(isStable(policy({ ...get, clauses: one }), facts)).to.equal(false);
    const endpoint = [when(equal(attribute('resource', 'path'), literal('/status')))];
    expect(isStable(policy({ ...status, clauses: endpoint }), facts)).to.equal(true);
    const zone = [when(equal(attribute('context', 'zone'), literal('a')))];
    expect(isStable(policy({ ...status, clauses: zone }), facts)).to.equal(false);
  });
});
