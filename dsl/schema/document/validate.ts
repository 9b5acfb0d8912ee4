import { pathToFileURL } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import { type Problem, ProblemsError } from '../../check/problem.ts';
import type { Place } from './place.ts';

/**
 * Validates the document against the specification it names and resolves every reference in it.
 * @returns absolute paths of all files that it consists of
 * @throws ProblemsError with everything that the specification forbids, at its place
 */
export async function validateDocument(file: string, root: Place): Promise<string[]> {
  const parser = new SwaggerParser();
  try {
    // References over the network would make the output depend on the day it is made.
    await parser.validate(file, { resolve: { http: false } });
  } catch (error) {
    throw new ProblemsError(problemsOf(error, root));
  }
  return parser.$refs.paths('file');
}

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
  const { details, message } = error as Error & { readonly details?: readonly Violation[] };
  const causes = details?.filter(
    ({ keyword, params }) => !CONSEQUENCES.has(keyword) && params['missingProperty'] !== '$ref',
  );
  if (!causes || causes.length === 0) {
    const remedy = 'correct it as the specification says (https://spec.openapis.org)';
    return [{ site: root.site, code: 'BAD_DOCUMENT', message: firstLine(message), remedy }];
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
    remedy: 'correct it as the specification says (https://spec.openapis.org)',
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

/** The parser names files by absolute path; the place is said better by the site. */
const firstLine = (message: string): string =>
  (message.split('\n', 1)[0] ?? '').replaceAll(pathToFileURL('/').href, '');
