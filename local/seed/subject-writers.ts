import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Pool } from 'pg';
import { subjectKey, type SubjectRow } from '../../authz/tables/subjects.ts';
import { tableName } from '../settings.ts';
import type { SubjectWriter } from './users.ts';

/**
 * Tenants whose hook reads the subjects table.
 * @param withGroups whether the table knows of groups, too: those of federated tenants
 */
export const subjectsTable = (dynamodb: DynamoDBClient, withGroups: boolean): SubjectWriter => ({
  async put(slug, sub, { attributes = {}, groups = [] }) {
    const row: SubjectRow = { ...subjectKey.user(slug, sub), attributes, ...(withGroups && { groups }) };
    await dynamodb.send(new PutItemCommand({ TableName: tableName('subjects'), Item: marshall(row) }));
  },
});

/** Tenants whose hook reads Postgres. */
export const subjectsInPostgres = (database: Pool): SubjectWriter => ({
  async put(slug, sub, { attributes = {} }) {
    await database.query(
      `insert into authz.subjects (tenant, sub, attributes) values ($1, $2, $3)
       on conflict (tenant, sub) do update set attributes = excluded.attributes`,
      [slug, sub, JSON.stringify(attributes)],
    );
  },
});
