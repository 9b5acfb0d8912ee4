import { expect } from 'chai';
import { createProgram } from '../../local/program/host.ts';
import type { Created, Properties, ResourceHandlers } from '../../local/program/resource.ts';
import { withEngine } from './cli.ts';
import { startTestStack, type TestStack } from './stack.ts';

interface One extends Created {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
}

/** What was made, with the ids of everything in it as the names of what they are of. */
type Made = Readonly<Record<string, unknown>>;

withEngine('the program under the engine and without it', function () {
  this.timeout(300_000);
  const stacks: TestStack[] = [];
  after(async () => {
    for (const stack of stacks) await stack.close();
  });
  const open = async (): Promise<TestStack> => {
    const stack = await startTestStack();
    stacks.push(stack);
    return stack;
  };

  it('makes the same cloud, resource by resource', async () => {
    const under = await open();
    const byEngine = recorder();
    under.made = ({ type, name }, inputs, created) => byEngine.note({ type, name, inputs, ...created });
    const deployed = await (await under.engine('local')).up();
    expect(deployed.code, deployed.said).to.equal(0);

    const without = await open();
    const byItself = recorder();
    const program = createProgram({
      root: without.project.root,
      stack: 'local',
      handlers: watched(without.services.handlers, (made) => byItself.note(made)),
      invokes: without.services.invokes,
    });
    try {
      const { problems } = await program.run(without.config);
      expect(problems).to.deep.equal([]);
    } finally {
      program.close();
    }
    const [engine, itself] = [byEngine.made(), byItself.made()];
    expect(Object.keys(engine).length).to.be.greaterThan(100);
    expect(engine).to.deep.equal(itself);
  });
});

function recorder() {
  const ids = new Map<string, string>();
  const inputsOf = new Map<string, Properties>();
  return {
    note({ type, name, inputs, id, state: { arn, streamArn } }: One): void {
      const key = `${type}::${name}`;
      inputsOf.set(key, inputs);
      for (const [what, value] of Object.entries({ id, arn, streamArn })) {
        if (typeof value === 'string') ids.set(value, `<${what} of ${key}>`);
      }
    },
    made(): Made {
      // The longest first: an ARN has the id in it.
      const known = [...ids].toSorted(([a], [b]) => b.length - a.length);
      const named = (text: string): string =>
        known.reduce((all, [id, name]) => all.replaceAll(id, name), text);
      return Object.fromEntries(
        [...inputsOf]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inputs]) => [key, JSON.parse(anyPlace(named(JSON.stringify(inputs)))) as unknown]),
      );
    },
  };
}

/** The two clouds have other ports, secrets and folders, and hash archives and documents in ways of their own. */
const anyPlace = (text: string): string =>
  text
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1')
    .replaceAll(/cedarwright-test-\w+/g, 'project')
    .replaceAll(/secret:database-\w+/g, 'secret:database')
    .replaceAll(/"hash":"\w+"/g, '"hash":""')
    .replaceAll(/"triggers":\{"body":"\w+"\}/g, '"triggers":{}');

const watched = (handlers: ResourceHandlers, note: ReturnType<typeof recorder>['note']): ResourceHandlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([type, handler]) => [
      type,
      {
        ...handler,
        async create(inputs: Properties, name: string) {
          const created = await handler.create(inputs, name);
          note({ type, name, inputs, ...created });
          return created;
        },
      },
    ]),
  );
