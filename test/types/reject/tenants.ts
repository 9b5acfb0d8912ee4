import { customerApp, extension, federatedWith, guardrails, oidcIssuer, saasTenant, serviceClient, workforceApp } from '../shop.ts';

export const g1 = saasTenant({ slug: 'x', groups: ['A', 'B'], policies: ({ permit }) => [permit().principalInGroup('C')] });
//                                                                                                                 ^^^ TS2345
export const g2 = saasTenant({ slug: 'x', groups: ['A', 'B'], policies: ({ permit }) => [permit().action('POST /order').principalInGroup('PAYEE').id('x')] });
//                                                                                                                                       ^^^^^^^ TS2345
export const g3 = saasTenant({ slug: 'x', policies: ({ permit }) => [permit().principalInGroup('A').id('x')] });
//                                                                                             ^^^ TS2345
export const g4 = saasTenant({ slug: 'x', groups: ['A'], policies: ({ permit }) => [permit().principalIs('User').when(({ principal }) => principal.costCenter.eq('x'))] });
//                                                                                                                                                 ^^^^^^^^^^ TS2339
export const g5 = saasTenant({ slug: 'x', attributes: { User: { costCenter: 'Strng' } }, policies: ({ permit }) => [] });
//                                                              ^^^^^^^^^^ TS2820
export const g6 = saasTenant({ slug: 'x', attributes: { User: { a: 'Long' }, Usr: { b: 'Long' } }, policies: ({ permit }) => [] });
//                                                                           ^^^ TS2322 ["Usr", "is no entity type"]
export const g7 = saasTenant({ slug: 'x', attributes: { User: { department: 'Long' } }, policies: ({ permit }) => [] });
//                                                              ^^^^^^^^^^ TS2322 ["User", "has", "department", "already"]
export const g8 = saasTenant({ slug: 'x', attributes: { User: { level: { type: 'Long', optional: true } } }, policies: ({ permit }) => [permit().principalIs('User').when(({ principal }) => principal.level.gt(1))] });
//                                                                                                                                                                                                           ^^ TS2349 "'level' is optional
const finance = extension({ User: { costCenter: 'String' } });
let foreign!: import('../../../dsl/policy/types.ts').Policy<typeof finance>;
export const g9 = saasTenant({ slug: 'x', policies: () => [foreign] });
//                                                         ^^^^^^^ TS2322
export const g10 = saasTenant({ slug: 'x', attributes: { Order: { costCenter: 'String' } }, policies: ({ permit }) => [permit().id('x'), foreign] });
//                                                                                                                                       ^^^^^^^ TS2322
export const u1 = saasTenant({ slug: 'x', groups: ['A'], policies: () => [], users: { alice: { groups: ['A', 'B'] } } });
//                                                                                                           ^^^ TS2322
export const u2 = saasTenant({ slug: 'x', policies: () => [], users: { alice: { attributes: { departmnt: 'x' } } } });
//                                                                                            ^^^^^^^^^ TS2353|TS2561
export const u3 = saasTenant({ slug: 'x', policies: () => [], users: { alice: { attributes: { age: 'old' } } } });
//                                                                                            ^^^ TS2322
export const m1 = saasTenant({ slug: 'x', dataTenants: ['y'], policies: () => [] });
//                                        ^^^^^^^^^^^ TS2353
export const m2 = customerApp({ slug: 'x', dataTenants: [], policies: () => [] });
//                                         ^^^^^^^^^^^ TS2322
export const m3 = saasTenant({ slug: 'x', tokenUse: 'refresh', policies: () => [] });
//                                        ^^^^^^^^ TS2322
export const m4 = saasTenant({ slug: 'x', policies: () => ['everything'] });
//                                                         ^^^^^^^^^^^^ TS2322
export const r1 = guardrails(({ slug, forbid }) => [forbid().when(({ principal }) => principal.tenant.ne(slug))]);
//                                                                                             ^^^^^^ TS2339
export const r2 = guardrails(({ forbid }) => [forbid().principalInGroup('PAYEE_MGMT')]);
//                                                                      ^^^^^^^^^^^^ TS2345
export const x1 = saasTenant({ slug: 'x', attributes: { User: { office: { type: 'Record', attributes: { city: 'Strng' } } } }, policies: () => [] });
//                                                                                                      ^^^^ TS2820
export const x2 = saasTenant({ slug: 'x', attributes: { User: { office: { type: 'Record', attributes: { city: 'String' } } } }, policies: ({ permit }) => [permit().principalIs('User').when(({ principal }) => principal.office.town.eq('x'))] });
//                                                                                                                                                                                                                               ^^^^ TS2339
export const x3 = saasTenant({ slug: 'x', attributes: { User: { office: { type: 'Record', attributes: { city: 'String' } } } }, policies: () => [], users: { al: { attributes: { office: { city: 1 } } } } });
//                                                                                                                                                                                         ^^^^ TS2322
export const i1 = saasTenant({ slug: 'x', identity: oidcIssuer({ issuer: 'https://i.example', clients: ['web'], claims: { departmnt: 'd' } }), policies: () => [] });
//                                                                                                                        ^^^^^^^^^ TS2353|TS2561
export const i2 = saasTenant({ slug: 'x', identity: oidcIssuer({ issuer: 'https://i.example', clients: ['web'], claims: { department: 1 } }), policies: () => [] });
//                                                                                                                        ^^^^^^^^^^ TS2322
export const i3 = saasTenant({ slug: 'x', identity: oidcIssuer({ issuer: 'https://i.example', clients: [] }), policies: () => [] });
//                                                                                            ^^^^^^^ TS2322
export const i4 = customerApp({ slug: 'x', identity: federatedWith({ issuer: 'https://i.example', clientId: 'pool' }), policies: () => [] });
//                                         ^^^^^^^^ TS2322
export const i5 = workforceApp({ slug: 'x', policies: () => [] });
//                             ^ TS2345|TS2741
export const i6 = workforceApp({ slug: 'x', identity: federatedWith({ issuer: 'https://i.example', clientId: 'pool', scopes: ['email'] }), policies: () => [] });
//                                                                                                                            ^^^^^^^ TS2322
export const i7 = saasTenant({ slug: 'x', identity: { issuer: 'https://i.example' }, policies: () => [] });
//                                                    ^^^^^^ TS2353
export const i8 = saasTenant({ slug: 'x', identity: oidcIssuer({ issuer: 'https://i.example', clients: ['web'], clientIdClaim: 'appid' }), policies: () => [] });
//                                                                                                              ^^^^^^^^^^^^^ TS2322
export const s1 = serviceClient({ slug: 'x', scopes: ['customer:delete'], policies: () => [] });
//                                                    ^^^^^^^^^^^^^^^^^ TS2322|TS2820
export const s2 = serviceClient({ slug: 'x', client: { groups: ['nobots'] }, policies: () => [] });
//                                                              ^^^^^^^^ TS2322|TS2820
export const s3 = serviceClient({ slug: 'x', client: { attributes: { nik: 'n' } }, policies: () => [] });
//                                                                   ^^^ TS2353|TS2561
export const s4 = serviceClient({ slug: 'x', client: { attributes: { nick: 3 } }, policies: () => [] });
//                                                                   ^^^^ TS2322
export const s5 = serviceClient({ slug: 'x', client: { attributes: { tier: 'gold' } }, policies: () => [] });
//                                                                   ^^^^ TS2353|TS2561
export const s6 = serviceClient({ slug: 'x', groups: ['A'], policies: () => [] });
//                                           ^^^^^^ TS2353
export const s7 = serviceClient({ slug: 'x', tokenUse: 'id', policies: () => [] });
//                                           ^^^^^^^^ TS2353
export const s8 = serviceClient({ slug: 'x', users: { bob: {} }, policies: () => [] });
//                                           ^^^^^ TS2353
export const s9 = serviceClient({ slug: 'x', decisionMode: 'verified-permissions-with-token', policies: () => [] });
//                                           ^^^^^^^^^^^^ TS2322
export const s10 = serviceClient({ slug: 'x', policies: ({ permit }) => [permit().principalInGroup('own').id('x')] });
//                                                                                                 ^^^^^ TS2345
