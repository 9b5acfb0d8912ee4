import { ENDPOINT_TYPE, GROUP_TYPE, type Model } from '../../cedar/model.ts';
import { actionsOf, type CedarEntityType, type CedarSchema } from './cedar-json.ts';
import { cedarSchema } from './cedar-schema.ts';

/**
 * The schema of the gateway's phase: only facts that are known there. Resources but the operation's own have neither
 * attributes nor parents, and what a tenant adds is unknown: the strict validator then proves that a projected policy
 * reads nothing that no request at the gateway carries.
 */
export function gatewaySchema(model: Model): CedarSchema {
  const full = cedarSchema(model)[model.namespace];
  const known = (name: string): boolean =>
    name === ENDPOINT_TYPE || name === GROUP_TYPE || Object.hasOwn(model.principalTypes, name);
  return {
    [model.namespace]: {
      entityTypes: Object.fromEntries(
        Object.entries(full?.entityTypes ?? {}).map(([name, type]) => [
          name,
          known(name) ? withoutTags(type) : {},
        ]),
      ),
      actions: actionsOf(model, (source) => source !== 'backend'),
    },
  };
}

/** Tags are data of an entity that no request carries. */
const withoutTags = ({ tags: _unknown, ...known }: CedarEntityType): CedarEntityType => known;
