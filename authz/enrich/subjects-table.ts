import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { subjectKey, type SubjectRow } from '../tables/subjects.ts';
import { isFlag, isListOf, isMapOf, isOptional, isText, shapeOf } from '../item-shape.ts';
import { isClaimValue } from './claim-value.ts';
import type { SubjectSource } from './subject.ts';

const isSubjectRow = shapeOf<SubjectRow>({
  pk: isText,
  sk: isText,
  attributes: isMapOf(isClaimValue),
  suspended: isOptional(isFlag),
  groups: isOptional(isListOf(isText)),
});

/**
 * Subjects of the subjects table. Consistent reads: a suspension must not be overtaken by a sign-in.
 * @param keyOf where it has them: people under their names, services under their clients
 */
export const subjectsTable =
  (documents: DynamoDBDocumentClient, table: string, keyOf = subjectKey.user): SubjectSource =>
  async (slug, sub) => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: table, Key: keyOf(slug, sub), ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    if (!isSubjectRow(Item)) throw new TypeError('not a row of the subjects table');
    const { attributes, suspended = false, groups } = Item;
    return { attributes, suspended, ...(groups && { groups }) };
  };
