import { isJson } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { readPolicy } from './policy-document.ts';
import { UnsupportedPolicy } from './unsupported-policy.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly trust: object;
  /** Inline policies by name. */
  readonly policies: ReadonlyMap<string, object>;
}

/** The account's roles and their inline policies. */
export interface Roles {
  get(name: string): Role | undefined;
  /** @throws AwsError EntityAlreadyExists, MalformedPolicyDocument */
  create(name: string, trust: string): Role;
  /** @throws AwsError NoSuchEntity, MalformedPolicyDocument */
  setTrust(name: string, trust: string): void;
  delete(name: string): void;
  /** @throws AwsError NoSuchEntity, MalformedPolicyDocument */
  putPolicy(roleName: string, policyName: string, document: string): void;
  deletePolicy(roleName: string, policyName: string): void;
}

export function createRoles(account: string): Roles {
  const roles = new Map<string, Role & { trust: object; policies: Map<string, object> }>();
  const existing = (name: string) => {
    const role = roles.get(name);
    if (!role) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, {}, 404);
    return role;
  };
  return {
    get: (name) => roles.get(name),
    create(name, trust) {
      if (roles.has(name))
        throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, {}, 409);
      const arn = `arn:aws:iam::${account}:role/${name}`;
      const role = { name, arn, trust: readDocument(trust), policies: new Map<string, object>() };
      roles.set(name, role);
      return role;
    },
    setTrust(name, trust) {
      existing(name).trust = readDocument(trust);
    },
    delete: (name) => void roles.delete(name),
    putPolicy(roleName, policyName, document) {
      existing(roleName).policies.set(policyName, readDocument(document));
    },
    deletePolicy: (roleName, policyName) => void roles.get(roleName)?.policies.delete(policyName),
  };
}

/**
 * Parses a policy document and makes sure that the evaluator knows all of it: a policy refused while deploying is
 * found sooner than one that makes every call fail.
 * @throws AwsError MalformedPolicyDocument
 */
export function readDocument(text: string): object {
  try {
    const document: unknown = JSON.parse(text);
    if (!isJson(document)) throw new UnsupportedPolicy('it is no object');
    readPolicy(document);
    return document;
  } catch (error) {
    if (!(error instanceof UnsupportedPolicy) && !(error instanceof SyntaxError)) throw error;
    throw new AwsError('MalformedPolicyDocument', `Policy document not accepted: ${error.message}`);
  }
}
