-- The books of two libraries, and a reader of neither.
create role library_service;
create role library_superuser superuser;
create role library_bypass bypassrls;
create role library_member in role library_bypass;

create schema authz;
create function authz.enter_tenant(tenant text) returns void language sql as
$$ select set_config('app.tenant_id', tenant, true), set_config('app.tenant_ids', '', true) $$;
create function authz.enter_tenants(tenants text[]) returns void language sql as
$$ select set_config('app.tenant_id', '', true), set_config('app.tenant_ids', tenants::text, true) $$;

create table book (
  tenant_id text not null default nullif(current_setting('app.tenant_id', true), ''),
  id text not null,
  shelf text not null,
  status text,
  pages bigint,
  primary key (tenant_id, id)
);
alter table book enable row level security;
alter table book force row level security;
create policy own_tenant on book
  using (tenant_id = nullif(current_setting('app.tenant_id', true), ''))
  with check (tenant_id = nullif(current_setting('app.tenant_id', true), ''));
create policy listed_tenants on book for select
  using (tenant_id = any (nullif(current_setting('app.tenant_ids', true), '')::text[]));

-- What a service must not have, and one day has: the same rows past row level security, because a view reads as its
-- owner, who is a superuser.
create view every_book as select * from book;

grant usage on schema authz to library_service;
grant select, insert, update, delete on book to library_service;
grant select on every_book to library_service;

-- Open WebSockets, each with the token that opened it, sealed by the service.
create table authz.sockets (
  connection_id text primary key,
  sealed bytea not null,
  opened_at timestamptz not null default now()
);
grant select, insert, update, delete on authz.sockets to library_service;
