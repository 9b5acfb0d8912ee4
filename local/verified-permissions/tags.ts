import type { Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { invalid } from './errors.ts';
import { checkText, readOptionalObject } from './fields.ts';

/** Of one policy store (API Reference, TagResource). */
const MAX_TAGS = 50;

export type Tags = Readonly<Record<string, string>>;

/** @throws AwsError ValidationException */
export function readTags(input: Json): Tags {
  return Object.fromEntries(
    Object.entries(readOptionalObject(input, 'tags') ?? {}).map(([key, value]) => [
      checkText('tagKey', key, 'tags'),
      checkText('tagValue', value, `tags.${key}`),
    ]),
  );
}

/** @throws AwsError ValidationException */
export function readTagKeys(input: Json): ReadonlySet<string> {
  const { tagKeys } = input;
  if (!Array.isArray(tagKeys)) throw invalid('tagKeys', 'tagKeys must be a list');
  return new Set(tagKeys.map((key) => checkText('tagKey', key, 'tagKeys')));
}

/** @throws AwsError TooManyTagsException */
export function checkTagCount(tags: Tags, resourceName: string): Tags {
  if (Object.keys(tags).length > MAX_TAGS)
    throw new AwsError('TooManyTagsException', `A policy store may have at most ${MAX_TAGS} tags`, {
      resourceName,
    });
  return tags;
}
