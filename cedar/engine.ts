/** Cedar's engine, as the rest of the house sees it. Only `wasm.ts` loads it. */
export { type ParseError, type ParseResult, parsePolicy } from './parse.ts';
export { type PolicySet, type PolicySetSource, preparePolicySet, type SchemaRequest } from './policy-set.ts';
export { type PolicyText, type PreparedPolicies, preparePolicies } from './prepared.ts';
export {
  type AuthorizationRequest,
  type AuthorizationResult,
  type CedarJson,
  type EntityData,
  enforced,
} from './request.ts';
export { type Finding, type FindingCode, validate } from './validate.ts';
export { EngineError, RequestRefused } from './wasm.ts';
