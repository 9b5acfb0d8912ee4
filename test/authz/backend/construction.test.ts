import { expect } from 'chai';
import { type BackendOptions, createBackend, createGuard } from '../../../authz/backend/index.ts';
import { failure } from '../../local/failure.ts';
import { startService, type Service } from './service.ts';

describe('a backend is not made', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  beforeEach(() => service.reset());
  after(() => service.close());

  const refusal = async (changes: Partial<BackendOptions>): Promise<string> =>
    (await failure(createBackend({ ...service.options, ...changes }))).message;

  for (const [role, named] of [
    ['library_superuser', 'library_superuser'],
    ['library_bypass', 'library_bypass'],
    ['library_member', 'library_bypass'],
  ] as const)
    it(`for ${role}, which row level security does not bind`, async () => {
      expect(await refusal({ database: service.db.pool(role) }))
        .to.contain(named)
        .and.contain('row level security');
    });

  it('with gaps: all of them are named', async () => {
    const { readBook: _, ...handlers } = service.options.handlers;
    expect(await refusal({ handlers, resources: {}, locate: {}, publicHandlers: {} }))
      .to.contain('no handler for readBook;')
      .and.contain('no loader for the resource type Book of putBook')
      .and.contain('nothing locates the resource of lendBook')
      .and.contain('no handler for GET /pages/{name}');
  });

  it('with a handler of messages that no operation has', async () => {
    const { sockets, handlers } = service.options;
    const misspelt = { ...sockets!, handlers: { ...handlers, redBook: handlers['readBook']! } };
    expect((await failure(createGuard(service.options, misspelt))).message).to.contain('redBook');
  });

  it('with an empty secret, which everybody knows', async () => {
    expect(await refusal({ gatewaySecret: '' })).to.contain("the gateway's secret is empty");
  });
});
