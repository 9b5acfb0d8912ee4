import { expect } from 'chai';
import { Ledger, type Run } from '../../../local/program/ledger.ts';
import type { ResourceHandler } from '../../../local/program/resource.ts';

const TYPE = 'shop:shelf:Shelf';

describe('the ledger of what the program registered', () => {
  let done: string[];
  let refuse: string | undefined;
  let ledger: Ledger;
  beforeEach(() => {
    done = [];
    refuse = undefined;
    let made = 0;
    const note = (what: string): void => {
      if (what === refuse) throw new Error('the service refuses');
      done.push(what);
    };
    const shelf: ResourceHandler = {
      inputs: ['color', 'place'],
      replaceOn: ['place'],
      async create(inputs, name) {
        note(`create ${name}`);
        return { id: `${name}-${++made}`, state: inputs };
      },
      read: async (_, inputs, state) => ({ inputs, state }),
      async update(id, inputs) {
        note(`update ${id}`);
        return inputs;
      },
      async delete(id) {
        note(`delete ${id}`);
      },
    };
    ledger = new Ledger({ [TYPE]: shelf });
  });

  /** A run that registers these shelves and reaches its end, unless one is refused. */
  const run = async (shelves: Readonly<Record<string, object>>): Promise<Run> => {
    const one = ledger.begin();
    for (const [name, inputs] of Object.entries(shelves)) {
      await one.register(TYPE, name, { ...inputs }).catch(() => undefined);
    }
    await one.end(one.failures.length === 0);
    return one;
  };

  it('makes what is new, leaves alone what is the same, updates what differs', async () => {
    await run({ a: { color: 'red' }, b: { color: 'red' } });
    await run({ a: { color: 'red' }, b: { color: 'blue' } });
    expect(done).to.deep.equal(['create a', 'create b', 'update b-2']);
  });

  it('deletes what is no longer named, last made first, after what replaces it was made', async () => {
    await run({ a: { place: 1 }, b: {}, c: {} });
    done = [];
    await run({ a: { place: 2 } });
    expect(done).to.deep.equal(['create a', 'delete c-3', 'delete b-2', 'delete a-1']);
  });

  it('deletes nothing after a run that did not reach its end, and what it replaced after the next', async () => {
    await run({ a: { place: 1 }, b: {} });
    refuse = 'create c';
    const failed = await run({ a: { place: 2 }, c: {} });
    expect(failed.failures).to.deep.equal([`c (${TYPE}): the service refuses`]);
    expect(done).to.deep.equal(['create a', 'create b', 'create a']);

    refuse = undefined;
    done = [];
    await run({ a: { place: 2 }, b: {} });
    expect(done).to.deep.equal(['delete a-1']);
  });

  it('fails when a service refuses to delete, and tries again', async () => {
    await run({ a: {}, b: {} });
    refuse = 'delete a-1';
    const failed = await run({});
    expect(failed.failures).to.deep.equal([`a (${TYPE}): the service refuses`]);
    refuse = undefined;
    await run({});
    expect(done).to.deep.equal(['create a', 'create b', 'delete b-2', 'delete a-1']);
  });

  for (const [what, type, inputs, said] of [
    ['an input that its handler does not honour', TYPE, { size: 3 }, /does not honour the input size$/],
    ['a type without a handler', 'shop:till:Till', {}, /does not know this type/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const one = ledger.begin();
      await one.register(type, 'x', inputs).catch(() => undefined);
      expect(one.failures.join('\n')).to.match(said);
    });
  }

  it('refuses two resources of one type and name', async () => {
    const one = ledger.begin();
    await Promise.allSettled([one.register(TYPE, 'a', {}), one.register(TYPE, 'a', {})]);
    expect(one.failures).to.deep.equal([`a (${TYPE}): two resources have this name`]);
    expect(done).to.deep.equal(['create a']);
  });
});
