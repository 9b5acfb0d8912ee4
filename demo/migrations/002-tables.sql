create schema payments;
grant usage on schema payments to cedarwright_app;

create table payments.customer (
  tenant_id text not null,
  id text primary key,
  name text not null,
  status text not null default 'ONBOARDING',
  country text not null,
  segments text[] not null default '{}',
  risk_rating text,
  created_at timestamptz not null default now()
);

create table payments.customer_user (
  tenant_id text not null,
  id text primary key,
  customer_id text not null references payments.customer,
  name text not null,
  email text not null,
  status text not null default 'INVITED',
  roles text[] not null default '{}'
);

create table payments.payee (
  tenant_id text not null,
  id text primary key,
  customer_id text not null references payments.customer,
  name text not null,
  country text not null,
  currency text not null,
  iban text not null,
  verified boolean not null default false
);

-- Amounts are minor units.
create table payments.account (
  tenant_id text not null,
  id text primary key,
  customer_id text not null references payments.customer,
  account_type text not null,
  status text not null default 'ACTIVE',
  currency text not null,
  balance bigint not null default 0,
  overdraft_limit bigint
);

create table payments.quote (
  tenant_id text not null,
  id text primary key,
  customer_id text not null references payments.customer,
  source_currency text not null,
  target_currency text not null,
  amount bigint not null,
  rate numeric(19, 4) not null,
  expires_at timestamptz not null
);

create table payments.transfer (
  tenant_id text not null,
  id text primary key,
  account_id text not null references payments.account,
  payee_id text not null references payments.payee,
  status text not null default 'PENDING_APPROVAL',
  amount bigint not null,
  currency text not null,
  -- The subject's id alone: whose subject it is, the tenant says.
  created_by text not null,
  created_at timestamptz not null default now(),
  quote_id text references payments.quote,
  reference text
);

create table payments.statement (
  tenant_id text not null,
  id text primary key,
  account_id text not null references payments.account,
  month text not null,
  opening bigint not null,
  closing bigint not null
);

create table payments.report (
  tenant_id text not null,
  id text primary key,
  report_type text not null,
  confidential boolean not null default false,
  created_at timestamptz not null default now()
);

create table payments.audit_event (
  tenant_id text not null,
  id text primary key,
  category text not null,
  severity bigint not null,
  occurred_at timestamptz not null default now(),
  actor text not null,
  summary text not null
);
