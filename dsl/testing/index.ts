// The types of `describe` and `it`, which a project that depends on this package alone could not name itself.
/// <reference types="mocha" />
/**
 * Tests of policies. A project binds them to its own API in `dsl/testing.ts`, as it binds the language in
 * `dsl/index.ts`, and its tests import `policies` and `sample` from there.
 */
export type { Context, Phase, Principal, Resource } from './given.ts';
export { policyTests } from './policy-tests.ts';
export type { Allowed, Denied, PolicyTests, Testing } from './tests.ts';
