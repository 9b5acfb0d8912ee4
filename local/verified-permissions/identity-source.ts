import type { Json } from '../aws/input.ts';
import { invalid, quotaExceeded } from './errors.ts';
import { checkText, missing, readObject, readOptionalObject, readOptionalText, readText } from './fields.ts';
import type { Store } from './store.ts';
import { refuseInput } from './unsupported.ts';

/** A user pool whose tokens a store takes for principals. */
export interface IdentitySource {
  readonly identitySourceId: string;
  readonly userPoolArn: string;
  readonly userPoolId: string;
  /** Empty: tokens of every client. */
  readonly clientIds: readonly string[];
  readonly principalEntityType: string;
  readonly groupEntityType: string;
  /** Place in listings. */
  readonly sequence: number;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
}

type Configured = Pick<
  IdentitySource,
  'userPoolArn' | 'userPoolId' | 'clientIds' | 'principalEntityType' | 'groupEntityType'
>;

/** What groups are where nothing else is said (API Reference, CognitoGroupConfiguration). */
const DEFAULT_GROUP_TYPE = 'AWS::CognitoGroup';
/** Client ids of one pool (API Reference, CognitoUserPoolConfiguration). */
const MAX_CLIENTS = 1_000;
/** Verified Permissions User Guide, "Quotas for resources"; it cannot be raised. */
const MAX_SOURCES = 1;

/**
 * Reads how tokens become principals. AWS lets clients leave the principal's type out; here that is refused, because
 * no policy could then name a principal.
 * @param name of the member: `configuration` when it is made, `updateConfiguration` later
 * @throws AwsError ValidationException
 */
export function readConfiguration(
  input: Json,
  name: 'configuration' | 'updateConfiguration',
  before?: IdentitySource,
): Configured {
  const configuration = readObject(input, name);
  refuseInput(configuration, 'openIdConnectConfiguration');
  const path = `${name}.cognitoUserPoolConfiguration.`;
  const pool = readObject(configuration, 'cognitoUserPoolConfiguration', `${name}.`);
  const userPoolArn = readText(pool, 'userPoolArn', 'userPoolArn', path);
  const group = readOptionalObject(pool, 'groupConfiguration', path);
  return {
    userPoolArn,
    userPoolId: userPoolArn.slice(userPoolArn.indexOf('/') + 1),
    clientIds: readClientIds(pool['clientIds'] ?? [], `${path}clientIds`),
    principalEntityType:
      readOptionalText(input, 'principalEntityType', 'entityType') ??
      before?.principalEntityType ??
      missing('principalEntityType'),
    groupEntityType: group ? readText(group, 'groupEntityType', 'groupEntityType', path) : DEFAULT_GROUP_TYPE,
  };
}

function readClientIds(value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value) || value.length > MAX_CLIENTS)
    throw invalid(path, `${path} must be a list of at most ${MAX_CLIENTS}`);
  return value.map((id: unknown) => checkText('clientId', id, path));
}

/** @throws AwsError ServiceQuotaExceededException */
export function checkSourceCount({ policyStoreId, identitySources }: Store): void {
  if (identitySources.latest.size >= MAX_SOURCES)
    throw quotaExceeded(
      `A policy store may have at most ${MAX_SOURCES} identity source`,
      'IDENTITY_SOURCE',
      policyStoreId,
    );
}
