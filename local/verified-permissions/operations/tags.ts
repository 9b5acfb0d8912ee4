import { readText } from '../fields.ts';
import type { State } from '../state.ts';
import { checkTagCount, readTagKeys, readTags } from '../tags.ts';
import type { Operations } from './operations.ts';
import { findByArn } from './stores.ts';

/** Tags. Only policy stores have any. */
export function tagOperations(state: State): Operations {
  const find = (input: Parameters<Operations[string]>[0]) =>
    findByArn(state, readText(input, 'resourceArn', 'resourceArn'));
  return {
    TagResource(input) {
      const store = find(input);
      store.tags = checkTagCount({ ...store.tags, ...readTags(input) }, store.arn);
      return {};
    },
    UntagResource(input) {
      const store = find(input);
      const keys = readTagKeys(input);
      store.tags = Object.fromEntries(Object.entries(store.tags).filter(([key]) => !keys.has(key)));
      return {};
    },
    ListTagsForResource: (input) => ({ tags: find(input).tags }),
  };
}
