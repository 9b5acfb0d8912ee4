import type { Site } from '../../../cedar/ast.ts';
import type { Place } from '../document/place.ts';
import type { Api } from './api.ts';

/** The requirements that the document itself makes of an operation (OpenAPI, Security Requirement Object). */
export interface WrittenSecurity {
  /** Where the operation has requirements of its own. */
  readonly own: Place | undefined;
  readonly needsToken: boolean;
}

export function writtenSecurity(root: Place, operation: Place): WrittenSecurity {
  const own = operation.get('security');
  const requirements = (own ?? root.get('security'))?.items() ?? [];
  return { own, needsToken: requirements.some((requirement) => requirement.entries().length > 0) };
}

/**
 * What the document tells its readers must be what the gateway does, unless `x-authz` says against it that a token is
 * needed.
 * @param isPublic undefined where nothing is said
 */
export function checkSecurity(
  { root, report }: Api,
  operation: Place,
  site: Site,
  isPublic: boolean | undefined,
): void {
  const { own, needsToken } = writtenSecurity(root, operation);
  if (isPublic && needsToken) {
    const message = 'this operation is public, and the document says that it needs a token';
    report(own?.site ?? site, 'SECURITY_CLASH', message, 'add security: [] or drop public');
  } else if (isPublic === undefined && own && !needsToken) {
    const message = 'the document says that this operation needs no token, and x-authz does not';
    report(
      own.site,
      'SECURITY_CLASH',
      message,
      'say public: true (or false) in its x-authz, or drop security',
    );
  }
}
