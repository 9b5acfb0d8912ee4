import { expect } from 'chai';
import type { Properties, ResourceHandler } from '../../../local/program/resource.ts';
import { createTagging } from '../../../local/tagging/tagging.ts';

describe('resources found by their tags', () => {
  const there = new Set<string>();
  const shelf: ResourceHandler = {
    inputs: ['name'],
    replaceOn: [],
    async create(inputs, name) {
      there.add(name);
      return {
        id: name,
        state: { ...inputs, ...(name === 'with-arn' && { arn: `arn:aws:shop:::shelf/${name}` }) },
      };
    },
    read: async (id, inputs, state) => (there.has(id) ? { inputs, state } : undefined),
    update: async (_, inputs) => inputs,
    async delete(id) {
      there.delete(id);
    },
  };
  const tagging = createTagging();
  const { plain, tags } = tagging.remember({ plain: shelf, tags: shelf }, ['tags']);
  const find = async (value: string): Promise<unknown> => {
    const { resourceTagMappingLists } = await tagging.getResources({
      tagFilters: [{ key: 'for', values: [value] }],
    });
    return resourceTagMappingLists;
  };
  const made = (name: string, inputs: Properties): Promise<unknown> => tags!.create(inputs, name);

  it('are those whose types take tags', () => {
    expect(plain?.inputs).to.deep.equal(['name']);
    expect(tags?.inputs).to.deep.equal(['name', 'tags']);
  });

  it('are those whose tags have the values, as long as they are there', async () => {
    await made('with-arn', { tags: { for: 'acme' } });
    await made('without', { tags: { for: 'acme' } });
    await made('other', { tags: { for: 'globex' } });
    await made('untagged', {});
    expect(await find('acme')).to.deep.equal([
      { resourceArn: 'arn:aws:shop:::shelf/with-arn', tags: { for: 'acme' } },
      { resourceArn: 'arn:aws:::/without', tags: { for: 'acme' } },
    ]);
    there.delete('with-arn');
    expect(await find('acme')).to.have.length(1);
    expect(await find('nobody')).to.deep.equal([]);
  });
});
