import { optionalNumber, text, type Json } from '../../aws/input.ts';
import { invalidParameter, notFound } from '../errors.ts';
import { refuseOthers } from '../fields.ts';
import type { UserPool } from '../pool.ts';
import { findPool, type State } from '../state.ts';
import type { Operations } from './operations.ts';

/** API Reference, CreateUserPoolDomain; the words are reserved (Cognito Developer Guide, "Using the Amazon Cognito domain"). */
const PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const RESERVED = /aws|amazon|cognito/;

/** The hosts that serve a pool's sign-in pages and its token endpoint. */
export function domainOperations(state: State): Operations {
  return {
    CreateUserPoolDomain(input) {
      refuseOthers(input, ['Domain', 'UserPoolId', 'ManagedLoginVersion']);
      const domain = text(input, 'Domain');
      const pool = findPool(state, input);
      if (!PREFIX.test(domain)) throw invalidParameter('Invalid domain name');
      if (RESERVED.test(domain)) throw invalidParameter('Domain cannot contain reserved word: cognito');
      // Pages of the second version need a branding of their own, which nothing here shows.
      if ((optionalNumber(input, 'ManagedLoginVersion') ?? 1) !== 1)
        throw invalidParameter('The embedded cloud serves ManagedLoginVersion 1 only');
      if (poolAt(state, domain)) throw invalidParameter('Domain already associated with another user pool.');
      if (pool.domain !== undefined) throw invalidParameter('User pool already has a domain configured.');
      pool.domain = domain;
      return { ManagedLoginVersion: 1 };
    },
    DescribeUserPoolDomain(input) {
      const domain = text(input, 'Domain');
      const pool = poolAt(state, domain);
      return {
        DomainDescription: pool
          ? {
              Domain: domain,
              UserPoolId: pool.id,
              AWSAccountId: state.account,
              Status: 'ACTIVE',
              ManagedLoginVersion: 1,
            }
          : {},
      };
    },
    DeleteUserPoolDomain(input) {
      const pool = findPool(state, input);
      if (pool.domain !== text(input, 'Domain')) throw noDomain(input);
      delete pool.domain;
      return {};
    },
  };
}

const noDomain = (input: Json): Error => notFound(`Domain ${text(input, 'Domain')} does not exist.`);

export const poolAt = ({ pools }: Pick<State, 'pools'>, domain: string): UserPool | undefined =>
  [...pools.values()].find((pool) => pool.domain === domain);
