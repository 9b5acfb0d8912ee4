import SwaggerParser from '@apidevtools/swagger-parser';
import { type Problem, ProblemsError } from '../../check/problem.ts';
import type { Place } from './place.ts';

/**
 * Validates the document against the specification it names.
 * @throws ProblemsError with everything that the specification forbids, at its place
 */
export async function validateDocument(file: string, root: Place): Promise<void> {
  try {
    await SwaggerParser.validate(file, { resolve: { http: false } });
  } catch (error) {
    throw new ProblemsError(problemsOf(error, root));
  }
}

const REMEDY = 'correct it as the specification says (https://spec.openapis.org)';

/** What ajv says about one place. */
interface Violation {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Keywords that only say that another one, also in the list, was violated. */
const CONSEQUENCES = new Set(['if', 'oneOf', 'anyOf', 'allOf', 'not']);

function problemsOf(error: unknown, root: Place): Problem[] {
  if (!(error instanceof Error)) throw error;
  const details: readonly Violation[] =
    'details' in error && Array.isArray(error.details) ? error.details : [];
  const causes = details.filter(
    ({ keyword, params }) => !CONSEQUENCES.has(keyword) && params['missingProperty'] !== '$ref',
  );
  if (causes.length === 0) {
    const [summary = ''] = error.message.split('\n', 1);
    return [{ site: root.site, code: 'BAD_DOCUMENT', message: summary, remedy: REMEDY }];
  }
  return causes.map((violation) => problemOf(violation, root));
}

function problemOf({ instancePath, params, message }: Violation, root: Place): Problem {
  const surplus = params['unevaluatedProperty'] ?? params['additionalProperty'];
  const place = placeAt(root, instancePath);
  const surplusSite = place.entries().find(({ key }) => key === surplus)?.keySite;
  return {
    site: surplusSite ?? place.site,
    code: 'BAD_DOCUMENT',
    message:
      typeof surplus === 'string'
        ? `the specification knows no "${surplus}" here`
        : `this ${message ?? 'is not what the specification says'}`,
    remedy: REMEDY,
  };
}

/** The place that a JSON pointer leads to, or the last one on the way. */
function placeAt(root: Place, pointer: string): Place {
  let place = root;
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    const parent = place.target();
    const next = parent.kind === 'list' ? parent.items()[Number(name)] : parent.get(name);
    if (!next) return parent;
    place = next;
  }
  return place;
}
