import SwaggerParser from '@apidevtools/swagger-parser';
import { type Problem, ProblemsError } from '../../check/problem.ts';
import { badReference, type Files } from './files.ts';
import type { Place } from './place.ts';
import type { SourceFile } from './source-file.ts';

/**
 * Validates the document against the specification it names.
 * @throws ProblemsError with everything that the specification forbids, at its place
 */
export async function validateDocument({ main, root, roots, anchors }: Files): Promise<void> {
  const [anchor] = roots().length > 1 ? anchors() : [];
  // The validator puts several files together itself, and knows pointers alone.
  if (anchor) throw badReference(anchor[1], `"${anchor[0]}" names an anchor in a document of several files`);
  try {
    if (roots().length > 1) await SwaggerParser.validate(main.path, { resolve: { http: false } });
    else await SwaggerParser.validate(main.path, plainOf(main), IN_PLACE);
  } catch (error) {
    throw new ProblemsError(problemsOf(error, root));
  }
}

/**
 * References of a single file stay unresolved: the specification's schema takes them as they are, resolved ones can be
 * many times as much to look at, and what looks like one in an example is none.
 */
const IN_PLACE = {
  resolve: { external: false },
  dereference: { excludedPathMatcher: () => true },
};

/** One alias may stand for many: past this, a small file would become a large one. */
const MAX_ALIASES = 10_000;

/** The document as data, in the version that the validator knows: patch releases change no rule. */
function plainOf({ yaml }: SourceFile): Awaited<ReturnType<typeof SwaggerParser.validate>> {
  const plain = yaml.toJS({ maxAliasCount: MAX_ALIASES });
  return { paths: {}, ...plain, openapi: String(plain.openapi).startsWith('3.0') ? '3.0.3' : '3.1.0' };
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
