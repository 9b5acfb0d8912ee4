import type { Site, Slot } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { builderOf, stateOf } from './builder.ts';
import { callSite } from './call-site.ts';
import { idStep } from './clauses.ts';
import { entityOf } from './scopes.ts';
import { collecting, type State, type Target } from './state.ts';

/** Fills a template's slots. The result has a place and an id of its own. Throws `BuilderError` for what is no template. */
export function link(template: object, id: string, values: object): object {
  const at = callSite(link);
  const state = stateOf(template);
  if (!state) throw refused('NOT_A_POLICY', 'what is linked is no template', 'give a policy with slots', at);
  const { id: _template, ...rest } = state;
  const named = collecting({ ...rest, at }, (unlinked) => idStep(unlinked, at, id));
  return builderOf(collecting(named, (unlinked) => filled(unlinked, values, at)));
}

function filled(state: State, values: object, at: Site): State {
  const given = new Map<string, unknown>(Object.entries(values));
  const principal = fill(state.principal, 'principal', given, at);
  const resource = fill(state.resource, 'resource', given, at);
  const [extra] = given.keys();
  if (extra === undefined) return { ...state, principal, resource };
  throw refused('UNKNOWN_SLOT', `the template has no slot "${extra}"`, 'leave the value out', at);
}

function fill(target: Target, side: Slot['slot'], given: Map<string, unknown>, at: Site): Target {
  if (!target.relation || !('slot' in target.relation.entity)) return target;
  if (!given.has(side)) {
    throw refused('OPEN_SLOT', `the slot "${side}" has no value`, `give { ${side}: entity(…) }`, at);
  }
  const entity = entityOf(given.get(side), at);
  given.delete(side);
  return { ...target, relation: { kind: target.relation.kind, entity } };
}

function refused(code: string, message: string, remedy: string, site: Site): BuilderError {
  return new BuilderError({ site, code, message, remedy });
}
