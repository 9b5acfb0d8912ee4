import { expect } from 'chai';
import * as fc from 'fast-check';
import { actionAncestors } from '../../cedar/closure.ts';
import { type SliceKey, entityKey, scopeAncestors, sliceFor } from '../../cedar/slice.ts';
import { anyRequest, type FullRequest } from './arbitrary-request.ts';
import { validPolicy } from './arbitrary-policy.ts';
import { asking, numbered } from './ask.ts';
import { MODEL, lib, policy } from './fixture.ts';

const keyOf = ({ principal, action, resource, entities }: FullRequest): SliceKey => ({
  principalType: principal.type,
  ancestors: new Set((entities[0]?.parents ?? []).map(entityKey)),
  actions: new Set(
    [action.id, ...actionAncestors(MODEL, action.id)].map((id) => entityKey(lib('Action', id))),
  ),
  resourceType: resource.type,
});

describe('sliceFor', () => {
  it('answers as all policies do: decision, determining policies and errors', () => {
    fc.assert(
      fc.property(
        fc.array(validPolicy, { minLength: 1, maxLength: 6 }),
        fc.array(anyRequest, { minLength: 8, maxLength: 8 }),
        (given, requests) => {
          const policies = numbered(given);
          const whole = asking('whole', policies);
          for (const request of requests) {
            const slice = asking('slice', sliceFor(policies, keyOf(request)));
            expect(slice(request)).to.deep.equal(whole(request));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('needs of the ancestors only those that the policies name', () => {
    fc.assert(
      fc.property(fc.array(validPolicy, { minLength: 1, maxLength: 6 }), anyRequest, (policies, request) => {
        const key = keyOf(request);
        const named = scopeAncestors(policies);
        const relevant = new Set([...key.ancestors].filter((ancestor) => named.has(ancestor)));
        expect(sliceFor(policies, { ...key, ancestors: relevant })).to.deep.equal(sliceFor(policies, key));
      }),
      { numRuns: 30 },
    );
  });

  it('leaves out what cannot match', () => {
    const key: SliceKey = {
      principalType: 'Lib::Member',
      ancestors: new Set([entityKey(lib('Group', 'STAFF'))]),
      actions: new Set([entityKey(lib('Action', 'read'))]),
      resourceType: 'Lib::Doc',
    };
    const kept = [
      policy(),
      policy({ principal: { kind: 'in', entity: lib('Group', 'STAFF') } }),
      policy({ principal: { kind: '==', entity: lib('Member', 'anyone') } }),
      policy({ principal: { kind: 'in', entity: lib('Member', 'anyone') } }),
      policy({ principal: { kind: 'in', entity: { slot: 'principal' } } }),
      policy({ action: { kind: 'in', actions: [lib('Action', 'write'), lib('Action', 'read')] } }),
      policy({ resource: { kind: 'in', entity: lib('Folder', 'f1') } }),
    ];
    const left = [
      policy({ principal: { kind: 'in', entity: lib('Group', 'GUESTS') } }),
      policy({ principal: { kind: 'is', type: 'Lib::Robot' } }),
      policy({ principal: { kind: '==', entity: lib('Robot', 'anyone') } }),
      policy({ action: { kind: '==', action: lib('Action', 'write') } }),
      policy({ resource: { kind: 'is', type: 'Lib::Endpoint' } }),
      policy({ resource: { kind: '==', entity: lib('Endpoint', 'GET /status') } }),
    ];
    expect(sliceFor([...kept, ...left], key)).to.deep.equal(kept);
  });
});
