import { isJson, json, jsonList, text, textList, type Json } from '../aws/input.ts';
import type { Properties, ResourceHandler, ResourceHandlers } from '../program/resource.ts';

/** The tags of all resources that have any, by ARN: what the Resource Groups Tagging API would find. */
export interface Tagging {
  /** The same handlers, which remember the tags of what they make; the types named take tags beside their own inputs. */
  remember(handlers: ResourceHandlers, types: readonly string[]): ResourceHandlers;
  /** Answers `aws:resourcegroupstaggingapi/getResources:getResources`. */
  getResources(args: Properties): Properties;
}

export function createTagging(): Tagging {
  const tags = new Map<string, Json>();
  // What has no ARN among its outputs has one all the same; its id is the last part of it.
  const arnOf = (id: string, { arn }: Properties): string =>
    typeof arn === 'string' ? arn : `arn:aws:::/${id}`;
  const put = (id: string, state: Properties, inputs: Properties): void => {
    if (isJson(inputs['tags'])) tags.set(arnOf(id, state), inputs['tags']);
  };
  const remembering = (handler: ResourceHandler, takesTags: boolean): ResourceHandler => ({
    ...handler,
    inputs: takesTags ? [...handler.inputs, 'tags'] : handler.inputs,
    async create(inputs, name) {
      const created = await handler.create(inputs, name);
      put(created.id, created.state, inputs);
      return created;
    },
    async update(id, inputs, state) {
      const now = await handler.update(id, inputs, state);
      put(id, now, inputs);
      return now;
    },
    async delete(id, state) {
      await handler.delete(id, state);
      tags.delete(arnOf(id, state));
    },
  });
  return {
    remember: (handlers, types) =>
      Object.fromEntries(
        Object.entries(handlers).map(([type, handler]) => [
          type,
          handler.inputs.includes('tags') || types.includes(type)
            ? remembering(handler, types.includes(type))
            : handler,
        ]),
      ),
    getResources(args) {
      const filters = jsonList(args, 'tagFilters').map((filter) => ({
        key: text(filter, 'key'),
        values: textList(filter, 'values'),
      }));
      const found = [...tags].filter(([, own]) =>
        filters.every(({ key, values }) => values.includes(String(own[key]))),
      );
      return {
        ...args,
        id: 'local',
        resourceTagMappingLists: found.map(([resourceArn, own]) => ({
          resourceArn,
          tags: json({ own }, 'own'),
        })),
      };
    },
  };
}
