import type { Extension, SchemaFamily, SchemaShape, SchemaWith } from '../policy/types.ts';
import type { About, Attributes, Phase, Principal, Resource } from './given.ts';

/** A request that was allowed, as the test said. */
export interface Allowed {
  /** This policy, perhaps beside others, allowed it. */
  by(policy: string): void;
}

/** A request that was denied, as the test said. */
export interface Denied {
  /** This `forbid`, perhaps beside others, denied it. */
  by(policy: string): void;
  /** This `forbid` denied it, or this policy could not be evaluated: an error denies too, but only a test that asks for it passes. */
  because(policy: string): void;
}

type Answer = 'can' | 'cannot';

/** Asks the policies of one tenant. Each method throws where the policies answer otherwise, and says why they do. */
export interface PolicyTests<in out S extends SchemaShape, in out P extends Phase> {
  /**
   * `acme.can('alice', 'GET /orders/{id}', { type: 'Order', attributes: { … } })`: a policy allows it, none denies it,
   * and none errs.
   */
  can<A extends S['actionName']>(
    principal: Principal<S, S['actions'][A]['principal']>,
    action: A,
    ...about: About<S, A, P>
  ): Allowed;
  /** The same must be denied, and not because a policy errs. */
  cannot<A extends S['actionName']>(
    principal: Principal<S, S['actions'][A]['principal']>,
    action: A,
    ...about: About<S, A, P>
  ): Denied;
  /**
   * Many requests at once: a column is an action with its resource and context, a row is a principal with an answer to
   * each column. All wrong answers are told together.
   */
  table<const A extends readonly S['actionName'][]>(
    columns: { readonly [I in keyof A]: readonly [A[I], ...About<S, A[I], P>] },
    ...rows: readonly (readonly [
      principal: Principal<S, S['actions'][A[number]]['principal']>,
      ...answers: { readonly [I in keyof A]: Answer },
    ])[]
  ): void;
}

/** A resource that differs from another in the attributes given. */
export type Sample<S extends SchemaShape, N extends string> = (
  changes?: Partial<Attributes<S, N>>,
) => Resource<S, N>;

export interface Options<P extends Phase> {
  /** `gateway`: the part that is decided before the resource is known. Default: `backend`, the whole policies. */
  readonly phase?: P;
  /** The project's folder. Default: the working directory. */
  readonly root?: string;
}

type Nothing = {};
/** Policy tests in the vocabulary of one API. */
export interface Testing<in out F extends SchemaFamily> {
  /**
   * The policies of a tenant, guardrails among them, as the project's files define them now.
   * `const acme = await policies('acme');` X: attributes that the tenant adds to the API's.
   * @throws ProblemsError when any tenant file of the project has mistakes
   */
  readonly policies: <
    const X extends Extension<F['schema']['entityName']> = Nothing,
    P extends Phase = 'backend',
  >(
    slug: string,
    options?: Options<P>,
  ) => Promise<PolicyTests<SchemaWith<F, X>, P>>;
  /**
   * A resource to vary: `const order = sample('Order', { status: 'OPEN', … })`, then `order()`, and
   * `order({ status: 'SHIPPED' })`.
   */
  readonly sample: <N extends F['schema']['resourceName']>(
    type: N,
    attributes: Attributes<SchemaWith<F, Nothing>, N>,
  ) => Sample<SchemaWith<F, Nothing>, N>;
}
