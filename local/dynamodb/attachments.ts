import { randomUUID } from 'node:crypto';
import { jsonList, text, textList, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { readDocument } from '../iam/roles.ts';
import type { Table, Tables } from './table.ts';

/** Tags and policies, which are attached to a table by its ARN. */
export function attachmentOperations(
  tables: Tables,
): Readonly<Record<string, (input: Json) => Promise<Json>>> {
  const tableIn = (input: Json): Table => tables.byArn(text(input, 'ResourceArn'));
  return {
    async TagResource(input) {
      const { tags } = tableIn(input);
      for (const tag of jsonList(input, 'Tags')) tags.set(text(tag, 'Key'), text(tag, 'Value'));
      return {};
    },
    async UntagResource(input) {
      const { tags } = tableIn(input);
      for (const key of textList(input, 'TagKeys')) tags.delete(key);
      return {};
    },
    ListTagsOfResource: async (input) => ({
      Tags: [...tableIn(input).tags].map(([Key, Value]) => ({ Key, Value })),
    }),
    async PutResourcePolicy(input) {
      const policy = text(input, 'Policy');
      const revisionId = randomUUID();
      tableIn(input).policy = { text: policy, document: readDocument(policy), revisionId };
      return { RevisionId: revisionId };
    },
    async GetResourcePolicy(input) {
      const { policy, arn } = tableIn(input);
      if (!policy)
        throw new AwsError('PolicyNotFoundException', `Resource-based policy not found for ${arn}`);
      return { Policy: policy.text, RevisionId: policy.revisionId };
    },
    async DeleteResourcePolicy(input) {
      delete tableIn(input).policy;
      return {};
    },
  };
}
