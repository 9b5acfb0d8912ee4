import type { Action } from '../../cedar/model.ts';
import { cedarValue, type Refer } from '../decide/cedar-value.ts';
import type { CedarJson } from '../decide/decider.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import type { Kit } from './options.ts';
import type { Resource } from './resources.ts';
import type { TenantRows } from './tenant-transaction.ts';

/** What is known when a service is asked for the facts that only it has. */
export interface FactsAbout extends TenantRows {
  /** `<slug>|<sub>` */
  readonly principalId: string;
  /** The resource's id; for an operation without one, the action's name. */
  readonly id: string;
  readonly resource: Resource | undefined;
  /** Of the request; undefined for a question of a user interface, which has none. */
  readonly body: unknown;
  /** Empty for a question of a user interface. */
  readonly query: Readonly<Record<string, readonly string[]>>;
}

/**
 * Context attributes that the API document calls `backend`: name -> value, in the document's types. What it leaves out
 * is unknown: policies that read it deny.
 */
export type ContextSource = (
  about: FactsAbout,
) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;

/** Under which name the kit's options speak of an action. */
export const actionKey = (name: string, { route }: Action): string => route?.key ?? name;

/**
 * The facts that a service supplies for one decision. A required one that it leaves out, or one of another type than
 * the API document says, refuses: a forbid that reads it would not act as written.
 */
export async function suppliedContext(
  { model, context }: Pick<Kit, 'model' | 'context'>,
  name: string,
  about: FactsAbout,
  refer: Refer,
): Promise<{ readonly ok: true; readonly context: Readonly<Record<string, CedarJson>> } | Refusal> {
  const action = model.actions[name]!;
  const source = context?.[actionKey(name, action)];
  if (!source) return { ok: true, context: {} };
  const given = await source(about);
  const supplied: Record<string, CedarJson> = {};
  for (const [attribute, { from, type, required }] of Object.entries(action.context)) {
    // Nothing else: a fact of the gateway is not the service's to say.
    if (from.source !== 'backend') continue;
    const fact = Object.hasOwn(given, attribute) ? given[attribute] : undefined;
    if (fact === undefined || fact === null) {
      if (required) return refuse('CONTEXT_INCOMPLETE');
      continue;
    }
    const value = cedarValue(type, fact, refer);
    if (value === undefined) return refuse('CONTEXT_INCOMPLETE');
    supplied[attribute] = value;
  }
  return { ok: true, context: supplied };
}
