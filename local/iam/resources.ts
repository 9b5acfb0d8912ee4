import { optionalText, text } from '../aws/input.ts';
import { recorded } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import type { Roles } from './roles.ts';

/** Roles and their inline policies, as the Pulumi program declares them. */
export function iamResources(roles: Roles): ResourceHandlers {
  return {
    'aws:iam/role:Role': {
      inputs: ['name', 'assumeRolePolicy'],
      replaceOn: ['name'],
      async create(inputs, logicalName) {
        const name = optionalText(inputs, 'name') ?? logicalName;
        const { arn } = roles.create(name, text(inputs, 'assumeRolePolicy'));
        return { id: name, state: { ...inputs, name, arn } };
      },
      async update(id, inputs, state) {
        roles.setTrust(id, text(inputs, 'assumeRolePolicy'));
        return { ...state, ...inputs };
      },
      read: async (id, inputs, state) => recorded(roles.get(id) !== undefined, inputs, state),
      async delete(id) {
        roles.delete(id);
      },
    },
    'aws:iam/rolePolicy:RolePolicy': {
      inputs: ['name', 'role', 'policy'],
      replaceOn: ['name', 'role'],
      async create(inputs, logicalName) {
        const name = optionalText(inputs, 'name') ?? logicalName;
        const role = text(inputs, 'role');
        roles.putPolicy(role, name, text(inputs, 'policy'));
        return { id: `${role}:${name}`, state: { ...inputs, name } };
      },
      async update(_id, inputs, state) {
        roles.putPolicy(text(state, 'role'), text(state, 'name'), text(inputs, 'policy'));
        return { ...state, ...inputs };
      },
      async read(id, inputs, state) {
        const [role = '', name = ''] = id.split(':');
        return recorded(roles.get(role)?.policies.has(name) === true, inputs, state);
      },
      async delete(_id, state) {
        roles.deletePolicy(text(state, 'role'), text(state, 'name'));
      },
    },
  };
}
