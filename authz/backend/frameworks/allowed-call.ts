import type { AllowedCall } from '../handler.ts';

const calls = new WeakMap<object, AllowedCall>();

export const rememberCall = (request: object, call: AllowedCall): void => void calls.set(request, call);

/**
 * What was decided of a request, and the tenant's transaction to answer it in: for handlers behind one of the kit's
 * middlewares.
 * @param request Hono's context, Express's or Fastify's request
 * @throws Error when nothing was decided of it: a public route, or one that the middleware does not stand before
 */
export function allowedCall(request: object): AllowedCall {
  const call = calls.get(request);
  if (!call) throw new Error('nothing was decided of this request: the kit stands not before its route');
  return call;
}
