import { isJson, jsonList, text, textList } from '../aws/input.ts';
import type { Properties, ResourceHandler, ResourceHandlers } from '../program/resource.ts';

/** What the Resource Groups Tagging API would find of what the program has made. */
export interface Tagging {
  /** The same handlers, which remember what they make with tags; the types named take tags beside their own inputs. */
  remember(handlers: ResourceHandlers, types: readonly string[]): ResourceHandlers;
  /** Answers `aws:resourcegroupstaggingapi/getResources:getResources`. */
  getResources(args: Properties): Promise<Properties>;
}

interface Tagged {
  readonly handler: ResourceHandler;
  readonly id: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

export function createTagging(): Tagging {
  const tagged = new Map<string, Tagged>();
  const remembering = (type: string, handler: ResourceHandler, takesTags: boolean): ResourceHandler => {
    const put = (id: string, inputs: Properties, state: Properties): void => {
      if (isJson(inputs['tags'])) tagged.set(`${type}/${id}`, { handler, id, inputs, state });
    };
    return {
      ...handler,
      inputs: takesTags ? [...handler.inputs, 'tags'] : handler.inputs,
      async create(inputs, name) {
        const created = await handler.create(inputs, name);
        put(created.id, inputs, created.state);
        return created;
      },
      async update(id, inputs, state) {
        const now = await handler.update(id, inputs, state);
        put(id, inputs, now);
        return now;
      },
    };
  };
  return {
    remember: (handlers, types) =>
      Object.fromEntries(
        Object.entries(handlers).map(([type, handler]) => [
          type,
          handler.inputs.includes('tags') || types.includes(type)
            ? remembering(type, handler, types.includes(type))
            : handler,
        ]),
      ),
    async getResources(args) {
      const filters = jsonList(args, 'tagFilters').map((filter) => ({
        key: text(filter, 'key'),
        values: textList(filter, 'values'),
      }));
      const found = [];
      for (const [key, { handler, id, inputs, state }] of tagged) {
        const own = isJson(inputs['tags']) ? inputs['tags'] : {};
        if (!filters.every(({ key, values }) => values.includes(String(own[key])))) continue;
        // Whoever deleted it need not have done so here.
        if (await handler.read(id, inputs, state)) found.push({ resourceArn: arnOf(id, state), tags: own });
        else tagged.delete(key);
      }
      return { ...args, id: 'local', resourceTagMappingLists: found };
    },
  };
}

/** What has no ARN among its outputs has one all the same; its id is the last part of it. */
const arnOf = (id: string, { arn }: Properties): string =>
  typeof arn === 'string' ? arn : `arn:aws:::/${id}`;
