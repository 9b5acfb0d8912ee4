import { fileURLToPath } from 'node:url';
import { actionEntity } from '../../cedar/closure.ts';
import { type AuthorizationResult, type CedarJson, enforced, preparePolicies } from '../../cedar/engine.ts';
import { loadModel } from '../../dsl/schema/model.ts';
import { type Loaded, loadTenants } from '../../dsl/tenants/load.ts';
import type { Tenant } from '../../dsl/tenants/tenant.ts';

const model = loadModel();
const typeOf = (name: string): string => `${model.namespace}::${name}`;

/** The project's own tenants, checked in every way. */
export const ownTenants = (): Promise<Loaded> =>
  loadTenants({ root: fileURLToPath(new URL('../../', import.meta.url)), model, types: true });

export interface Person {
  readonly type?: string;
  readonly tenant?: string;
  readonly suspended?: boolean;
  readonly groups?: readonly string[];
  readonly attributes?: Readonly<Record<string, CedarJson>>;
}
export interface Question {
  readonly action: string;
  readonly resource?: { readonly type: string; readonly attributes?: Readonly<Record<string, CedarJson>> };
  readonly context?: Readonly<Record<string, CedarJson>>;
}
export interface Asked extends AuthorizationResult {
  readonly enforced: 'allow' | 'deny';
}

/** Asks a tenant's whole policy set, as the backend does. */
export function ask({ slug, kind, policies }: Tenant, person: Person, question: Question): Asked {
  const { type = 'User', tenant = slug, suspended = false, groups = [], attributes = {} } = person;
  const {
    action,
    context = {},
    resource = { type: 'Endpoint', attributes: { method: 'GET', path: '/' } },
  } = question;
  const principalUid = { type: typeOf(type), id: `${slug}|someone` };
  const actionUid = { type: typeOf('Action'), id: action };
  const resourceUid = { type: typeOf(resource.type), id: 'something' };
  const result = preparePolicies(
    `test/tenants/${slug}`,
    policies.map(({ id, statement }) => ({ id, text: statement })),
  ).authorize({
    principal: principalUid,
    action: actionUid,
    resource: resourceUid,
    context,
    entities: [
      {
        uid: principalUid,
        attrs: { role: 'NONE', ...attributes, tenant, kind, suspended },
        parents: groups.map((group) => ({ type: typeOf('Group'), id: `${slug}|${group}` })),
      },
      actionEntity(model, actionUid),
      { uid: resourceUid, attrs: resource.attributes ?? {}, parents: [] },
    ],
  });
  return { ...result, enforced: enforced(result) };
}
