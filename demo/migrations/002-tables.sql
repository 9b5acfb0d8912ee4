-- Keys begin with the tenant, references too: PostgreSQL checks a foreign key past row level security, so that a
-- reference by id alone could name another tenant's row.
create schema payments;
grant usage on schema payments to cedarwright_app;

create table payments.customer (
  tenant_id text not null,
  id text not null,
  name text not null,
  status text not null default 'ONBOARDING',
  country text not null,
  segments text[] not null default '{}',
  risk_rating text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create table payments.customer_user (
  tenant_id text not null,
  id text not null,
  customer_id text not null,
  name text not null,
  email text not null,
  status text not null default 'INVITED',
  roles text[] not null default '{}',
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references payments.customer
);

create table payments.payee (
  tenant_id text not null,
  id text not null,
  customer_id text not null,
  name text not null,
  country text not null,
  currency text not null,
  iban text not null,
  verified boolean not null default false,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references payments.customer
);

-- Amounts are minor units.
create table payments.account (
  tenant_id text not null,
  id text not null,
  customer_id text not null,
  account_type text not null,
  status text not null default 'ACTIVE',
  currency text not null,
  balance bigint not null default 0,
  overdraft_limit bigint,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references payments.customer
);

create table payments.quote (
  tenant_id text not null,
  id text not null,
  customer_id text not null,
  source_currency text not null,
  target_currency text not null,
  amount bigint not null,
  rate numeric(19, 4) not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references payments.customer
);

create table payments.transfer (
  tenant_id text not null,
  id text not null,
  account_id text not null,
  payee_id text not null,
  status text not null default 'PENDING_APPROVAL',
  amount bigint not null,
  currency text not null,
  -- The subject's id alone: whose subject it is, the tenant says.
  created_by text not null,
  created_at timestamptz not null default now(),
  quote_id text,
  reference text,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references payments.account,
  foreign key (tenant_id, payee_id) references payments.payee,
  foreign key (tenant_id, quote_id) references payments.quote
);

create table payments.statement (
  tenant_id text not null,
  id text not null,
  account_id text not null,
  month text not null,
  opening bigint not null,
  closing bigint not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references payments.account
);

create table payments.report (
  tenant_id text not null,
  id text not null,
  report_type text not null,
  confidential boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create table payments.audit_event (
  tenant_id text not null,
  id text not null,
  category text not null,
  severity bigint not null,
  occurred_at timestamptz not null default now(),
  actor text not null,
  summary text not null,
  primary key (tenant_id, id)
);
