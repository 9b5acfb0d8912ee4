import { isJson, type Json } from '../aws/input.ts';

/**
 * The name of the role that a provider is configured to assume (`assumeRoles` of the aws provider), if any. Nested
 * values of a provider's configuration arrive as JSON text.
 */
export function assumedRole(configuration: Json): string | undefined {
  const given = configuration['assumeRoles'];
  const roles: unknown = typeof given === 'string' ? JSON.parse(given) : given;
  const [role]: readonly unknown[] = Array.isArray(roles) ? roles : [];
  const arn = isJson(role) ? role['roleArn'] : undefined;
  return typeof arn === 'string' ? arn.split('/').at(-1) : undefined;
}
