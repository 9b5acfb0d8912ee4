import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { render } from '../../../dsl/schema/render.ts';
import { model } from './fixture.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const POLICIES = `
import type { Dsl } from '${path.join(ROOT, 'dsl/policy/types.ts')}';
import { op, type Schema } from './schema.ts';
declare const shop: Dsl<Schema>;
declare const extended: Dsl<Schema<{ User: { desk: 'String' } }>>;
shop.permit().action(op.getOrder).when(({ principal, resource, context }) => resource.owner.eq(principal)
  .and(resource.attr('in').eq('x'), resource.total.gt(3), resource.rate.lessThan(shop.decimal('1.5')),
    resource.watchers.has((them) => them.contains(principal)), resource.address.zip.has((zip) => zip.eq('1')),
    context.page.has((page) => page.eq(1)), context.fraud));
shop.permit().action(op['list-orders']).when(({ resource }) => resource.path.eq('/orders'));
shop.permit().action("See 'it'").when(({ resource }) => resource.tenant.eq('a'));
shop.permit().principalInGroup('ADMIN').actionInGroup('all').resourceIn(shop.entity('Folder', 'f'));
extended.permit().action(op.getOrder).when(({ resource }) => resource.owner.desk.eq('7'));
// @ts-expect-error: the base schema has no such attribute
shop.permit().action(op.getOrder).when(({ resource }) => resource.owner.desk.eq('7'));
// @ts-expect-error: optional, so it must be tested first
shop.permit().when(({ principal }) => principal.nick.eq('x'));
`;

describe('the generated TypeScript', () => {
  it('types policies over the vocabulary, as TypeScript 7 sees it', async () => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'schema-test-')));
    try {
      const files = await render(model, { api: 'api.yaml', folder });
      writeFileSync(path.join(folder, 'schema.ts'), files.get('schema.ts') ?? '');
      writeFileSync(path.join(folder, 'policies.ts'), POLICIES);
      writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
      const config = {
        extends: path.join(ROOT, 'tsconfig.json'),
        include: [folder],
        compilerOptions: { types: [] },
      };
      writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
      const compiler = path.join(ROOT, 'node_modules/typescript7/bin/tsc');
      execFileSync(process.execPath, [compiler, '-p', folder, '--checkers', '1'], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      if (error instanceof Error && 'stdout' in error) expect.fail(String(error.stdout));
      throw error;
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('documents each name on a line of its own, sorted, and ends no comment early', async () => {
    const text = (await render(model, { api: 'api.yaml', folder: ROOT })).get('schema.ts') ?? '';
    expect(text).to.contain('/** A "*\\/" in a comment. */\nexport type OrderAttrs<in out X> = {');
    expect(text).to.contain("  /** Who ordered. */\n  readonly owner: Entity<Schema<X>, 'User'>;");
    expect(text).to.contain(
      "export const op = {\n  getOrder: 'GET /orders/{id}',\n  'list-orders': 'GET /orders',\n}",
    );
  });
});
