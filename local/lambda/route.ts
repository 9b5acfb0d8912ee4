import type { HttpAnswer, HttpRoute } from '../endpoint.ts';
import type { Iam } from '../iam/authorize.ts';
import type { Invocation, LambdaHost } from './host.ts';

/** Lambda's Invoke call, which is REST and not JSON 1.0: `POST /2015-03-31/functions/<name or ARN>/invocations`. */
export function lambdaRoute(host: LambdaHost, iam: Iam): HttpRoute {
  return async ({ method, path, body, caller }) => {
    const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path) ?? [];
    if (method !== 'POST' || name === undefined) return undefined;
    const { arn } = host.get(decodeURIComponent(name)).settings;
    iam.authorize({ caller, action: 'lambda:InvokeFunction', resource: arn });
    const event: unknown = JSON.parse(body.toString() || '{}');
    return asHttp(await host.invoke(arn, event));
  };
}

/** A function that failed is a call that succeeded (Lambda API Reference, Invoke). */
const asHttp = (answer: Invocation): HttpAnswer => ({
  status: 200,
  headers: {
    'content-type': 'application/json',
    'x-amz-executed-version': '$LATEST',
    ...(!answer.ok && { 'x-amz-function-error': 'Unhandled' }),
  },
  body: JSON.stringify(
    answer.ok ? answer.result : { errorType: answer.error.type, errorMessage: answer.error.message },
  ),
});
