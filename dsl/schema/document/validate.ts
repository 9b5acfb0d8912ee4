import SwaggerParser from '@apidevtools/swagger-parser';
import type { ErrorObject } from 'ajv';
import { type Problem, ProblemsError } from '../../check/problem.ts';
import { badReference, type Files } from './files.ts';
import type { Place } from './place.ts';
import type { SourceFile } from './source-file.ts';
import { specification, type Version } from './specification.ts';

/**
 * Validates the document against the specification it names.
 * @throws ProblemsError with everything that the specification forbids, at its place
 */
export async function validateDocument({ main, root, roots, anchors }: Files): Promise<void> {
  const [anchor] = roots().length > 1 ? anchors() : [];
  // What puts several files together knows pointers alone.
  if (anchor) throw badReference(anchor[1], `"${anchor[0]}" names an anchor in a document of several files`);
  const version = versionOf(root);
  const validate = specification(version);
  // References of a single file stay unresolved: the specification's schema takes them as they are, resolved ones can be
  // many times as much to look at, and what looks like one in an example is none.
  const plain = roots().length > 1 ? await together(main, root) : plainOf(main, root, version);
  if (!validate(plain)) throw new ProblemsError(problemsOf(validate.errors ?? [], root));
}

const versionOf = (root: Place): Version =>
  String(root.get('openapi')?.value).startsWith('3.0') ? '3.0' : '3.1';

/** The files of a document as one. What contains itself stays a reference, which the specification's schema takes. */
const together = ({ path }: SourceFile, root: Place): Promise<object> =>
  SwaggerParser.dereference(path, {
    resolve: { http: false },
    dereference: { circular: 'ignore' },
  }).catch((error: unknown) => {
    throw unreadable(error, root);
  });

/** One alias may stand for many: past this, a small file would become a large one. */
const MAX_ALIASES = 10_000;

/** The document as data, in the patch release that the specification's schema knows: they change no rule. */
function plainOf({ yaml }: SourceFile, root: Place, version: Version): object {
  try {
    return { paths: {}, ...yaml.toJS({ maxAliasCount: MAX_ALIASES }), openapi: `${version}.0` };
  } catch (error) {
    throw unreadable(error, root);
  }
}

function unreadable(error: unknown, { site }: Place): Error {
  if (!(error instanceof Error)) throw error;
  const [summary = ''] = error.message.split('\n', 1);
  return new ProblemsError([{ site, code: 'BAD_DOCUMENT', message: summary, remedy: REMEDY }]);
}

const REMEDY = 'correct it as the specification says (https://spec.openapis.org)';

/** Keywords that only say that another one, also in the list, was violated. */
const CONSEQUENCES = new Set(['if', 'oneOf', 'anyOf', 'allOf', 'not']);

function problemsOf(violations: readonly ErrorObject[], root: Place): Problem[] {
  const causes = violations.filter(
    ({ keyword, params }) => !CONSEQUENCES.has(keyword) && params['missingProperty'] !== '$ref',
  );
  return (causes.length > 0 ? causes : violations).map((violation) => problemOf(violation, root));
}

function problemOf({ instancePath, params, message }: ErrorObject, root: Place): Problem {
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
