import type { Site } from '../../cedar/ast.ts';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import { LIMITS, utf8Bytes } from '../../cedar/limits.ts';
import type { Model } from '../../cedar/model.ts';
import { cedarSchema } from './cedar-schema.ts';
import type { Report } from './document/report.ts';

/** Reports a schema that no policy store takes. A store gets it without a single space. */
export function checkSchemaSize(model: Model, site: Site, report: Report): void {
  const bytes = utf8Bytes(canonicalJson(cedarSchema(model)));
  if (bytes <= LIMITS.schemaBytes) return;
  const actions = Object.keys(model.actions).length;
  const each = Math.round(bytes / Math.max(1, actions));
  report(
    site,
    'SCHEMA_TOO_LARGE',
    `the schema has ${bytes} bytes (${each} for each of ${actions} actions), and Verified Permissions takes ${LIMITS.schemaBytes}`,
    'split the API in several, each with stores of its own, and leave out of each what another serves (omit: true in x-authz)',
  );
}
