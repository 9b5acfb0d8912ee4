/** What a service imports to decide again, on the real resource. */
export type { Model } from '../../cedar/model.ts';
export { createBackend, type Listener } from './backend.ts';
export type { ContextSource, FactsAbout } from './context-facts.ts';
export { allowedCall } from './frameworks/allowed-call.ts';
export { expressMiddleware } from './frameworks/express.ts';
export { fastifyPlugin } from './frameworks/fastify.ts';
export { honoMiddleware } from './frameworks/hono.ts';
export { createGuard, type Guard, type GuardedRequest, type Handled } from './guard.ts';
export { fromEnvironment } from './from-environment.ts';
export type { AllowedCall, Handler, PublicHandler } from './handler.ts';
export { RequestProblem, type Answer } from './http.ts';
export type { BackendOptions, GuardOptions } from './options.ts';
export type { PermissionQuestion } from './questions.ts';
export type { Resource, ResourceLoader, ResourceRef } from './resources.ts';
export type { Database } from './transaction.ts';
export { connectionCloser } from './sockets/close-connection.ts';
export { sessionsInMemory, type SocketSession, type SocketSessions } from './sockets/sessions.ts';
export type { SocketOptions } from './sockets/sockets.ts';
