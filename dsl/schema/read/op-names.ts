import type { Site } from '../../../cedar/ast.ts';
import type { Report } from '../document/report.ts';
import { isPlainName } from './attributes.ts';
import { parameterIn, segmentsOf } from './paths.ts';

/**
 * The name of an operation that has no operationId: method, static segments, parameters.
 * `PUT /shelf/order/{id}` is `putShelfOrderById`.
 */
export function opName(method: string, path: string): string {
  const words = segmentsOf(path).flatMap((segment) => {
    const parameter = parameterIn(segment);
    return (parameter === undefined ? segment : `by-${parameter}`).split(/[^A-Za-z0-9]+/);
  });
  return [method.toLowerCase(), ...words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))].join(
    '',
  );
}

/** Reports names that two operations have: one of them could not be reached. */
export function checkOpNames(
  operations: readonly { readonly key: string; readonly action: string; readonly site: Site }[],
  report: Report,
): void {
  const owners = new Map<string, string>();
  for (const { key, action, site } of operations) {
    if (!isPlainName(key)) {
      const message = `an operation cannot be called ${JSON.stringify(key)}`;
      report(
        site,
        'BAD_NAME',
        message,
        'give it another operationId, or another name in op with op: … in its x-authz',
      );
    }
    const other = owners.get(key);
    if (other !== undefined) {
      const message = `op.${key} is "${other}" and "${action}"`;
      report(
        site,
        'DUPLICATE_OP',
        message,
        'give one of them another operationId, or another name in op with op: … in its x-authz',
      );
    }
    owners.set(key, action);
  }
}
