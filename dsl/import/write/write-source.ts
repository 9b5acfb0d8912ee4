import type { EntityUid, Policy } from '../../../cedar/ast.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';
import { idMaker } from '../ids.ts';
import { type FoundLink, isTemplate, type Source } from '../read/source.ts';
import type { World } from '../schema/world.ts';
import { commentsOf } from './comments.ts';
import { callee, type FileState } from './env.ts';
import { inexpressible } from './inexpressible.ts';
import { MODULE_NAMES, type ModuleParts, type WrittenPolicy, type WrittenTemplate } from './module.ts';
import { entityText } from './names.ts';
import { policyText } from './policy.ts';
import { sameness } from './same.ts';
import { scopeTypes } from './scope-types.ts';
import { commentLine, freeName, quoted } from './text.ts';

/** A policy of the source under the id that it has now. */
export interface Renamed {
  readonly policy: Policy;
  readonly id: string;
  /** How it was called, where that could not stay. */
  readonly was?: string;
}

export interface WrittenSource {
  readonly parts: ModuleParts;
  /** What the module must come to, in the order of the source: policies and templates, then links. */
  readonly policies: readonly Renamed[];
  readonly errors: readonly PolicyError[];
}

/**
 * Writes all policies of a source. What cannot be written is an error at its place, and the others go on.
 * @param untyped ids of policies that the compiler cannot follow
 */
export function writeSource(source: Source, known: World, untyped: ReadonlySet<string>): WrittenSource {
  const used: FileState['used'] = new Set();
  const worldOf = (id: string): World => (untyped.has(id) ? { ...known, typed: 'not here' } : known);
  const makeId = idMaker();
  const same = sameness();
  const errors: PolicyError[] = [];
  const written: Renamed[] = [];
  const policies: WrittenPolicy[] = [];
  const templates = new Map<string, WrittenTemplate & { readonly policy: Policy }>();
  const taken = new Set(MODULE_NAMES);
  const attempt = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      errors.push(error);
    }
  };

  for (const { policy, comments } of source.found) {
    attempt(() => {
      const { id, was } = identified(policy, makeId);
      const world = worldOf(id);
      const file: FileState = { world, same, used, comments: commentsOf(comments, source.spanOf) };
      const body = policyText(policy, id, file);
      const text = `${was === undefined ? '' : commentLine(`@id(${JSON.stringify(was)})`)}${file.comments.rest()}${note(world)}${body}`;
      written.push({ policy, id, ...(was !== undefined && { was }) });
      if (isTemplate(policy)) {
        const name = freeName(id, (wanted) => taken.has(wanted));
        taken.add(name);
        templates.set(policy.id, { id, name, text, policy });
      } else {
        policies.push({ id, text, subject: subjectOf(policy, world) });
      }
    });
  }
  for (const link of source.links) {
    attempt(() => {
      const template = templates.get(link.templateId);
      if (!template) throw inexpressible(link, `a link of "${link.templateId}", which is no template of the file`, 'add the template'); // prettier-ignore
      const id = makeId(link.id);
      const world = worldOf(id);
      const values = valuesText(link, template.policy, { world, used });
      const was = id === link.id ? '' : commentLine(link.id);
      policies.push({
        id,
        text: `${was}${note(world)}${callee('link', { world, used })}(${template.name}, ${quoted(id)}, ${values})`,
        subject: subjectOf(template.policy, world),
      });
      written.push({ policy: linked(template.policy, link), id, ...(was !== '' && { was: link.id }) });
    });
  }
  const parts = {
    header: source.header,
    footer: source.footer,
    used,
    templates: [...templates.values()],
    policies,
  };
  return { parts, policies: written, errors };
}

const note = ({ typed }: World): string =>
  typed === 'not here' ? commentLine('The types refuse this one, so it is written without them.') : '';

/** `@id("…")` is what people call a policy; without one it keeps the name that Cedar gives it. */
function identified(policy: Policy, makeId: (wanted: string) => string): { id: string; was?: string } {
  const annotated = policy.annotations['id'];
  const wanted = annotated === undefined || annotated === '' ? policy.id : annotated;
  const id = makeId(wanted);
  return id === wanted ? { id } : { id, was: wanted };
}

function subjectOf(policy: Policy, world: World): string | undefined {
  const { resource } = scopeTypes(policy, world);
  const [only, another] = resource.kind === 'entity' ? resource.names : [];
  return another === undefined ? only?.split('::').at(-1) : undefined;
}

const SIDES = ['principal', 'resource'] as const;

function valuesText(link: FoundLink, template: Policy, file: Pick<FileState, 'world' | 'used'>): string {
  const values = SIDES.flatMap((side) => {
    const scope = template[side];
    const open = 'entity' in scope && 'slot' in scope.entity;
    const value = link[side];
    if (!open && !value) return [];
    if (open && value) return [`${side}: ${entityText(value, link, file)}`];
    throw inexpressible(
      link,
      open
        ? `a link that leaves ?${side} open`
        : `a link that fills ?${side}, which the template does not have`,
      'give one entity for each slot',
    );
  });
  return `{ ${values.join(', ')} }`;
}

/** The policy that a link comes to. */
function linked(template: Policy, link: FoundLink): Policy {
  const filled = (side: (typeof SIDES)[number], value: EntityUid | undefined): Policy[typeof side] => {
    const scope = template[side];
    return value && 'entity' in scope ? { ...scope, entity: value } : scope;
  };
  return {
    ...template,
    id: link.id,
    principal: filled('principal', link.principal),
    resource: filled('resource', link.resource),
  };
}
