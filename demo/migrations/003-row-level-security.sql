-- The last line: whatever a query forgets, it sees and writes the rows of the current tenant alone, or sees those of the
-- tenants that a list is of. Without a tenant there are none. FORCE binds the owner too; it cannot bind a superuser or a role with BYPASSRLS.
--
-- What it does not prevent: SQL that enters another tenant by itself, because every role may change a setting. Only the
-- backend kit enters one, and no text of a client becomes part of a query.
do $$
declare
  name text;
begin
  for name in select table_name from information_schema.tables where table_schema = 'payments' loop
    execute format('alter table payments.%I alter column tenant_id set default authz.current_tenant()', name);
    execute format('alter table payments.%I enable row level security', name);
    execute format('alter table payments.%I force row level security', name);
    execute format(
      'create policy own_tenant on payments.%I
         using (tenant_id = authz.current_tenant()) with check (tenant_id = authz.current_tenant())', name);
    execute format(
      'create policy listed_tenants on payments.%I for select
         using (tenant_id = any (authz.readable_tenants()))', name);
    execute format('grant select, insert, update, delete on payments.%I to cedarwright_app', name);
  end loop;
end $$;
