import { ENDPOINT_TYPE, type Model } from '../../cedar/model.ts';
import { Expected } from '../fail.ts';
import { type Chosen, chooseOperations } from './operations.ts';
import { SAMPLE_ID, type Samples, sampleAttributes } from './samples.ts';

/** What the files of a new project are made of. */
export interface Plan {
  /** Of the package and the Pulumi project. */
  readonly name: string;
  /** The API document, from the project's folder. */
  readonly api: string;
  /** Package -> version or `file:…`. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly operations: Chosen;
  /** The tenant's own groups. */
  readonly groups: { readonly reader: string; readonly editor: string };
  /** What each test user must have. */
  readonly userAttributes: Samples;
  /** Whether something that policies decide about belongs to a tenant. */
  readonly hasTenantResources: boolean;
  /** Entity type -> id -> attributes: a row of each, for the first service. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, Samples>>>>;
}

/** The one kind that needs neither a database nor an identity provider. */
const KIND = 'saasTenant';

/**
 * Plans the first tenant of an API.
 * @throws Expected when the API has nobody who could sign in to it, or nothing that could be tried
 */
export function planOf(model: Model, project: Pick<Plan, 'name' | 'api' | 'dependencies'>): Plan {
  const principal = Object.entries(model.principalTypes).find(([, { kinds }]) => kinds.includes(KIND));
  if (!principal) {
    throw new Expected(
      `no principal type of the API document is of the kind ${KIND}, of which the first tenant is — add it to the kinds of one`,
    );
  }
  const [principalType, { attributes }] = principal;
  const operations = chooseOperations(model, principalType);
  if (!operations) {
    throw new Expected(
      `no operation of the API document can be called by ${principalType} with a plain request — is each public, or does each require headers or query parameters in its context?`,
    );
  }
  const taken = (name: string): string => (Object.hasOwn(model.groups, name) ? `ACME_${name}` : name);
  const withoutDefault = Object.fromEntries(
    Object.entries(attributes).filter(([, attribute]) => attribute.default === undefined),
  );
  return {
    ...project,
    operations,
    groups: { reader: taken('READER'), editor: taken('EDITOR') },
    userAttributes: sampleAttributes(withoutDefault),
    hasTenantResources: Object.values(model.actions).some(({ resources }) =>
      resources.some((type) => model.entityTypes[type]?.tenancy === 'tenant'),
    ),
    rows: rowsOf(model),
  };
}

function rowsOf(model: Model): Plan['rows'] {
  const resources = new Set(Object.values(model.actions).flatMap((action) => action.resources));
  const types = Object.entries(model.entityTypes).filter(
    ([name]) => resources.has(name) && name !== ENDPOINT_TYPE,
  );
  return Object.fromEntries(
    types.map(([name, { attributes }]) => [name, { [SAMPLE_ID]: sampleAttributes(attributes) }]),
  );
}
