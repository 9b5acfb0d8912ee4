import type { Pool } from 'pg';

/**
 * Row level security does not bind a superuser, nor a role that may bypass it, nor one that may become either: a
 * service that connects as one could see every tenant's rows, and no test of its own would show it.
 * @throws Error naming such a role
 */
export async function refusePrivilegedRole(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ rolname: string }>(
    `select rolname from pg_roles
     where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'MEMBER') order by rolname`,
  );
  if (rows.length > 0) {
    const names = rows.map(({ rolname }) => rolname).join(', ');
    throw new Error(
      `the database role is, or may become, ${names}, which row level security does not bind — connect as a role that is neither superuser nor BYPASSRLS, nor a member of one`,
    );
  }
}
