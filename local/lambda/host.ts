import { AwsError } from '../aws/service.ts';
import type { Iam } from '../iam/authorize.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import type { CloudFacts } from './environment.ts';
import { createFunction, type FunctionSettings, type LambdaFunction } from './function.ts';
import { createFunctionPolicy, type FunctionPolicy, type Source } from './permissions.ts';
import type { FunctionError } from './sandbox.ts';

export interface LambdaHostArgs {
  readonly cloud: CloudFacts;
  readonly iam: Iam;
  readonly logs: LogGroups;
}

export type Invocation =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: FunctionError; readonly timedOut: boolean };

export interface LambdaHost {
  /** @throws AwsError ResourceConflictException, InvalidParameterValueException */
  create(settings: FunctionSettings): void;
  /** Invocations under way end with the code they began with. @throws AwsError ResourceNotFoundException */
  update(settings: FunctionSettings): void;
  remove(name: string): Promise<void>;
  has(name: string): boolean;
  /** By name or ARN. @throws AwsError ResourceNotFoundException */
  get(name: string): { readonly settings: FunctionSettings; readonly policy: FunctionPolicy };
  /**
   * Calls a function, by name or ARN. `source`: the service that calls, which needs a permission; without it the
   * caller has been judged already.
   */
  invoke(name: string, event: unknown, options?: { readonly source?: Source }): Promise<Invocation>;
  close(): Promise<void>;
}

interface Entry {
  current: LambdaFunction;
  readonly policy: FunctionPolicy;
}

/** Runs the built bundles, each in worker threads of its own. */
export function createLambdaHost({ cloud, iam, logs }: LambdaHostArgs): LambdaHost {
  const functions = new Map<string, Entry>();
  /** Replaced by newer code, with invocations under way. */
  const retiring = new Set<LambdaFunction>();

  const found = (name: string): Entry => {
    const entry = functions.get(name.split(':').at(-1)!);
    if (!entry) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, {}, 404);
    return entry;
  };
  const make = (settings: FunctionSettings): LambdaFunction => {
    if (!iam.mayAssume(settings.roleName, 'lambda.amazonaws.com'))
      throw new AwsError(
        'InvalidParameterValueException',
        'The role defined for the function cannot be assumed by Lambda.',
      );
    return createFunction(settings, cloud, logs);
  };
  const retire = async (old: LambdaFunction): Promise<void> => {
    retiring.add(old);
    await old.retire();
    retiring.delete(old);
  };

  return {
    create(settings) {
      if (functions.has(settings.name))
        throw new AwsError('ResourceConflictException', `Function already exist: ${settings.name}`, {}, 409);
      functions.set(settings.name, { current: make(settings), policy: createFunctionPolicy() });
    },
    update(settings) {
      const entry = found(settings.name);
      const old = entry.current;
      entry.current = make(settings);
      void retire(old);
    },
    async remove(name) {
      const entry = functions.get(name);
      functions.delete(name);
      await entry?.current.close();
    },
    has: (name) => functions.has(name),
    get(name) {
      const { current, policy } = found(name);
      return { settings: current.settings, policy };
    },
    async invoke(name, event, { source } = {}) {
      const entry = functions.get(name.split(':').at(-1)!);
      if (!entry) return refused('ResourceNotFoundException', `Function not found: ${name}`);
      const { current, policy } = entry;
      const { arn } = current.settings;
      if (source && !policy.allows(source, arn))
        return refused(
          'AccessDeniedException',
          `${source.service} is not permitted to invoke ${arn} for ${source.arn}`,
        );
      const answer = await current.invoke(JSON.stringify(event));
      return answer.ok ? { ok: true, result: JSON.parse(answer.result) as unknown } : answer;
    },
    async close() {
      const current = [...functions.values()].map((entry) => entry.current);
      functions.clear();
      await Promise.all([...current, ...retiring].map((one) => one.close()));
    },
  };
}

const refused = (type: string, message: string): Invocation => ({
  ok: false,
  error: { type, message },
  timedOut: false,
});
