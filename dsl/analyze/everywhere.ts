import type { AuthorizationRequest } from '../../cedar/engine.ts';
import type { Environment } from './environments.ts';
import type { Schema } from './schema.ts';
import { type Certainty, type Oracle, type Premise, type Semantics, weaker } from './verdict.ts';

/** Who is asked, and of which decision. */
export interface Asking {
  readonly oracle: Oracle;
  readonly schema: Schema;
  readonly semantics: Semantics;
}

export type Sought =
  | { readonly found: true; readonly request: AuthorizationRequest; readonly environment: Environment }
  /** In none of the environments; how sure that is. */
  | { readonly found: false; readonly certainty: Certainty };

/** Looks for a request that meets the premises, in one environment after the other. */
export async function seek(
  { oracle, schema, semantics }: Asking,
  environments: readonly Environment[],
  premises: readonly Premise[],
): Promise<Sought> {
  let certainty: Certainty = { kind: 'proved', by: 'scopes' };
  for (const environment of environments) {
    const answer = await oracle.find({ schema, environment, premises, semantics });
    if (answer.kind === 'found') return { found: true, request: answer.request, environment };
    certainty = weaker(certainty, answer.kind === 'none' ? answer.how : answer);
  }
  return { found: false, certainty };
}
