import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Pool } from 'pg';
import { isFlag, isMapOf, shapeOf } from '../item-shape.ts';
import { isClaimValue } from './claim-value.ts';
import type { SubjectFacts, SubjectSource } from './subject.ts';

/**
 * What a database offers to the token hook: a table or view `authz.subjects` with columns `tenant text`, `sub text`,
 * `attributes jsonb` (principal attribute -> value) and `suspended boolean`, readable by the login of the secret.
 */
const QUERY = 'select attributes, suspended from authz.subjects where tenant = $1 and sub = $2';

/** Cognito gives a trigger 5 s, connecting included (Cognito Developer Guide, "Customizing user pool workflows"). */
const TIMEOUT_MS = 2_000;

/** The secret as RDS writes it (Secrets Manager User Guide, "JSON structure of … secrets"). */
interface DatabaseSecret {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly dbname: string;
}

/** Subjects of a Postgres database. One connection: a Lambda container serves one sign-in at a time. */
export function subjectsDatabase(secrets: SecretsManagerClient, secretArn: string): SubjectSource {
  let pool: Promise<Pool> | undefined;

  async function connect(): Promise<Pool> {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const { host, port, username, password, dbname }: DatabaseSecret = JSON.parse(SecretString ?? '');
    const made = new Pool({
      host,
      port,
      user: username,
      password,
      database: dbname,
      // Certificates are verified, except on this machine, where nobody is in between.
      ssl: !['127.0.0.1', 'localhost', '::1'].includes(host),
      max: 1,
      connectionTimeoutMillis: TIMEOUT_MS,
      statement_timeout: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      allowExitOnIdle: true,
    });
    // An idle connection that breaks is replaced at its next use; unheard, the event would end the process.
    made.on('error', () => undefined);
    return made;
  }

  return async (slug, sub) => {
    pool ??= connect();
    try {
      const { rows } = await (await pool).query(QUERY, [slug, sub]);
      const [row]: readonly unknown[] = rows;
      if (row === undefined) return undefined;
      if (!isRow(row)) throw new TypeError('not a row of authz.subjects');
      return row;
    } catch (error) {
      // The password may have been rotated: the next sign-in reads the secret again.
      const failed = pool;
      pool = undefined;
      void failed.then((made) => made.end()).catch(() => undefined);
      throw error;
    }
  };
}

const isRow = shapeOf<Omit<SubjectFacts, 'groups'>>({ attributes: isMapOf(isClaimValue), suspended: isFlag });
