-- Who connects. Neither owns a table nor may bypass row level security; passwords are set where they run.
create role cedarwright_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
create role cedarwright_token_hook nologin nosuperuser nobypassrls nocreatedb nocreaterole;

create schema authz;
grant usage on schema authz to cedarwright_app, cedarwright_token_hook;

-- In a function, because RDS Proxy keeps a connection for one client once it has seen a setting change on it.
create function authz.enter_tenant(tenant text) returns void language sql as
$$ select set_config('app.tenant_id', tenant, true), set_config('app.tenant_ids', '', true) $$;

-- For lists of a caller who reaches several tenants: they are read together, and none of them is written to.
create function authz.enter_tenants(tenants text[]) returns void language sql as
$$ select set_config('app.tenant_id', '', true), set_config('app.tenant_ids', tenants::text, true) $$;

-- After the transaction the setting is '', not null; either must match no row.
create function authz.current_tenant() returns text language sql stable as
$$ select nullif(current_setting('app.tenant_id', true), '') $$;

create function authz.readable_tenants() returns text[] language sql stable as
$$ select nullif(current_setting('app.tenant_ids', true), '')::text[] $$;

-- What the token hook looks up at sign-in.
create table authz.subjects (
  tenant text not null,
  sub text not null,
  attributes jsonb not null default '{}',
  suspended boolean not null default false,
  primary key (tenant, sub)
);
grant select on authz.subjects to cedarwright_token_hook;

-- Open WebSockets, each with the token that opened it, sealed by the service.
create table authz.sockets (
  connection_id text primary key,
  sealed bytea not null,
  opened_at timestamptz not null default now()
);
grant select, insert, update, delete on authz.sockets to cedarwright_app;
