import { randomBytes, randomUUID } from 'node:crypto';
import { optionalText, text, type Json } from '../aws/input.ts';
import { AwsError, type AwsJsonService } from '../aws/service.ts';
import type { Iam } from '../iam/authorize.ts';

export interface SecretsManagerArgs {
  readonly iam: Iam;
  readonly region: string;
  readonly account: string;
}

interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  changedAt: number;
  value?: { readonly versionId: string; readonly text: string };
}

export interface SecretsManager {
  readonly service: AwsJsonService;
  /** Makes a secret, or gives one of that name a new value. @returns its ARN */
  put(name: string, value: string): string;
}

/** Secrets as text, each with its current version only. In memory: they go with the process. */
export function createSecretsManager({ iam, region, account }: SecretsManagerArgs): SecretsManager {
  const secrets = new Map<string, Secret>();
  const prefix = `arn:aws:secretsmanager:${region}:${account}:secret:`;
  const find = (id: string): Secret | undefined =>
    secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id);
  const found = (input: Json): Secret => {
    const secret = find(text(input, 'SecretId'));
    if (!secret)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  };
  const make = (name: string): Secret => {
    // Six random characters, so that a secret made again under its old name is another to IAM.
    const suffix = randomBytes(3).toString('hex');
    const now = Date.now() / 1000;
    const secret: Secret = { arn: `${prefix}${name}-${suffix}`, name, createdAt: now, changedAt: now };
    secrets.set(name, secret);
    return secret;
  };
  const setValue = (secret: Secret, value: string, versionId: string = randomUUID()): Secret => {
    secret.value = { versionId, text: value };
    secret.changedAt = Date.now() / 1000;
    return secret;
  };
  const named = ({ arn, name, value }: Secret): Json => ({
    ARN: arn,
    Name: name,
    VersionId: value?.versionId,
  });

  const operations: Readonly<Record<string, (input: Json) => Json>> = {
    CreateSecret(input) {
      const name = text(input, 'Name');
      if (secrets.has(name))
        throw new AwsError(
          'ResourceExistsException',
          `The operation failed because the secret ${name} already exists.`,
        );
      const value = optionalText(input, 'SecretString');
      const secret = make(name);
      return named(value === undefined ? secret : setValue(secret, value, versionIn(input)));
    },
    PutSecretValue: (input) => ({
      ...named(setValue(found(input), text(input, 'SecretString'), versionIn(input))),
      VersionStages: ['AWSCURRENT'],
    }),
    GetSecretValue(input) {
      const secret = found(input);
      if (!secret.value)
        throw new AwsError(
          'ResourceNotFoundException',
          "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
        );
      return {
        ...named(secret),
        SecretString: secret.value.text,
        VersionStages: ['AWSCURRENT'],
        CreatedDate: secret.changedAt,
      };
    },
    DescribeSecret(input) {
      const { arn, name, createdAt, changedAt, value } = found(input);
      return {
        ARN: arn,
        Name: name,
        CreatedDate: createdAt,
        LastChangedDate: changedAt,
        ...(value && { VersionIdsToStages: { [value.versionId]: ['AWSCURRENT'] } }),
      };
    },
  };

  const service: AwsJsonService = {
    target: 'secretsmanager',
    version: '1.1',
    async call(operation, input, caller) {
      const run = operations[operation];
      if (!run)
        throw new AwsError('UnknownOperationException', `The embedded cloud does not know ${operation}`);
      const id = text(input, operation === 'CreateSecret' ? 'Name' : 'SecretId');
      const resource = find(id)?.arn ?? (id.startsWith('arn:') ? id : `${prefix}${id}`);
      iam.authorize({ caller, action: `secretsmanager:${operation}`, resource });
      return run(input);
    },
  };
  return { service, put: (name, value) => setValue(secrets.get(name) ?? make(name), value).arn };
}

const versionIn = (input: Json): string | undefined => optionalText(input, 'ClientRequestToken');
