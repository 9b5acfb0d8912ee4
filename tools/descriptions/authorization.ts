import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Service {
  readonly Actions: Readonly<Record<string, { readonly Resources?: readonly string[] }>>;
  readonly Resources: Readonly<Record<string, { readonly ARNFormats: readonly string[] }>>;
}

/**
 * Of an action, by the Service Authorization Reference that cfn-lint carries: the ARNs that it may be granted on, none
 * where it takes no ARN; undefined where there is no such action.
 */
export function authorizationReference(packages: string): (action: string) => readonly string[] | undefined {
  const file = path.join(packages, 'cfnlint/data/AdditionalSpecs/Policies.json');
  const services: Readonly<Record<string, Service>> = JSON.parse(readFileSync(file, 'utf8'));
  return (action) => {
    const [prefix = '', name = ''] = action.split(':');
    const service = services[prefix];
    const found = service?.Actions[name.toLowerCase()];
    if (!service || !found) return undefined;
    const forms = (found.Resources ?? []).flatMap(
      (type) => service.Resources[type.toLowerCase()]?.ARNFormats ?? [],
    );
    return [...new Set(forms)].map((form) => form.replace('${Partition}', 'aws')).toSorted();
  };
}

interface ManagedPolicy {
  readonly Document: { readonly Statement: readonly { readonly Action: readonly string[] }[] };
}

/** Actions of AWS's own policies for execution roles, by the copy that moto carries: what Lambda needs to serve a function. */
export function managedPolicies(packages: string): (name: string) => readonly string[] {
  const source = readFileSync(path.join(packages, 'moto/iam/aws_managed_policies.py'), 'utf8');
  const [, text = '{}'] = /"""(.*)"""/s.exec(source) ?? [];
  const policies: Readonly<Record<string, ManagedPolicy>> = JSON.parse(text);
  return (name) => (policies[name]?.Document.Statement ?? []).flatMap(({ Action }) => Action).toSorted();
}
