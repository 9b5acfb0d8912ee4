import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { isObject } from '../../../authz/item-shape.ts';
import type { Registration } from '../record.ts';
import { MANAGED, readAuthorization } from './authorization.ts';
import { ACCOUNT, REGION } from './aws-forms.ts';
import { callsIn, callsOf } from './calls.ts';
import { type Document, ROLE_POLICY, statementsOf } from './grants.ts';
import { type Recorded, recordEverything } from './recording.ts';
import { excesses, listed, type Statement, WIDE } from './statements.ts';

const AUTHORIZATION = readAuthorization();
const REPOSITORY = new URL('../../../', import.meta.url);
const FUNCTION = 'aws:lambda/function:Function';

/** Calls of a bundle that one of its functions cannot come to. */
const NEVER_MADE: Readonly<Record<string, readonly string[]>> = {
  // It has no DATABASE_SECRET_ARN.
  'pre-token': ['secretsmanager:GetSecretValue'],
};

describe('what the program grants', function () {
  this.timeout(60_000);
  let recorded: Recorded;
  const ofType = (type: string): readonly Registration[] =>
    recorded.registrations.filter((one) => one.type === type);
  const actionsOf = (statements: readonly Statement[]): string[] =>
    statements.flatMap(({ Action }) => listed(Action));
  /** Statements of a function's role. */
  const rightsOf = (name: string): readonly Statement[] =>
    statementsOf(recorded.registrations, `cedarwright-test-${name}`);
  before(async () => {
    recorded = await recordEverything();
  });

  it('is no action and no resource more than AWS has, by wildcards only where there is no narrower ARN', () => {
    for (const { name, inputs } of ofType(ROLE_POLICY)) {
      const statements = statementsOf([{ type: ROLE_POLICY, name, inputs }]);
      expect(
        statements.flatMap((one) => excesses(one, AUTHORIZATION)),
        name,
      ).to.deep.equal([]);
      const granted = statements.flatMap(({ Action, Resource }) =>
        listed(Action).flatMap((action) => listed(Resource).map((arn) => `${action} ${arn}`)),
      );
      expect(granted, name).to.have.length(new Set(granted).size);
    }
    const resources = statementsOf(recorded.registrations).flatMap(({ Resource }) => listed(Resource));
    for (const wide of Object.keys(WIDE)) {
      const [service = '', ...rest] = wide.split(':');
      const needed = resources.some(
        (arn) => arn.includes(`:${service}:`) && arn.endsWith(`:${rest.join(':')}`),
      );
      expect(needed, `${wide} is an exception that nobody needs`).to.equal(true);
    }
  });

  it('is to each function what its code calls and what Lambda needs to run it, and nothing else', () => {
    for (const { name, inputs } of ofType(FUNCTION)) {
      const calls = [...callsIn(recorded.bundles.get(name) ?? '', REPOSITORY)];
      expect(calls, name).not.to.deep.equal([]);
      const mapped = ofType('aws:lambda/eventSourceMapping:EventSourceMapping').filter(
        (mapping) =>
          typeof inputs['name'] === 'string' && endsWith(mapping.inputs['functionName'], inputs['name']),
      );
      const sources = mapped.map((mapping) => String(mapping.inputs['eventSourceArn']));
      const needs = [
        MANAGED.logs,
        ...sources.map((arn) => (arn.startsWith('arn:aws:sqs:') ? MANAGED.queue : MANAGED.stream)),
        ...(inputs['vpcConfig'] === undefined ? [] : [MANAGED.network]),
      ].flatMap((policy) => AUTHORIZATION.managed[policy] ?? []);
      const never = new Set(NEVER_MADE[name]);
      // Its group is there already: it need not make one.
      const expected = new Set(
        [...calls, ...needs].filter((one) => !never.has(one) && one !== 'logs:CreateLogGroup'),
      );
      expect(new Set(actionsOf(rightsOf(name))), name).to.deep.equal(expected);
      for (const call of never) expect(calls, `${name} never calls ${call}`).to.include(call);
    }
  });

  it('is to each function the tables, queues and secrets that it is told of, and its own logs', () => {
    for (const { name, inputs } of ofType(FUNCTION)) {
      const environment = isObject(inputs['environment']) ? inputs['environment']['variables'] : {};
      const told = Object.entries(Object(environment)).map(([key, value]) => [key, String(value)] as const);
      const resources = new Set(rightsOf(name).flatMap(({ Resource }) => listed(Resource)));
      const of = (service: string): string[] =>
        [...resources]
          .filter((arn) => arn.startsWith(`arn:aws:${service}:`))
          .map((arn) => arn.split(':').slice(5).join(':'));
      const named = (suffix: string, part: (value: string) => string): string[] =>
        told.filter(([key]) => key.endsWith(suffix)).map(([, value]) => part(value));
      const tables = of('dynamodb').filter((resource) => !resource.includes('/stream/'));
      expect(tables, name).to.have.members(named('_TABLE', (table) => `table/${table}`));
      expect(of('sqs'), name).to.have.members(named('_QUEUE_URL', (url) => url.split('/').at(-1)!));
      expect(of('secretsmanager'), name).to.have.members(
        named('_SECRET_ARN', (arn) => arn.split(':').slice(5).join(':')),
      );
      expect(of('logs'), name).to.deep.equal([`log-group:/aws/lambda/cedarwright-test-${name}:*`]);
    }
  });

  it('is to the security role what its commands and the writing of items take', () => {
    const calls = callsOf(
      ['authz/identity/suspension.ts', 'authz/identity/stages.ts', 'cli/suspension.ts'],
      REPOSITORY,
    );
    // The provider reads, changes and removes items by these; a stage forgets by DELETE.
    const items = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map((name) => `dynamodb:${name}`);
    expect(new Set(actionsOf(rightsOf('security')))).to.deep.equal(
      new Set([...calls, ...items, 'apigateway:DELETE']),
    );
  });

  it('is in the guide for security roles that the stack does not make', async () => {
    const guide = await readFile(new URL('docs/first-stack.md', REPOSITORY), 'utf8');
    const [, shown = ''] = /^```json\n(.*?)^```$/ms.exec(guide) ?? [];
    const here = { region: REGION, account: ACCOUNT, stack: 'test' };
    const filled = Object.entries(here).reduce(
      (text, [key, value]) => text.replaceAll(`<${key}>`, value),
      shown,
    );
    const document: Document = JSON.parse(filled);
    expect(document.Statement).to.deep.equal(rightsOf('security'));
  });

  it('is denied, of a table’s items, to all but one role by actions that there are', () => {
    const guards = ofType('aws:dynamodb/resourcePolicy:ResourcePolicy');
    expect(guards).not.to.deep.equal([]);
    for (const { name, inputs } of guards) {
      const { Statement: statements }: Document = JSON.parse(String(inputs['policy']));
      for (const { Action, Resource } of statements) {
        const asGrant = { Effect: 'Allow', Action, Resource };
        expect(excesses(asGrant, AUTHORIZATION), name).to.deep.equal([]);
        expect(Resource, name).to.equal(inputs['resourceArn']);
      }
    }
  });

  it('fits into what IAM takes', () => {
    for (const { name, inputs } of ofType(ROLE_POLICY)) {
      // All inline policies of a role together (IAM and AWS STS quotas); each has one.
      expect(String(inputs['policy']).replaceAll(/\s/g, '').length, name).to.be.at.most(10_240);
    }
    const roles = ofType(ROLE_POLICY).map(({ inputs }) => inputs['role']);
    expect(new Set(roles).size).to.equal(roles.length);
    for (const { name, inputs } of ofType('aws:iam/role:Role'))
      expect(String(inputs['assumeRolePolicy']).length, name).to.be.at.most(2048);
  });

  /*
   * Without a condition on the caller, because none is advised there: aws:SourceArn is for policies of which a function is
   * the target (Lambda Developer Guide, "Using source function ARN"), and whom Lambda may make use a role is decided by
   * iam:PassRole.
   */
  it('is taken by Lambda alone, and by whoever the account lets become the security role', () => {
    for (const { name, inputs } of ofType('aws:iam/role:Role')) {
      const { Statement: trusted }: { Statement: unknown } = JSON.parse(String(inputs['assumeRolePolicy']));
      const principal =
        name === 'security-role'
          ? { AWS: `arn:aws:iam::${ACCOUNT}:root` }
          : { Service: 'lambda.amazonaws.com' };
      expect(trusted, name).to.deep.equal([
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal },
      ]);
    }
  });

  it('lets services call functions only on behalf of this account’s own APIs and pools', () => {
    const sources: Readonly<Record<string, RegExp>> = {
      'apigateway.amazonaws.com': new RegExp(
        `^arn:aws:execute-api:${REGION}:${ACCOUNT}:[0-9a-z]+/authorizers/\\*$`,
      ),
      'cognito-idp.amazonaws.com': new RegExp(`^arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/\\*$`),
    };
    const permissions = ofType('aws:lambda/permission:Permission');
    expect(new Set(permissions.map(({ inputs }) => inputs['principal']))).to.have.keys(Object.keys(sources));
    for (const { name, inputs } of permissions) {
      const principal = String(inputs['principal']);
      expect(inputs['action'], name).to.equal('lambda:InvokeFunction');
      expect(inputs['sourceArn'], name).to.match(sources[principal]!);
      // Where the pool is not named, nor its account by anything else.
      if (principal.startsWith('cognito')) expect(inputs['sourceAccount'], name).to.equal(ACCOUNT);
    }
  });

  describe('would show', () => {
    const arn = `arn:aws:sqs:${REGION}:${ACCOUNT}:redrive`;
    const planted: readonly (readonly [string, object, RegExp])[] = [
      ['an action by wildcard', { Action: 'sqs:*', Resource: arn }, /sqs:\* is no action/],
      ['an action that there is not', { Action: 'dynamodb:GetItems', Resource: arn }, /is no action/],
      ['everything, where there are ARNs', { Action: 'sqs:SendMessage', Resource: '*' }, /on \* though/],
      ['an ARN, where none is taken', { Action: 'dynamodb:ListStreams', Resource: arn }, /takes no ARN/],
      ['a resource of another kind', { Action: 'dynamodb:GetItem', Resource: arn }, /nothing that/],
      [
        'a resource too many',
        { Action: 'sqs:SendMessage', Resource: [arn, `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/x`] },
        /table\/x is nothing that/,
      ],
      [
        'all queues',
        { Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:*` },
        /more than one/,
      ],
      [
        'another account',
        {
          Action: 'verifiedpermissions:GetSchema',
          Resource: 'arn:aws:verifiedpermissions::*:policy-store/*',
        },
        /more than one/,
      ],
      ['all but some actions', { NotAction: 'sqs:SendMessage', Action: [], Resource: arn }, /has NotAction/],
    ];
    for (const [what, statement, expected] of planted)
      it(what, () => {
        const found = excesses({ Effect: 'Allow', Action: [], Resource: [], ...statement }, AUTHORIZATION);
        expect(found.join('; ')).to.match(expected);
      });

    it('a call that a function makes', () => {
      const bundle = '// authz/identity/registry.ts\nclient.send(new import_lib.GetCommand({}));\n';
      expect([...callsIn(bundle, REPOSITORY)]).to.deep.equal(['dynamodb:GetItem']);
      expect([...callsIn(bundle.replace('GetCommand', 'Other'), REPOSITORY)]).to.deep.equal([]);
    });
  });
});

const endsWith = (value: unknown, name: string): boolean =>
  typeof value === 'string' && value.endsWith(`:${name}`);
